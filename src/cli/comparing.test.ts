import { cpSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunRecord, runRecord, writeRecord } from '../record.js';
import type { GateTerms } from '../record-gate.js';
import { record, sample } from '../report/__fixtures__/small-record.js';
import { type Ended, shippedModels, Workplace } from './__fixtures__/in-process.js';

interface Printed {
  terms: GateTerms;
  verdict: NonNullable<RunRecord['verdict']> & NonNullable<RunRecord['gate']>['numbers'];
  rescored?: { encoder: { id: string }; candidate: Scored[]; reference: Scored[] };
}
interface Scored {
  case: string;
  sample: number;
  values: Record<string, number | null>;
}

const printed = ({ stdout }: Ended) => JSON.parse(stdout) as Printed;

/** Every file of the workplace but the cache, with its size and time. */
function files(place: Workplace): string[] {
  return ['reports', 'baselines'].flatMap((folder) =>
    readdirSync(place.path(folder), { recursive: true }).map((name) => {
      const { size, mtimeMs } = statSync(place.path(folder, String(name)));
      return `${folder}/${String(name)} ${size} ${mtimeMs}`;
    }),
  );
}

describe('a run that is over', () => {
  const root = join(import.meta.dirname, '../..');
  const model = 'gemini-nano-banana-2.1';
  let place: Workplace;
  let made: Ended;
  let run: RunRecord;
  beforeAll(async () => {
    place = new Workplace({}, shippedModels);
    cpSync(join(root, 'baselines/robot.emulated'), place.path('baselines/robot.emulated'), { recursive: true });
    const narrowed = ['--model', model, '--revision', 'v2', 'v1', '--case', 'forest', '-n', '2..3'];
    made = await place.run(join(root, 'suites/robot'), '--offline', '--json', ...narrowed);
    run = runRecord.parse(JSON.parse(made.stdout));
  }, 240_000);
  afterAll(() => place[Symbol.asyncDispose]());

  it('is judged as it judged itself, without a call and without a trace', async () => {
    const before = files(place);
    const again = await place.run('compare', '--json');
    expect(printed(again)).toEqual({ terms: run.gate?.terms, verdict: { ...run.verdict, ...run.gate?.numbers } });
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: made.code, stderr: '' });
    expect(files(place)).toEqual(before);
  });

  it('is shown verdict first, then what was measured', async () => {
    const { stdout } = await place.run('compare', run.id, 'baseline');
    const [head = '', message = ''] = stdout.split('\n');
    expect(head).toMatch(/^[✓✕?] (Pass|Regression|Inconclusive) {2}robot v2 on gemini-nano-banana-2\.1, /);
    expect(message.trim()).toBe(run.verdict?.message);
    expect(stdout).toMatch(/^case +metric +difference +state\nall cases +consistency +[+−±]/m);
    expect(stdout).toMatch(
      /^forest +consistency +[+−±]\d\.\d{3} \(margin [\d.]+\), n \d against \d+ +\w+\n +quality +/m,
    );
    expect(stdout).toContain("Emulated pictures, not Gemini's.");
  });

  it('is compared with another revision of its own', async () => {
    const { terms, verdict } = printed(await place.run('compare', 'latest', 'v1', '--json'));
    expect(terms).toMatchObject({ against: 'v1', reference: { kind: 'run', run: run.id, variant: `${model}@v1` } });
    expect(verdict.metrics.map(({ id, n0 }) => [id, n0])).toEqual([
      ['consistency', 2],
      ['quality', 2],
    ]);
  });

  it('is no evidence against a copy of itself', async () => {
    const folder = place.path('reports/robot/copy');
    cpSync(place.path('reports/robot', run.id), folder, { recursive: true });
    writeRecord(folder, { ...run, id: 'copy' });
    const { code, stdout } = await place.run('compare', run.id, 'copy');
    expect(stdout).toMatch(/against run copy: no new sample of the candidate has consistency, quality; \d repeat/);
    expect(code).toBe(3);
  });

  it('says which pictures --rescore would need, and measures none then', async () => {
    const { code, stdout } = await place.run('compare', '--rescore');
    expect(stdout).toMatch(/of the baseline, not there in full any more: forest: picture of samples \d+, \d+/);
    expect(stdout).toContain('evaluate approve --keep-all');
    expect(code).toBe(3);
    const json = printed(await place.run('compare', '--rescore', '--json'));
    expect(json.verdict.state).toBe('not-gateable');
    expect(json).not.toHaveProperty('rescored');
  });

  describe('against its other revision, approved since with every picture', () => {
    beforeAll(async () => {
      const { code } = await place.run('approve', run.id, '--revision', 'v1', '--keep-all');
      expect(code).toBe(0);
    }, 60_000);

    it('is judged by what is approved now, and says so', async () => {
      const { stderr, stdout } = await place.run('compare', run.id, '--json');
      expect(stderr).toContain('the baseline has changed since this run was judged');
      expect(printed({ stdout, stderr, code: 0 }).verdict.metrics[0]).toMatchObject({ n0: 2 });
    });

    it('gets the same numbers when its pictures are scored again and nothing has changed', async () => {
      const before = files(place);
      const stored = await place.run('compare', run.id, 'baseline', '--json');
      const again = await place.run('compare', run.id, 'baseline', '--json', '--rescore');
      const { rescored, ...said } = printed(again);
      expect({ ...said, code: again.code }).toEqual({ ...printed(stored), code: stored.code });
      expect(rescored?.encoder).toEqual(run.encoder);
      expect(rescored?.candidate).toEqual(scoresOf('v2'));
      expect(rescored?.reference).toHaveLength(2);
      expect(files(place)).toEqual(before);
    }, 120_000);

    it('is measured on both sides with another encoder', async () => {
      const clip = join(root, 'src/encode/__fixtures__/clip');
      const { verdict, rescored } = printed(
        await place.run('compare', run.id, 'baseline', '--json', '--rescore', '--encoder', clip),
      );
      expect(rescored?.encoder).toMatchObject({ id: 'clip' });
      for (const [side, revision] of [
        [rescored?.candidate, 'v2'],
        [rescored?.reference, 'v1'],
      ] as const) {
        const own = scoresOf(revision);
        expect(side?.map(({ values }) => values['quality'])).toEqual(
          own.map(({ values }) => expect.closeTo(values['quality'] ?? NaN, 6) as number),
        );
        side?.forEach(({ values }, i) =>
          expect(values['consistency']).not.toBeCloseTo(own[i]?.values['consistency'] ?? 0, 3),
        );
      }
      expect(verdict.message).not.toContain('encoder');
    }, 120_000);

    it('is not measured from a picture that is not what it was', async () => {
      const [first] = run.samples;
      writeFileSync(place.path('reports/robot/copy', first?.image?.path ?? ''), 'damaged');
      writeFileSync(place.path('reports/robot', run.id, first?.image?.path ?? ''), 'damaged');
      const { code, stdout } = await place.run('compare', run.id, 'baseline', '--rescore');
      expect(stdout).toContain(
        `of run ${run.id}, not there in full any more: forest: picture of sample ${first?.sample}.`,
      );
      expect(code).toBe(3);
    }, 60_000);

    const scoresOf = (revision: string): Scored[] =>
      run.samples
        .filter((each) => each.revision === revision)
        .map(({ sample: number, scores }) => ({
          case: 'forest',
          sample: number,
          values: { consistency: scores['consistency']?.value ?? null, quality: scores['quality']?.value ?? null },
        }));
  });
});

