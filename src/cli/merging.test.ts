import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecord, type RunRecord, type SampleRecord, writeRecord } from '../record.js';
import type { RunRequest } from '../run.js';
import { Workplace } from './__fixtures__/in-process.js';
import { Machines, scorer } from './__fixtures__/sharded.js';
import { exitCodeOf } from './exit-code.js';

let place: Workplace;
let machines: Machines;
beforeAll(async () => {
  place = new Workplace();
  machines = await Machines.in(place);
  await machines.run('approved', { samples: { min: 4, max: 4 } });
  expect((await place.run('approve', '--output', 'approved')).code).toBe(0);
}, 60_000);
afterAll(() => place[Symbol.asyncDispose]());

const merge = (...args: string[]) => place.run('merge', '--reporter', 'terminal', ...args);
const at = (folder: string) => readRecord(place.path(folder));
const merged = () => at('reports/walk/latest');

/** What a sample is, whenever and wherever it was made. */
function content({ attempts, latencyMs, responseId, ...sample }: SampleRecord) {
  const calls = attempts.map((attempt) => ({ ...attempt, at: '', latencyMs: 0 }));
  return { ...sample, calls, isCalled: latencyMs !== null, isAnswered: responseId !== null };
}

/** What a run is, but for time. */
function essence({ samples, totals, checks, warnings, ...record }: RunRecord) {
  const { verdict, gate, status, cases, asked, variants, metrics, encoder } = record;
  return {
    ...{ verdict, gate, status, cases, asked, variants, metrics, encoder },
    samples: samples.map(content),
    totals: { ...totals, latencyMs: null },
    checks: checks.map(({ limit, passed }) => [limit, passed]),
    warnings: [...warnings].sort(),
  };
}

describe('a run in shards', () => {
  it.each<[string, number, NonNullable<RunRecord['verdict']>['state'], () => Partial<RunRequest>]>([
    ['against the baseline', 2, 'pass', () => ({})],
    ['worse than the baseline', 2, 'regression', () => ({ scorer: scorer(-0.4) })],
    [
      'against a revision beside it',
      3,
      'pass',
      () => ({ against: { kind: 'variant', variant: machines.reference('v1') } }),
    ],
    ['in chains, which the baseline has none of', 2, 'not-gateable', () => ({ inputs: 'generated' })],
    ['with more shards than chains', 4, 'not-gateable', () => ({ inputs: 'generated', samples: { min: 2, max: 2 } })],
  ])(
    'comes to the same as in one go: %s',
    async (name, of, state, asked) => {
      const whole = await machines.run(`${name}, in one go`, asked());
      const folders = await machines.shards(name, of, asked());
      for (const folder of folders) {
        const shard = at(folder);
        expect(shard).toMatchObject({ status: 'complete', verdict: null, checks: [{ limit: 'cost max 1' }] });
        expect(shard.gate?.obstacles.at(-1)?.problem).toMatch(/^shards? [\d, ]+ of \d (is|are) missing$/);
        expect(exitCodeOf(shard)).toBe(0);
        expect(shard.samples.length).toBeLessThan(whole.samples.length);
      }
      const { code } = await merge(...folders);
      expect(essence(merged())).toEqual(essence(whole));
      expect(merged().verdict?.state).toBe(state);
      expect(code).toBe(exitCodeOf(whole));
    },
    30_000,
  );

  it('goes on with itself when it is asked for again, and with no other shard', async () => {
    const broke = { maxCost: 0.1, shard: { number: 1, of: 2 } };
    const stopped = await machines.run('again', broke);
    expect(stopped).toMatchObject({ status: 'budget', shards: { parts: [{ shard: 1, stop: 'budget' }] } });
    const other = await machines.run('again', { shard: { number: 2, of: 2 } });
    const finished = await machines.run('again', { ...broke, maxCost: null });
    expect([finished.id === stopped.id, other.id === stopped.id]).toEqual([true, false]);
    expect(finished.shards?.parts).toEqual([{ shard: 1, run: stopped.id, stop: null }]);
  });

  it('buys nothing with --require-gate where nothing is approved', async () => {
    const asked = {
      requireGate: true,
      folders: { reports: place.path('bare'), baselines: place.path('none'), cache: place.path('caches/bare') },
    };
    const shard = await machines.run('', { ...asked, shard: { number: 1, of: 2 } });
    expect(shard).toMatchObject({ samples: [], totals: { calls: 0 }, verdict: { state: 'not-gateable' } });
    expect((await machines.run('', { shard: { number: 1, of: 2 }, requireGate: true })).totals.images).toBe(6);
  });
});

