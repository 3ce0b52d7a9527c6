import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { tinyDraw } from '../emulator/__fixtures__/tiny.js';
import type { FaultPlan } from '../emulator/faults.js';
import { startEmulator } from '../emulator/server.js';
import { runRecord, type RunRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

const KEY = 'AIzaSecretKey_0123456789-abcdef';

/** A hill, and a lake that is made from its picture. */
const yaml = `name: tiny
models: [gemini-3-pro-image]
revisions: [v1]
samples: 2
inputs: generated
assets: { stone: assets/stone.png }
cases:
  hill: { prompt: hill, images: [stone] }
  lake: { prompt: lake, images: [hill] }
`;

function writeSuite(place: Workplace): void {
  for (const folder of ['prompts/v1', 'assets']) mkdirSync(place.path('tiny', folder), { recursive: true });
  writeFileSync(place.path('tiny/suite.yaml'), yaml);
  writeFileSync(place.path('tiny/prompts/v1/hill.hbs'), 'A hill.');
  writeFileSync(place.path('tiny/prompts/v1/lake.hbs'), 'Image 1 shows a hill. Add a lake.');
  const stone = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
  writeFileSync(place.path('tiny/assets/stone.png'), Buffer.from(stone, 'base64'));
}

/** A place with the suite, a key, and a server that is there for as long as `use` takes. */
async function withServer<T>(faults: FaultPlan | undefined, use: (place: Workplace, sent: () => number) => Promise<T>) {
  let sent = 0;
  const emulator = await startEmulator({
    draw: (order) => tinyDraw({ ...order, width: 128, height: 96 }),
    onRequest: ({ method }) => (sent += method === 'POST' ? 1 : 0),
    ...(faults && { faults }),
  });
  const place = new Workplace({ apiKey: KEY, baseUrl: emulator.url });
  writeSuite(place);
  try {
    return await use(place, () => sent);
  } finally {
    await emulator.close();
  }
}

/** What a recording left, from a place with a key that is gone. */
async function tape(file: string, faults?: FaultPlan) {
  return withServer(faults, async (first, sent) => {
    await using place = first;
    const ended = await place.run('tiny', '--json', '--record', file);
    return { file, ended, record: read(ended.stdout), bytes: readFileSync(place.path(file)), sent: sent() };
  });
}

let made: ReturnType<typeof tape> | undefined;
/** The same for all tests that only read it. */
const taped = () => (made ??= tape('tape.jsonl'));

/** Another machine, without a key: it has the suite and the recording. */
function elsewhere({ file, bytes }: { file: string; bytes: Uint8Array }): Workplace {
  const place = new Workplace();
  writeSuite(place);
  mkdirSync(dirname(place.path(file)), { recursive: true });
  writeFileSync(place.path(file), bytes);
  return place;
}

const read = (json: string) => runRecord.parse(JSON.parse(json));

/** What pictures and their judgement are made of, whenever and from wherever they came. */
const essence = ({ samples, verdict, checks, emulated }: RunRecord) => ({
  emulated,
  verdict,
  checks,
  samples: samples.map(({ key, outcome, reason, image, inputs, scores, modelVersion, seed, attempts }) => ({
    ...{ key, outcome, reason, image, inputs, scores, modelVersion, seed },
    attempts: attempts.map((attempt) => ({ ...attempt, at: '', cost: 0, costEstimated: false })),
  })),
});

it('make the same run again with no key and no server', async () => {
  const { ended, record, sent, bytes, file } = await taped();
  await using second = elsewhere({ file, bytes });
  expect(ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('error') as string });
  expect(sent).toBe(4);
  const replay = await second.run('tiny', '--json', '--replay', 'tape.jsonl');
  expect(replay.code).toBe(0);
  const again = read(replay.stdout);
  expect(essence(again)).toEqual(essence(record));
  expect(again.emulated).toBe(true);
  const { latencyMs, cost } = record.totals;
  expect(again.totals).toMatchObject({ calls: 4, images: 4, cost: { spent: 0, estimated: 0 }, latencyMs });
  expect(again.totals.cost.saved).toBeCloseTo(cost.spent, 9);
  expect(again.samples.every((sample) => sample.cached && sample.cost === 0)).toBe(true);
  expect(again.settings['replay']).toEqual({ file: 'tape.jsonl', recordedAt: expect.any(String) as string });
  expect(again.warnings.join()).toContain('replayed from tape.jsonl, recorded 20');
  // Neither read nor written: the cache would hide what the recording lacks.
  expect(existsSync(second.path('.evaluate/cache/answers'))).toBe(false);
  for (const hidden of [KEY, 'x-goog-api-key']) expect(bytes.toString('latin1')).not.toContain(hidden);
});