describe('what cannot be compared', () => {
  const settings = {
    samples: { min: 1, max: 6 },
    suiteSamples: { min: 1, max: 6 },
    fixed: false,
    inputs: 'approved',
    selection: { cases: [] },
    metrics: { consistency: { gate: true, margin: 0.05 } },
  };
  const store = (place: Workplace, suite: string, id: string, patch: Partial<RunRecord> = {}) => {
    const made = record({ id, suite: { name: suite, description: '', hash: 'a'.repeat(64) }, settings, ...patch });
    writeRecord(place.path('reports', suite, id), made);
  };

  it.each<[string, string[], RegExp]>([
    ['no run at all', ['compare', '-o', 'elsewhere'], /there is no run under .*elsewhere/],
    ['a run that is not there', ['compare', 'r9'], /there is no run 'r9'/],
    ['nothing but the baseline', ['compare', 'baseline'], /Name the run first: evaluate compare latest baseline/],
    ['something unknown', ['compare', 'r1', 'v9'], /no run, and no revision or model of run r1, is called 'v9'/],
    ['nothing', ['compare', 'r1', ''], /is called ''/],
    ['a run and itself', ['compare', 'r1', 'reports/robot/r1'], /'reports\/robot\/r1' is the run itself, r1/],
    ['a run and its candidate', ['compare', 'r1', 'v2'], /'v2' is the candidate of run r1 itself, pro-v2/],
    ['runs of two suites', ['compare', 'r1', 'd1'], /d1 is a run of duo, and not of robot/],
    ['three runs', ['compare', 'r1', 'r2', 'r3'], /too many arguments/],
    ['stored scores of another encoder', ['compare', 'r1', 'r2', '--encoder', 'pocket'], /Add --rescore/],
    ['with an encoder that is not there', ['compare', 'r1', 'r2', '--rescore', '--encoder', './nowhere'], /nowhere/],
    ['a record without settings', ['compare', 'old', 'r1'], /the record of run old lacks what comparing needs/],
    ['a record that was edited', ['compare', 'twice', 'r1'], /no run can have left this record of twice: .* twice/],
    ['a record without a variant', ['compare', 'none', 'r1'], /the run none has no variant to judge/],
    [
      'a metric of another version',
      ['compare', 'later', 'r1'],
      /judged by beauty, a metric that this version does not/,
    ],
    ['a record that is damaged', ['compare', 'r1', 'broken'], /broken\/run\.json: this is not a record/],
    ['with a run that is gone', ['compare', 'lost'], /run r0, against which lost was judged, is not there any more/],
  ])('%s is exit 2, with nothing on stdout', async (_, args, message) => {
    await using place = new Workplace();
    for (const id of ['r1', 'r2']) store(place, 'robot', id);
    store(place, 'duo', 'd1');
    store(place, 'robot', 'old', { settings: {} });
    store(place, 'robot', 'twice', { samples: [sample(), sample()], asked });
    store(place, 'robot', 'none', { variants: [] });
    store(place, 'robot', 'later', { settings: { ...settings, metrics: { beauty: { gate: true, margin: 0.1 } } } });
    store(place, 'robot', 'lost', { gate: judgedAgainst('r0') });
    store(place, 'robot', 'broken');
    writeFileSync(place.path('reports/robot/broken/run.json'), '{"version":1}');
    const { code, stdout, stderr } = await place.run(...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('bug');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('is a baseline that is not there: exit 3', async () => {
    await using place = new Workplace();
    store(place, 'robot', 'r1', { asked });
    const { code, stdout } = await place.run('compare', 'r1');
    expect(stdout).toMatch(/^\? Not gateable {2}robot v2 on pro, no case of the run is in the baseline\n/);
    expect(code).toBe(3);
  });

  const asked = {
    views: {},
    cases: { valley: { text: [], checklist: [], requested: { 'pro-v2': { aspectRatio: null, imageSize: null } } } },
  };
  const judgedAgainst = (id: string): RunRecord['gate'] => ({
    terms: {
      subject: 'robot',
      against: `run ${id}`,
      candidate: 'pro-v2',
      reference: { kind: 'run', run: id, variant: 'pro-v2' },
      rule: 'sequential',
      inputs: 'approved',
      samples: { min: 1, max: 6 },
      offset: 0,
      metrics: [],
      cases: [],
    },
    obstacles: [],
    numbers: {
      rule: 'sequential',
      unit: 'sample',
      metrics: [],
      cases: [],
      rates: [],
      samples: { counted: 0, cap: 0, extra: 0, repeated: 0, unused: 0 },
      spent: null,
    },
  });
});
