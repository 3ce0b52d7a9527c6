import { describe, expect, it } from 'vitest';
import { approvedCase, approvedSample } from './gate/__fixtures__/approved.js';
import type { ApprovedCase } from './gate/baseline.js';
import type { Sample } from './generate/sample.js';
import { sha256 } from './lib/hash.js';
import type { PlannedSample } from './plan/plan.js';
import type { RunRecord } from './record.js';
import { record, sample } from './report/__fixtures__/small-record.js';
import { askedOf } from './run-asked.js';
import type { Opponent } from './run-compare-question.js';
import { rescored } from './run-rescore.js';
import { scoresOf } from './run-rescore-task.js';
import { ScoreQueue } from './score/score-queue.js';
import { metrics } from './score/metrics/index.js';
import type { ScoreTask } from './score/thread.js';
import type { Suite } from './suite/suite.js';

/** A picture is its name. */
const bytesOf = (name: string) => Buffer.from(name);
const pictureOf = (name: string) => {
  const hash = sha256(name);
  return { sha256: hash, mime: 'image/png', width: 64, height: 64, path: `images/${hash}.png` };
};
const input = (name: string, picture: string) => ({ name, ...pictureOf(picture) });
const all = [
  'sheet of the run',
  'approved sheet',
  'approved forest',
  'archive',
  ...[1, 2].flatMap((n) => [`sheet ${n}`, `forest ${n}`, `old ${n}`]),
];

const suite = {
  name: 'robot',
  characters: {
    robot: {
      name: 'robot',
      sheet: { case: 'sheet' },
      views: [
        { name: 'front', box: null },
        { name: 'back', box: [0.5, 0, 0.5, 1] },
      ],
    },
  },
  cases: [
    { name: 'sheet', images: [{ name: 'archive', asset: 'archive' }], characters: [], text: ['ROBOT'], checklist: [] },
    {
      name: 'forest',
      images: [{ name: 'robot', case: 'sheet' }],
      characters: ['robot'],
      text: [],
      checklist: [{ says: 'It is green', under: null }],
    },
    { name: 'archive', images: [], characters: [], text: [], checklist: [] },
  ],
} as unknown as Suite;
const generation = { aspectRatio: '16:9', imageSize: '1K' };
const variant = { id: 'pro-v2' } as PlannedSample['variant'];
const planned = suite.cases.map(({ name }) => ({ case: name, variant, generation }) as PlannedSample);
const characters = {
  sheet: [{ name: 'robot', sheet: null }],
  forest: [{ name: 'robot', sheet: 'robot' }],
  archive: [],
};

function runOf(approved: Partial<Record<keyof typeof characters, string>>, patch: Partial<RunRecord> = {}): RunRecord {
  const baseline = {
    run: 'r0',
    approvedAt: '2026-11-12T09:30:00.000Z',
    model: 'm',
    revision: 'v1',
    inputsMode: 'approved' as const,
  };
  return record({
    asked: askedOf(suite, planned),
    settings: {
      samples: { min: 1, max: 2 },
      suiteSamples: { min: 1, max: 2 },
      fixed: false,
      inputs: 'approved',
      selection: { cases: [] },
      metrics: { consistency: { gate: true, margin: 0.05 } },
    },
    cases: (['sheet', 'forest', 'archive'] as const).map((name) => ({
      name,
      characters: characters[name],
      level: 0,
      baseline:
        approved[name] === undefined
          ? null
          : { ...baseline, picture: pictureOf(approved[name]), outcomes: {}, scores: {}, incomparable: {} },
    })),
    samples: [1, 2].flatMap((n) => [
      sample({ case: 'sheet', sample: n, image: pictureOf(`sheet ${n}`), inputs: [input('archive', 'archive')] }),
      sample({
        case: 'forest',
        sample: n,
        image: pictureOf(`forest ${n}`),
        inputs: [input('robot', 'sheet of the run')],
      }),
      sample({ case: 'archive', sample: n, image: n === 1 ? pictureOf('archive') : null, inputs: [] }),
    ]),
    ...patch,
  });
}

const encoder = { id: 'tiny', sha256: 'e'.repeat(64) };
const nothing = {
  folder: 'baselines/robot',
  cases: new Map<string, ApprovedCase>(),
  offset: 0,
  margins: { consistency: 0.03 },
};