it('keep the failures before an answer, and wait for none of them again', async () => {
  const faults: FaultPlan = {
    rules: [
      { match: { promptIncludes: 'A hill', call: 1 }, fault: { name: 'rate-limit', delay: 0 } },
      { match: { promptIncludes: 'A hill', call: 2 }, fault: 'unavailable' },
      { match: { promptIncludes: 'lake', call: 1 }, fault: 'reset' },
      { match: { promptIncludes: 'lake', call: 2 }, fault: 'bad-json' },
    ],
  };
  const { record, bytes, file } = await tape('tapes/tape.jsonl.gz', faults);
  await using second = elsewhere({ file, bytes });
  expect(record.samples.flatMap(({ attempts }) => attempts.map(({ status }) => status)).sort()).toEqual(
    [200, 200, 200, 200, 200, 429, 503, null].sort(),
  );
  // Minutes, were they waited for.
  const text = gunzipSync(bytes)
    .toString()
    .replace(/"retryDelay\\":( ?)\\"[\d.]+s/, '"retryDelay\\":$1\\"250s');
  expect(text).toContain('250s');
  writeFileSync(second.path('tapes/tape.jsonl.gz'), text);
  const { code, stdout, stderr } = await second.run('tiny', '--json', '--replay', 'tapes/tape.jsonl.gz');
  expect(code).toBe(0);
  expect(essence(read(stdout))).toEqual(essence(record));
  expect(stderr).not.toContain('waits');
});

it.each([
  ['hill', 'hill · gemini-3-pro-image · v1: sample 1, 2\n'],
  ['lake', 'lake · gemini-3-pro-image · v1: sample 1, 2\n'],
])('end before anything is written when the prompt of %s changed since', async (name, lacking) => {
  await using second = elsewhere(await taped());
  writeFileSync(second.path(`tiny/prompts/v1/${name}.hbs`), 'Image 1 is something else.');
  const { code, stdout, stderr } = await second.run('tiny', '--json', '--replay', 'tape.jsonl');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`tape.jsonl: the recording lacks what this run asks for:\n  ${lacking}`);
  expect(stderr).toContain('changed since it was recorded. Record again: the same command with --offline --record in');
  expect(existsSync(second.path('reports/tiny'))).toBe(false);
});

it('hold what the cache gave, go on after a line that was cut off, and write nothing twice', async () => {
  await withServer(undefined, async (first, sent) => {
    await using place = first;
    await place.run('tiny', '--case', 'hill');
    const once = read((await place.run('tiny', '--json', '--record', 'tape.jsonl')).stdout);
    expect(once.totals).toMatchObject({ calls: 2, images: 4 });
    const whole = readFileSync(place.path('tape.jsonl'), 'utf8');
    expect(whole.split('\n').map((line) => /"(version|request)":(.)/.exec(line)?.[2])).toEqual(
      // The header, hills from the cache, lakes that were sent.
      ['1', 'n', 'n', '{', '{', undefined],
    );
    truncateSync(place.path('tape.jsonl'), whole.length - 100);
    const cut = await place.run('tiny', '--replay', 'tape.jsonl');
    expect(cut).toMatchObject({ code: 2, stdout: '' });
    expect(cut.stderr).toContain('tape.jsonl:5: the line is cut off: the process that recorded was killed');
    expect((await place.run('tiny', '--record', 'tape.jsonl')).code).toBe(0);
    const healed = readFileSync(place.path('tape.jsonl'), 'utf8').split('\n');
    expect(healed.map((line) => line.slice(0, 6))).toEqual([
      ...['{"eval', '{"key"', '{"key"', '{"key"', '{"eval', '{"key"', ''],
    ]);
    const { code, stdout } = await place.run('tiny', '--json', '--replay', 'tape.jsonl');
    expect(code).toBe(0);
    const pictures = ({ samples }: RunRecord) => samples.map(({ image }) => image?.sha256);
    expect(pictures(read(stdout))).toEqual(pictures(once));
    expect(sent()).toBe(4);
  });
});

it.each([
  [['--replay', 'x', '--offline'], '--replay and --offline do not go together: the recording itself says whether'],
  [['--replay', 'x', '--record', 'y'], '--replay and --record do not go together: a replay makes nothing'],
  [['--replay', 'x', '--resume'], '--replay and --resume do not go together: a replay always begins anew'],
  [['--record', 'x', '--retry-errors'], '--record and --retry-errors do not go together: a recording must hold'],
  [['--replay', 'x', '--batch'], '--batch and --replay do not go together: a replay sends nothing'],
  [['--replay', 'x'], 'x: there is no such recording\n  Make it with a key: the same command with --record'],
  [['--offline', '--record', 'tiny'], 'tiny: --record: the file cannot be read or written'],
  [['--offline', '--record', 'tiny/suite.yaml'], 'suite.yaml:1: this is no recording of evaluate'],
])('are refused as %s', async (flags, told) => {
  await using place = new Workplace();
  writeSuite(place);
  const { code, stdout, stderr } = await place.run('tiny', ...flags);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(told);
  expect(existsSync(place.path('reports'))).toBe(false);
});

it('refuse to mix the answers of two services in one file', async () => {
  await using second = elsewhere(await taped());
  const text = readFileSync(second.path('tape.jsonl'), 'utf8');
  const real = text.replace(/"origin":"[^"]*","emulated":true/, '"origin":"gemini","emulated":false');
  writeFileSync(second.path('tape.jsonl'), real);
  const { code, stderr } = await second.run('tiny', '--offline', '--record', 'tape.jsonl');
  expect(code).toBe(2);
  expect(stderr).toContain('tape.jsonl:1: the recording begins with answers of gemini, and these are of emulator-');
  // Its keys are those of the emulator, so a run of Gemini finds none of them.
  const replay = await second.run('tiny', '--replay', 'tape.jsonl');
  expect(replay).toMatchObject({ code: 2, stderr: expect.stringContaining('Record again, with a key:') as string });
});
