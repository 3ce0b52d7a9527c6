import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { FaultPlan } from '../emulator/faults.js';
import { startEmulator } from '../emulator/server.js';
import { draw } from '../emulator/studio/studio.js';
import { runRecord, type RunRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

const KEY = 'AIzaSecretKey_0123456789-abcdef';
const JUDGE = 'gemini-3.8-flash';

const yaml = (changes: { model?: string; judge?: string; more?: string; metrics?: string } = {}) => `name: tiny
models: [${changes.model ?? 'gemini-3-pro-image'}]
revisions: [v1]
samples: 1
assets: { stone: assets/stone.png }
judge: ${changes.judge ?? '{ votes: 3 }'}
cases:
  hill:
    images: [stone]
    checklist: [The robot is seen from behind, { says: The robot holds a map, then: [The map is open] }, The robot hums${changes.more ?? ''}]
  lake: { images: [stone] }
metrics: { quality: { gate: false }, checklist: ${changes.metrics ?? '{ gate: true, margin: 0.3 }'} }
`;

function writeSuite(place: Workplace, text = yaml()): void {
  for (const folder of ['prompts/v1', 'assets']) mkdirSync(place.path('tiny', folder), { recursive: true });
  writeFileSync(place.path('tiny/suite.yaml'), text);
  writeFileSync(
    place.path('tiny/prompts/v1/hill.hbs'),
    'The robot stands on a hill, seen from behind. It holds no map.',
  );
  writeFileSync(place.path('tiny/prompts/v1/lake.hbs'), 'The robot stands at a lake.');
  const stone = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
  writeFileSync(place.path('tiny/assets/stone.png'), Buffer.from(stone, 'base64'));
}

/** A place with the suite, a key, and a server that draws small pictures for as long as `use` takes. */
async function withServer<T>(
  faults: FaultPlan | undefined,
  use: (place: Workplace, sent: { model: string | null }[]) => Promise<T>,
): Promise<T> {
  const sent: { model: string | null }[] = [];
  const emulator = await startEmulator({
    draw: (order) => draw({ ...order, width: 128, height: 72 }),
    onRequest: ({ method, model }) => method === 'POST' && sent.push({ model }),
    ...(faults && { faults }),
  });
  try {
    await using place = new Workplace({ apiKey: KEY, baseUrl: emulator.url });
    writeSuite(place);
    return await use(place, sent);
  } finally {
    await emulator.close();
  }
}

const read = (json: string) => runRecord.parse(JSON.parse(json));
const checklist = ({ samples }: RunRecord) =>
  samples.map(({ case: name, scores }) => [name, scores['checklist']?.value ?? scores['checklist']?.reason]);
const judging = (sent: { model: string | null }[]) => sent.filter(({ model }) => model === JUDGE).length;

it('judges what a case asks, shows it, and pays for it once', async () => {
  await withServer(undefined, async (place, sent) => {
    const planned = JSON.parse((await place.run('tiny', '--dry-run', '--json')).stdout) as Record<string, object>;
    expect(planned['calls']).toEqual({ low: 5, high: 5 });
    expect(planned['judge']).toMatchObject({ calls: { low: 3, high: 3 } });
    expect((await place.run('tiny', '--dry-run')).stdout).toMatch(
      /judging {8}3 of the calls, \$0\.00\d+ to \$0\.0\d+ of/,
    );

    const { code, stdout, stderr } = await place.run('tiny', '--json', '--record', 'tape.jsonl');
    expect({ code, bug: /bug/.test(stderr) }).toEqual({ code: 0, bug: false });
    const record = read(stdout);
    // Yes; no, and with it what hangs on it; and one that the emulator cannot tell.
    expect(checklist(record)).toEqual([
      ['hill', 0.375],
      ['lake', 'the case asks for none'],
    ]);
    expect(judging(sent)).toBe(3);
    const { totals, samples } = record;
    const pictures = samples.reduce((sum, { cost }) => sum + (cost ?? NaN), 0);
    expect(totals).toMatchObject({ calls: 5, images: 2, judge: { calls: 3, saved: 0 } });
    expect(totals.cost.spent).toBeCloseTo(pictures + (totals.judge?.spent ?? NaN), 9);
    expect(record.settings['judge']).toEqual({ model: JUDGE, votes: 3, prompt: '1' });

    const folder = place.path('reports/tiny', record.id);
    const page = readFileSync(`${folder}/case/hill.html`, 'utf8');
    expect(page).toContain('<bdi>The robot holds a map</bdi> <span class="muted">3 no</span>');
    expect(page).toContain(`Judged by <bdi>${JUDGE} (answered as ${JUDGE}-emulated-1), prompt 1, 3 of 3 votes, $0.00`);
    expect(readFileSync(`${folder}/cost.html`, 'utf8')).toContain('For judging');

    // The same again takes pictures and votes from the cache.
    const before = sent.length;
    const again = read((await place.run('tiny', '--json')).stdout);
    expect(sent.length).toBe(before);
    expect(checklist(again)).toEqual(checklist(record));
    expect(again.totals).toMatchObject({ calls: 0, cost: { spent: 0 }, judge: { calls: 0, spent: 0 } });
    expect(again.totals.cost.saved).toBeCloseTo(totals.cost.spent, 9);

    // A recording holds the votes, and is strict about them.
    const tape = readFileSync(place.path('tape.jsonl'));
    expect(tape.toString()).not.toContain(KEY);
    await using elsewhere = new Workplace();
    writeSuite(elsewhere);
    writeFileSync(elsewhere.path('tape.jsonl'), tape);
    const replayed = read((await elsewhere.run('tiny', '--json', '--replay', 'tape.jsonl')).stdout);
    expect(checklist(replayed)).toEqual(checklist(record));
    expect(replayed.totals).toMatchObject({ calls: 5, cost: { spent: 0 }, judge: { calls: 3, spent: 0 } });
    writeSuite(elsewhere, yaml({ more: ', There is a flag' }));
    const refused = await elsewhere.run('tiny', '--replay', 'tape.jsonl');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(`hill · gemini-3-pro-image · v1 · judged by ${JUDGE}: sample 1\n`);
    expect(sent.length).toBe(before);
  });
}, 60_000);

it('stops at the budget with the pictures it has, and the same command asks only the judge', async () => {
  await withServer(undefined, async (place, sent) => {
    // It does not think, so that little is left of what is set aside for a picture: not enough for all votes.
    writeSuite(place, yaml({ model: 'gemini-2.5-flash-image' }));
    const one = ['tiny', '--case', 'hill', '-n', '1', '--json'];
    const { cost, judge } = JSON.parse((await place.run(...one, '--dry-run')).stdout) as Record<
      'cost' | 'judge',
      { high: number; cost: { high: number } }
    >;
    const { code, stdout } = await place.run(...one, '--max-cost', String(cost.high - judge.cost.high));
    const first = read(stdout);
    expect([code, first.status, first.samples.map(({ outcome }) => outcome)]).toEqual([5, 'budget', ['ok']]);
    const lost = first.samples[0]?.judged?.votes.filter(({ answers }) => answers === null).length ?? 0;
    expect(lost).toBeGreaterThan(0);
    expect(existsSync(place.path('reports/tiny', first.id, first.samples[0]?.image?.path ?? 'none'))).toBe(true);
    const before = sent.length;
    const second = read((await place.run(...one)).stdout);
    expect(second.id).toBe(first.id);
    expect(sent.slice(before)).toEqual(Array(lost).fill({ model: JUDGE }));
    expect(second.samples[0]?.scores['checklist']?.value).toBe(0.375);
    expect(second.samples[0]?.scores['quality']).toEqual(first.samples[0]?.scores['quality']);
  });
}, 60_000);

it('loses nothing but the checklist when the judge refuses', async () => {
  await withServer({ rules: [{ match: { model: JUDGE }, fault: 'prompt-blocked' }] }, async (place, sent) => {
    const { code, stdout } = await place.run('tiny', '--case', 'hill', '-n', '1', '--json');
    const record = read(stdout);
    expect([code, record.status, record.samples[0]?.outcome]).toEqual([0, 'complete', 'ok']);
    expect(judging(sent)).toBe(3);
    expect(record.samples[0]?.scores['checklist']).toMatchObject({
      value: null,
      reason: expect.stringMatching(/^0 of 3 votes of gemini-3\.8-flash came: The prompt was blocked/) as string,
    });
    expect(record.samples[0]?.scores['quality']?.value).toEqual(expect.any(Number));
  });
}, 60_000);

it('gates by what the same judge was asked, and by nothing else', async () => {
  await withServer(undefined, async (place) => {
    const hill = ['tiny', '--case', 'hill', '-n', '6', '--fixed', '--json'];
    await place.run(...hill);
    expect((await place.run('approve')).code).toBe(0);
    const approved = JSON.parse(readFileSync(place.path('baselines/tiny.emulated/hill.json'), 'utf8')) as {
      judged: object;
      samples: { votes: string[][]; scores: object }[];
    };
    expect(approved.judged).toMatchObject({
      model: JUDGE,
      prompt: '1',
      votes: 3,
      modelVersions: [`${JUDGE}-emulated-1`],
    });
    expect(approved.samples[0]?.votes).toEqual(Array(3).fill(['yes', 'no', 'no', 'unsure']));

    const same = read((await place.run(...hill)).stdout);
    expect(same.verdict).toMatchObject({ state: 'pass' });
    expect(same.gate?.numbers.metrics.map(({ id, effect }) => [id, effect])).toEqual([['checklist', 0]]);

    // Told before the first call, and nothing is bought.
    writeSuite(place, yaml({ judge: '{ votes: 1 }' }));
    const fewer = await place.run(...hill, '--require-gate');
    expect(fewer.code).toBe(3);
    expect(read(fewer.stdout).verdict?.message).toContain(
      'checklist approved as judged by gemini-3.8-flash (prompt 1, 3 votes), judged here by gemini-3.8-flash (prompt 1, 1 vote)',
    );
    writeSuite(place, yaml({ more: ', There is a flag' }));
    const other = read((await place.run(...hill, '--require-gate')).stdout);
    expect(other.verdict?.message).toContain('checklist approved with another checklist');
    expect(other.samples).toEqual([]);

    // What was said is counted again; to what was not asked nobody answers.
    const rescored = await place.run('compare', same.id, '--rescore');
    expect(rescored).toMatchObject({ code: 0, stdout: expect.stringContaining('Pass') as string });
  });
}, 90_000);