/** Scores every picture by .5, and says what was to be scored. */
function world(pictures: readonly string[] = all) {
  const kept = new Map(pictures.map((name) => [sha256(name), bytesOf(name)]));
  const tasks: ScoreTask[] = [];
  return {
    tasks,
    encoder,
    picture: (hash: string) => kept.get(hash) ?? null,
    score: (task: ScoreTask) => {
      tasks.push(task);
      return Promise.resolve({ scores: { consistency: { value: 0.5, version: metrics.consistency.version } } });
    },
  };
}

const baselineOnly: Opponent = { kind: 'baseline' };

describe('scoring the samples of a run again', () => {
  it.each<[string, Parameters<typeof runOf>[0]]>([
    ['nothing was approved', {}],
    ['everything was', { sheet: 'approved sheet', forest: 'approved forest' }],
  ])('asks for the very measurements of the run, where %s', async (_, approved) => {
    const run = runOf(approved);
    const again = world();
    await rescored({ record: run, opponent: baselineOnly, baseline: nothing }, again);

    const first: ScoreTask[] = [];
    const queue = new ScoreQueue({
      suite,
      score: (task) => {
        first.push(task);
        return Promise.resolve({ scores: {} });
      },
      read: (picture) => bytesOf(all.find((name) => sha256(name) === picture.sha256) ?? ''),
      approved: (name) => {
        const known = approved[name as keyof typeof approved];
        return known === undefined ? null : { sha256: sha256(known), bytes: bytesOf(known) };
      },
    });
    for (const each of run.samples) queue.add(each as Sample, { generation } as PlannedSample, () => undefined);
    await queue.idle();
    expect(again.tasks).toEqual(first);
    expect(first).toHaveLength(5);
  });

  it('gives the record the new scores, encoder and versions, and says that they are others', async () => {
    const run = runOf({});
    const {
      record: made,
      remeasured,
      baseline,
    } = await rescored({ record: run, opponent: baselineOnly, baseline: nothing }, world());
    expect(made.encoder).toEqual(encoder);
    expect(made.metrics['consistency']?.version).toBe(metrics.consistency.version);
    expect(made.samples.map(({ scores }) => scores['consistency']?.value)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.8]);
    expect([remeasured, baseline.margins]).toEqual([true, {}]);
    const same = await rescored({ record: made, opponent: baselineOnly, baseline: nothing }, world());
    expect([same.remeasured, same.baseline.margins]).toEqual([false, { consistency: 0.03 }]);
  });

  it.each<[string, string[], string]>([
    ['pictures', ['forest 1', 'forest 2', 'sheet 2'], 'forest: picture of samples 1, 2; sheet: picture of sample 2'],
    ['the sheet that a scene carried', ['sheet of the run'], 'forest: sheet of samples 1, 2'],
    ['the approved sheet', ['approved sheet'], 'sheet: approved picture of samples 1, 2'],
  ])('measures none where %s are gone', async (_, gone, problem) => {
    const run = runOf({ sheet: 'approved sheet', forest: 'approved forest' });
    const left = world(all.filter((name) => !gone.includes(name)));
    const { obstacles, record: made } = await rescored(
      { record: run, opponent: baselineOnly, baseline: nothing },
      left,
    );
    expect(obstacles).toEqual([
      { problem: `of run r1, not there in full any more: ${problem}`, fix: expect.stringContaining('cache') as string },
    ]);
    expect(left.tasks).toEqual([]);
    expect(made).toBe(run);
  });

  it('does without the approved picture of a scene, unless a gating metric compares with it', async () => {
    const run = runOf({ forest: 'approved forest' });
    const left = () => world(all.filter((name) => name !== 'approved forest'));
    const sides = { opponent: baselineOnly, baseline: nothing };
    expect((await rescored({ ...sides, record: run }, left())).obstacles).toEqual([]);
    const settings = { ...run.settings, metrics: { ssim: { gate: true, margin: 0.05 } } };
    const { obstacles } = await rescored({ ...sides, record: { ...run, settings } }, left());
    expect(obstacles[0]?.problem).toContain('forest: approved picture of samples 1, 2');
  });

  it('measures each turn of a conversation beside the same turn of the approved one', async () => {
    const whole = runOf({ forest: 'approved forest' });
    const turns = [1, 2].map((turn) =>
      sample({
        case: 'forest',
        turn,
        image: pictureOf(`forest ${turn}`),
        inputs: [input('robot', 'sheet of the run')],
      }),
    );
    const run = {
      ...whole,
      cases: whole.cases.map((each) => ({
        ...each,
        baseline: each.baseline && {
          ...each.baseline,
          turns: [1, 2].map((turn) => ({ picture: pictureOf(`old ${turn}`), prompt: 'Again.', scores: {} })),
        },
      })),
      samples: [...whole.samples.filter((each) => each.case !== 'forest'), ...turns],
    };
    const approvedTurn = (turn: number, value: number) => ({
      ...approvedSample(1, 10, { consistency: value }),
      image: { ...pictureOf(`old ${turn}`) },
    });
    const baseline = {
      ...nothing,
      cases: new Map([
        [
          'forest',
          approvedCase('forest', {
            inputs: [{ name: 'robot', sha256: sha256('sheet of the run') }],
            samples: [{ ...approvedTurn(2, 0.7), turns: [approvedTurn(1, 0.8), approvedTurn(2, 0.6)] }],
          }),
        ],
      ]),
    };
    const again = world();
    const { obstacles, baseline: after } = await rescored({ record: run, opponent: baselineOnly, baseline }, again);
    expect(obstacles).toEqual([]);
    const measured = again.tasks.filter((task) => task.case.name === 'forest');
    const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
    expect(measured.map(({ image, approved }) => [text(image.bytes), text(approved?.bytes)])).toEqual([
      ['forest 1', 'old 1'],
      ['forest 2', 'old 2'],
      ['old 1', ''],
      ['old 2', ''],
    ]);
    const [conversation] = after.cases.get('forest')?.samples ?? [];
    expect(conversation).toMatchObject({ scores: { consistency: 0.5 }, image: pictureOf('old 2') });
    expect(conversation?.turns?.map(({ scores }) => scores['consistency'])).toEqual([0.5, 0.5]);
  });

  it('needs a run that got to every case', async () => {
    const run = runOf({});
    const short = {
      ...run,
      cases: run.cases.slice(0, 2),
      samples: run.samples.filter((each) => each.case !== 'archive'),
    };
    const { obstacles } = await rescored({ record: short, opponent: baselineOnly, baseline: nothing }, world());
    expect(obstacles.map(({ problem }) => problem)).toEqual(['the run did not get to archive']);
  });

  it('measures another run as this one asks, if of the same second as well, and another variant of this one once', async () => {
    const run = runOf({});
    // Two machines that start within one second give their runs the same name.
    const other = { ...runOf({}), startedAt: '2026-11-20T14:02:11.999Z', asked: { views: {}, cases: run.asked.cases } };
    const beside = world();
    const both = await rescored(
      { record: run, opponent: { kind: 'run', record: other, variant: 'pro-v2' }, baseline: nothing },
      beside,
    );
    expect(beside.tasks.slice(0, 5)).toEqual(beside.tasks.slice(5));
    expect(both.opponent).toMatchObject({ record: { startedAt: other.startedAt, encoder } });

    const second = run.samples.map((each) => ({ ...each, variant: 'pro-v1' }));
    const requested = {
      'pro-v2': { aspectRatio: null, imageSize: null },
      'pro-v1': { aspectRatio: null, imageSize: null },
    };
    const cases = Object.fromEntries(
      Object.entries(run.asked.cases).map(([name, each]) => [name, { ...each, requested }]),
    );
    const two = { ...run, samples: [...run.samples, ...second], asked: { ...run.asked, cases } };
    const once = world();
    const again = await rescored(
      { record: two, opponent: { kind: 'run', record: two, variant: 'pro-v1' }, baseline: nothing },
      once,
    );
    expect(once.tasks).toHaveLength(10);
    expect(again.opponent).toMatchObject({ record: again.record });
  });
});