describe('evaluate merge', () => {
  let shards: string[];
  beforeAll(async () => {
    shards = await machines.shards('shard', 3);
  });

  const bytes = () => readFileSync(place.path('reports/walk/latest/run.json'), 'utf8');

  it('leaves one folder with each picture once, whatever it is given again', async () => {
    rmSync(place.path('reports'), { recursive: true, force: true });
    const { code, stdout, stderr } = await place.run('merge', ...shards);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^✓ Pass {2}walk v2 on gemini-nano-banana-2\.1, /m);
    const first = bytes();
    const { id, samples } = merged();
    for (const file of ['index.html', 'junit.xml', 'summary.md', 'case/hill.html'])
      expect([file, existsSync(place.path('reports/walk', id, file))]).toEqual([file, true]);
    expect(existsSync(place.path('reports/walk', id, 'journal.jsonl'))).toBe(false);
    const pictures = [...samples.flatMap(({ image, inputs }) => [image, ...inputs])].flatMap(
      (each) => each?.path ?? [],
    );
    for (const path of pictures) expect(existsSync(place.path('reports/walk', id, path))).toBe(true);

    for (const again of [[...shards].reverse(), [id, shards[1] ?? ''], [id]]) {
      expect((await merge(...again)).code).toBe(0);
      expect(bytes()).toBe(first);
    }
    expect(readdirSync(place.path('reports/walk')).sort()).toEqual([id, 'latest']);
    expect((await place.run('compare', '--json')).code).toBe(0);
  }, 30_000);

  it('says which shards are missing, and takes them later', async () => {
    const { code, stdout } = await merge(shards[0] ?? '', shards[2] ?? '');
    expect(code).toBe(3);
    expect(stdout).toContain('Not gateable  walk v2 on gemini-nano-banana-2.1, shard 2 of 3 is missing');
    expect((await merge('latest', shards[1] ?? '')).code).toBe(0);
    const inSteps = bytes();
    await merge(...shards);
    expect(bytes()).toBe(inSteps);
  });

  it('prints one document with --json, the record', async () => {
    const { stdout } = await place.run('merge', '--json', '--reporter', 'terminal', ...shards);
    expect(JSON.parse(stdout)).toEqual(merged());
  });

  it('is what can be approved and compared, a shard is not', async () => {
    const [shard = ''] = shards;
    expect((await place.run('approve', shard)).stderr).toContain('is not whole: shards 2, 3 of 3 are missing');
    const compared = await place.run('compare', shard);
    expect(compared.code).toBe(3);
    expect(compared.stdout).toContain('shards 2, 3 of 3 are missing. Merge all 3, then judge: evaluate merge RUN...');
    await merge(...shards);
    expect((await place.run('approve', '--dry-run')).code).toBe(0);
  });

  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'a picture is damaged',
      (folder) => {
        const { samples } = at(folder);
        appendFileSync(place.path(folder, samples[0]?.image?.path ?? ''), 'more');
      },
      /1 of 1[0-9] pictures are not in the folders of these runs, or damaged: images\/[0-9a-f]{64}\.png/,
    ],
    [
      'pictures were left behind',
      (folder) => {
        rmSync(place.path(folder, 'images'), { recursive: true });
      },
      /pictures are not in the folders/,
    ],
    [
      'there is no record',
      (folder) => {
        rmSync(place.path(folder, 'run.json'));
      },
      /there is no run 'damaged'/,
    ],
  ])('writes nothing where %s', async (_what, damage, said) => {
    rmSync(place.path('damaged'), { recursive: true, force: true });
    rmSync(place.path('reports'), { recursive: true, force: true });
    const [first = '', ...others] = shards;
    cpSync(place.path(first), place.path('damaged'), { recursive: true, dereference: true });
    damage('damaged');
    const { code, stderr } = await merge('damaged', ...others);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(said) as string });
    expect(existsSync(place.path('reports'))).toBe(false);
  });

  it.each<[string, (record: RunRecord) => RunRecord, string]>([
    ['leaves its folder', (each) => ({ ...each, suite: { ...each.suite, name: '../x' } }), 'no name of a suite'],
    [
      'no run can have left',
      (each) => ({ ...each, samples: each.samples.map((sample) => ({ ...sample, sample: 1 })) }),
      'no run can have left this record',
    ],
  ])('refuses a record that %s', async (_what, edited, said) => {
    const [first = ''] = shards;
    rmSync(place.path('damaged'), { recursive: true, force: true });
    cpSync(place.path(first), place.path('damaged'), { recursive: true, dereference: true });
    writeRecord(place.path('damaged'), edited(at(first)));
    const { code, stderr } = await merge('damaged');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) as string });
    expect(existsSync(place.path('x'))).toBe(false);
  });

  it('does not judge by another baseline', async () => {
    cpSync(place.path('baselines'), place.path('kept'), { recursive: true });
    const approved = await place.run('approve', '--output', 'approved', '--case', 'hill');
    expect(approved.code).toBe(0);
    const { code, stderr } = await merge(...shards);
    rmSync(place.path('baselines'), { recursive: true });
    cpSync(place.path('kept'), place.path('baselines'), { recursive: true });
    expect(code).toBe(2);
    expect(stderr).toContain('the baseline has changed since these shards were made');
  });
});

