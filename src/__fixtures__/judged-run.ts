import fc from 'fast-check';
import { approvedCase, approvedSample } from '../gate/__fixtures__/approved.js';
import type { ApprovedCase, Baseline } from '../gate/baseline.js';
import { gate } from '../gate/gate.js';
import { infraFailure } from '../gate/infra.js';
import type { Verdict } from '../gate/verdict.js';
import { sha256 } from '../lib/hash.js';
import { seededRandom } from '../lib/random.js';
import type { PlannedSample } from '../plan/plan.js';
import type { Variant } from '../plan/select.js';
import { type RunRecord, runRecord, type SampleRecord } from '../record.js';
import { record, sample } from '../report/__fixtures__/small-record.js';
import type { Opponent } from '../run-compare-question.js';
import { type Against, openGate } from '../run-gate.js';
import { gateOf, judged, wordsOf } from '../run-conclusion.js';
import type { Suite } from '../suite/suite.js';

/** A run as the gate judged it while it was made, and what is stored of it afterwards. */
export interface JudgedRun {
  verdict: Verdict;
  record: RunRecord;
  opponent: Opponent;
  baseline: Baseline;
}

const names = ['mountains', 'valley', 'forest', 'bridge'];
const OFFSET = 8;
const encoders = ['a', 'b'].map((digit) => ({ id: `encoder-${digit}`, sha256: digit.repeat(64) }));
const versions = {
  consistency: { version: '2', better: 'higher' },
  quality: { version: '2', better: 'higher' },
} as const;
const [v2, v1] = ['v2', 'v1'].map((revision): Variant => ({
  id: `pro@${revision}`,
  model: 'gemini-3-pro-image',
  name: 'pro',
  settings: {},
  revision,
  candidate: revision === 'v2',
})) as [Variant, Variant];

const shape = fc.record({
  cases: fc.constantFrom(1, 3, 4),
  kind: fc.constantFrom('baseline' as const, 'variant' as const, 'run' as const),
  rounds: fc.constantFrom(0, 2, 4, 6, 9, 9),
  samples: fc.constantFrom({ min: 1, max: 6 }, { min: 2, max: 4 }, { min: 3, max: 3 }, { min: 6, max: 6 }),
  fixed: fc.boolean(),
  inputs: fc.constantFrom('approved' as const, 'approved' as const, 'generated' as const),
  /** Approved samples of each case; few leave an automatic margin open. */
  approved: fc.constantFrom(1, 8, 16, 16, 16),
  margin: fc.constantFrom('auto' as const, 0.05, 0.2),
  gates: fc.constantFrom(['consistency'], ['consistency', 'quality']),
  shift: fc.constantFrom(0, 0, -0.05, -0.3),
  /** Share of samples that ended without a picture, and of those that the infrastructure lost. */
  lost: fc.constantFrom(0, 0, 0.1, 0.5),
  lostAs: fc.constantFrom('refused' as const, 'infra_error' as const, 'skipped' as const),
  /** How many of the planned samples were made before the run was stopped. */
  made: fc.constantFrom(1, 1, 1, 0.7, 0.1),
  otherEncoder: fc.nat(9).map((n) => n === 0),
  otherInputs: fc.nat(9).map((n) => n === 0),
  seed: fc.nat(),
});

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

/** Runs in many shapes: stopped, with gaps, with every mark and outcome, comparable or not. `null`: nothing to judge by. */
export const judgedRun: fc.Arbitrary<JudgedRun | null> = shape.map(judgedRunOf);

function judgedRunOf(made: Shape): JudgedRun | null {
  const chance = seededRandom(made.seed);
  const value = (shift: number) => Math.round((0.8 + shift + 0.1 * (chance() - 0.5)) * 1e6) / 1e6;
  const cases = names.slice(0, made.cases);
  const baseline = baselineOf(made, cases, value);
  const settings = {
    samples: made.samples,
    suiteSamples: { min: 1, max: 6 },
    fixed: made.fixed,
    inputs: made.inputs,
    selection: { cases: [] },
    metrics: Object.fromEntries(made.gates.map((id) => [id, { gate: true, margin: made.margin }])),
  };
  const common = { settings, metrics: versions, encoder: encoders[0] ?? null };
  const variants = [v2, v1];
  const samples = samplesOf(made, cases, variants, chance, value);
  const other = record({
    ...common,
    id: 'r0',
    variants: [v1],
    samples: samplesOf({ ...made, made: 1 }, cases, [v1], chance, value),
  });
  const against: Against =
    made.kind === 'run'
      ? { kind: 'run', record: { ...other, encoder: encoders[made.otherEncoder ? 1 : 0] ?? null }, variant: v1.id }
      : made.kind === 'variant'
        ? { kind: 'variant', variant: v1 }
        : { kind: 'baseline' };
  const opened = openGate({
    suite: suiteOf(cases, settings),
    against,
    candidate: v2,
    cases,
    without: [],
    unchanged: new Set(made.kind === 'variant' && chance() < 0.2 ? cases.slice(0, 1) : []),
    samples: made.samples,
    fixed: made.fixed,
    baseline,
    making: {
      encoder: common.encoder,
      metrics: { consistency: '2', quality: '2' },
      inputsMode: made.inputs,
      emulated: false,
      offset: OFFSET,
    },
    planned: cases.map((name) => ({ case: name, variant: v2, inputs: [archive] }) as unknown as PlannedSample),
    inputHash: () => sha256('archive'),
  });
  if (!opened) return null;
  const input = opened.input(samples, infraFailure(judged(samples)));
  const verdict = gate(input);
  const run = record({
    ...common,
    id: 'r1',
    status: made.made < 1 ? 'interrupted' : 'complete',
    variants,
    samples,
    cases: cases
      .filter((name) => samples.some((each) => each.case === name))
      .map((name) => ({
        name,
        characters: [{ name: 'robot', sheet: 'robot' }],
        level: 0,
        baseline: recordedOf(baseline, name),
      })),
    verdict: wordsOf(verdict),
    gate: gateOf(opened.terms, input.obstacles, verdict),
  });
  const stored = (each: RunRecord) => runRecord.parse(JSON.parse(JSON.stringify(each)));
  const mine = stored(run);
  const opponent: Opponent =
    against.kind === 'run'
      ? { ...against, record: stored(against.record) }
      : against.kind === 'variant'
        ? { kind: 'run', record: mine, variant: v1.id }
        : against;
  return { verdict, record: mine, opponent, baseline };
}