describe('scoring an approved case again', () => {
  const old = (name: string, change: Partial<ApprovedCase> = {}) =>
    approvedCase(name, {
      inputs: [{ name: 'robot', sha256: sha256('sheet of the run') }],
      samples: [1, 2].map((n) => ({
        ...approvedSample(n, null, { consistency: 0.8, ssim: null }),
        image: pictureOf(`old ${n}`),
      })),
      ...change,
    });
  const againOf = async (approved: ApprovedCase, left = world()) => {
    const baseline = {
      ...nothing,
      cases: new Map([
        [approved.case, approved],
        ['gone', old('gone')],
      ]),
    };
    const made = await rescored({ record: runOf({}), opponent: baselineOnly, baseline }, left);
    return { ...made, tasks: left.tasks.slice(5) };
  };

  it('takes the pictures that were approved, the sheet they were made from, and what is asked now', async () => {
    const { tasks, baseline } = await againOf(old('forest'));
    expect(
      tasks.map(({ image, sheets, requested, case: { checklist } }) => [
        image.sha256,
        sheets[0]?.sha256,
        requested,
        checklist,
      ]),
    ).toEqual(
      [1, 2].map((n) => [
        sha256(`old ${n}`),
        sha256('sheet of the run'),
        generation,
        [{ says: 'It is green', under: null }],
      ]),
    );
    expect(baseline.cases.get('forest')).toMatchObject({ encoder, samples: [{ scores: { consistency: 0.5 } }, {}] });
    expect(baseline.cases.get('gone')).toEqual(old('gone'));
  });

  it.each<[string, ApprovedCase, string]>([
    [
      'chains: each had a sheet of its own',
      old('forest', { inputsMode: 'generated' }),
      'forest: sheet of samples 1, 2',
    ],
    [
      'a sheet that was compared with a picture that is not known',
      old('sheet', { samples: old('sheet').samples.map((each) => ({ ...each, scores: { ssim: 0.9 } })) }),
      'sheet: approved picture of samples 1, 2',
    ],
  ])('is not possible for %s', async (_, approved, problem) => {
    const { obstacles } = await againOf(approved);
    expect(obstacles).toEqual([
      {
        problem: `of the baseline, not there in full any more: ${problem}`,
        fix: expect.stringContaining('--keep-all') as string,
      },
    ]);
  });

  it('compares a sheet with the one that was approved before it', async () => {
    const kept = {
      ...approvedSample(9, null),
      image: pictureOf('approved sheet'),
      run: 'r',
      model: 'm',
      revision: 'v0',
    };
    const { tasks } = await againOf(old('sheet', { kept }));
    expect(tasks.map(({ sheets, makesSheet }) => [makesSheet, sheets[0]?.sha256])).toEqual(
      [1, 2].map(() => [true, sha256('approved sheet')]),
    );
    const first = await againOf(old('sheet'));
    expect(first.tasks.map(({ withoutSheet }) => withoutSheet)).toEqual([['robot'], ['robot']]);
  });
});