describe('--shard', () => {
  it.each([
    ['0/3', 'the shards of 3 are 1 to 3, not 0'],
    ['4/3', 'the shards of 3 are 1 to 3, not 4'],
    ['1/0', 'a run is split into 1 to 1000 shards, not 0'],
    ['a/b', "'a/b' is not I/N, such as 2/3"],
    ['1/2/3', "'1/2/3' is not I/N, such as 2/3"],
    ['-1/3', "'-1/3' is not I/N, such as 2/3"],
  ])('%s is refused', async (shard, said) => {
    const { code, stderr } = await place.run('walk', '--offline', '--dry-run', '--shard', shard);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) as string });
  });

  it('needs to know the number of samples beforehand', async () => {
    const { code, stderr } = await place.run('walk', '--offline', '--dry-run', '--shard', '1/2', '-n', '2..5');
    expect(code).toBe(2);
    expect(stderr).toContain(
      '-n asks for 2..5 samples a case, and a shard cannot stop on a verdict that it cannot see',
    );
    expect(stderr).toContain('Give one number: -n 5.');
    expect((await place.run('walk', '--offline', '--dry-run', '--shard', '1/2', '-n', '2..5', '--fixed')).code).toBe(0);
  });

  it('plans each sample in one shard, and says what it will cost', async () => {
    const plan = async (...args: string[]) =>
      JSON.parse((await place.run('walk', '--offline', '--dry-run', '--json', ...args)).stdout) as {
        samples: { id: string }[];
        shard?: unknown;
      };
    const ids = ({ samples }: { samples: { id: string }[] }) => samples.map(({ id }) => id);
    const parts = [await plan('--shard', '1/2'), await plan('--shard', '2/2')];
    expect(parts.flatMap(ids).sort()).toEqual(ids(await plan()).sort());
    expect(parts[1]?.shard).toEqual({ number: 2, of: 2, samples: 24 });
    const { stdout } = await place.run('walk', '--offline', '--dry-run', '--shard', '2/2');
    expect(stdout).toMatch(/^ {2}shard 2\/2: 12 of 24 samples, expected \$0\.\d+$/m);
  });
});