const archive: PlannedSample['inputs'][number] = { name: 'archive', from: 'asset', asset: 'archive' };
const sent = (content: string) => ({
  name: 'archive',
  sha256: sha256(content),
  mime: 'image/png',
  width: 96,
  height: 64,
  path: `images/${sha256(content)}.png`,
});

function suiteOf(
  cases: readonly string[],
  settings: { suiteSamples: Suite['samples']; metrics: Suite['metrics'] },
): Suite {
  const asset = { name: 'robot', asset: 'archive' };
  return {
    name: 'robot',
    samples: settings.suiteSamples,
    metrics: settings.metrics,
    characters: { robot: { name: 'robot', sheet: { asset: 'archive' }, views: [] } },
    cases: cases.map((name) => ({ name, images: [asset], characters: ['robot'], text: [], checklist: [] })),
  } as unknown as Suite;
}

function baselineOf(made: Shape, cases: readonly string[], value: (shift: number) => number): Baseline {
  const all = [...cases, 'hammock'].map((name): [string, ApprovedCase] => [
    name,
    {
      ...blank,
      case: name,
      inputsMode: made.inputs,
      inputs: [sent(made.otherInputs ? 'another archive' : 'archive')],
      encoder: encoders[made.otherEncoder ? 1 : 0] ?? null,
      samples: Array.from({ length: made.approved }, (_, index) =>
        approved(index + 1, { consistency: value(0), quality: value(0) }),
      ),
    },
  ]);
  const margins = made.approved > 1 ? { consistency: 0.08, quality: 0.08 } : {};
  return {
    folder: 'baselines/robot',
    cases: new Map(all),
    offset: OFFSET,
    margins: margins as Record<string, number>,
  };
}

const blank = approvedCase('', { samples: [], changes: [] });

const refusal = approvedSample(1, null);

/** A picture plays no part here. */
const approved = (number: number, scores: Record<string, number>) => ({
  ...refusal,
  sample: number,
  key: sha256(`approved ${number}`),
  scores,
  outcome: 'ok',
  reason: null,
});

function recordedOf(baseline: Baseline, name: string): RunRecord['cases'][number]['baseline'] {
  const approved = baseline.cases.get(name);
  if (!approved) return null;
  const { run, approvedAt, model, revision, inputsMode, outcomes } = approved;
  return { run, approvedAt, model, revision, inputsMode, picture: null, outcomes, scores: {}, incomparable: {} };
}

function samplesOf(
  made: Shape,
  cases: readonly string[],
  variants: readonly Variant[],
  chance: () => number,
  value: (shift: number) => number,
): SampleRecord[] {
  const planned = Array.from({ length: made.rounds }, (_, index) =>
    cases.flatMap((name) => variants.map((variant) => ({ name, variant, number: OFFSET + index + 1 }))),
  ).flat();
  return planned.slice(0, Math.ceil(planned.length * made.made)).map(({ name, variant, number }) => {
    const isLost = chance() < made.lost;
    const mark = chance();
    const key = chance() < 0.05 ? approved(1, {}).key : sha256(`${variant.id} ${name} ${number} ${made.shift}`);
    const found = { characterFound: chance() < 0.95 };
    const shift = variant === v2 ? made.shift : 0;
    return sample({
      case: name,
      variant: variant.id,
      model: variant.model,
      revision: variant.revision,
      sample: number,
      slot: `${name}#${number}`,
      key: isLost && mark < 0.5 ? null : key,
      outcome: isLost ? made.lostAs : 'ok',
      inputs: isLost ? [] : [sent('archive')],
      cost: chance() < 0.02 ? null : 0.134 * chance(),
      // Marks but the ancestor's play no part.
      ...(mark < 0.1
        ? { extra: 'guard' }
        : mark < 0.2
          ? { extra: 'inflight' }
          : mark < 0.22
            ? { extra: 'ancestor' }
            : {}),
      ...(mark > 0.97 ? { pending: true } : {}),
      scores: isLost
        ? {}
        : {
            consistency: { value: value(shift), version: '2', evidence: found },
            quality:
              chance() < 0.05 ? { value: null, reason: 'blank', version: '2' } : { value: value(0), version: '2' },
          },
    });
  });
}