describe('an edit', () => {
  const keep = { picture: 'photo', marked: 'photo marked by sky.png', outpaint: null };
  const ruler = (gating: string) => {
    const run = runOf({});
    const forest = { text: [], checklist: [], keep, requested: {} };
    return {
      ...run,
      asked: { ...run.asked, cases: { forest } },
      cases: [],
      settings: { ...run.settings, metrics: { [gating]: { gate: true, margin: 0.05 } } },
    };
  };
  const shot = {
    case: 'forest',
    sample: 1,
    sha256: sha256('forest 1'),
    approved: 'none' as const,
    requested: { aspectRatio: null, imageSize: null },
    inputs: [input('photo', 'photo'), input(keep.marked, 'marked')],
  };
  const measuredFrom = async (there: string[], gating = 'keep-region') => {
    const tasks: ScoreTask[] = [];
    const { lost } = await scoresOf(shot, ruler(gating), {
      encoder: { id: 'e', sha256: 'e' },
      score: (task) => Promise.resolve(void tasks.push(task)).then(() => ({ scores: {} })),
      picture: (hash) => there.map(bytesOf).find((bytes) => sha256(bytes) === hash) ?? null,
    });
    return lost?.what ?? tasks[0]?.kept;
  };

  it('is compared with the pictures that it was made from, as far as anything rests on it', async () => {
    expect(await measuredFrom(['forest 1', 'photo', 'marked'])).toEqual({
      sha256: sha256('photo'),
      bytes: bytesOf('photo'),
      marked: { sha256: sha256('marked'), bytes: bytesOf('marked') },
      outpaint: null,
    });
    expect(await measuredFrom(['forest 1', 'photo'])).toBe('input picture');
    expect(await measuredFrom(['forest 1', 'photo'], 'quality')).toBeNull();
  });
});
