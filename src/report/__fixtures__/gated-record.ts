import { arm, gateInput, nine, sampleOf } from '../../gate/__fixtures__/gate-input.js';
import { gate } from '../../gate/gate.js';
import type { GateInput, GateSample } from '../../gate/input.js';
import type { BaselineCase, RunRecord, SampleRecord } from '../../record.js';
import { record, sample } from './small-record.js';

type State = NonNullable<RunRecord['verdict']>['state'];

/** Samples of a run are numbered after the approved ones. */
const OFFSET = 8;
const PRICE = 0.134;

/** What the candidate scores, by the index of its case and a standard normal number; approved are .8 and σ .03. */
const made: Record<State, Partial<GateInput>> = {
  pass: { candidate: arm(nine, 6, (_, __, z) => 0.8 + 0.03 * z, 2) },
  regression: { candidate: arm(nine, 6, (index, _, z) => (nine[index] === 'forest' ? 0.55 : 0.79) + 0.03 * z, 2) },
  inconclusive: { candidate: arm(nine, 6, (_, __, z) => 0.785 + 0.06 * z, 19) },
  'not-gateable': {
    candidate: arm(nine, 6, (_, __, z) => 0.8 + 0.03 * z, 2),
    obstacles: [{ problem: 'the baseline was made with another encoder', fix: 'Score its pictures again.' }],
  },
  infra: {
    candidate: [
      ...arm(nine.slice(1), 6, (_, __, z) => 0.8 + 0.03 * z, 2),
      ...[1, 2].map((round) => sampleOf('sheet', round, null, { outcome: 'infra_error' })),
    ],
    infra: 'sheet has no usable sample on pro-v2, for infrastructure errors alone',
  },
};

/** A run of nine cases that the real gate has judged against a baseline, with the other variant beside it. */
export function gatedRecord(state: State, patch: Partial<RunRecord> = {}): RunRecord {
  const input = decided(gateInput({ samples: { min: 2, max: 6 }, ...made[state] }));
  const { state: reached, title, message, ...numbers } = gate(input);
  if (reached !== state) throw new Error(`the scenario of ${state} came out as ${reached}`);
  const counted = new Map(numbers.cases.map((each) => [each.case, each.counted]));
  const samples = input.candidate.map((each): SampleRecord => {
    const guard = each.round > (counted.get(each.case) ?? 0);
    return { ...sampleRecord(each), ...(guard && { extra: 'guard' }) };
  });
  const other = arm(nine, 1, (_, __, z) => 0.82 + 0.03 * z, 3).map((each) => ({
    ...sampleRecord(each),
    variant: 'pro-v1',
    revision: 'v1',
  }));
  const { subject, against, rule, inputs, metrics, cases } = input;
  return record({
    variants: ['v2', 'v1'].map((revision) => ({
      id: `pro-${revision}`,
      model: 'gemini-3-pro-image',
      name: 'pro',
      revision,
      candidate: revision === 'v2',
    })),
    cases: nine.map((name) => ({
      name,
      characters: [{ name: 'robot', sheet: 'sheet' }],
      level: 0,
      baseline: approved(name, input.reference.samples),
    })),
    samples: [...samples, ...other],
    status: state === 'infra' ? 'failed' : 'complete',
    verdict: { state, title, message },
    gate: {
      terms: {
        subject,
        against,
        candidate: 'pro-v2',
        reference: { kind: 'baseline' },
        rule,
        inputs,
        samples: input.samples,
        offset: OFFSET,
        metrics: metrics.map((metric) => ({ ...metric, cases: [...metric.cases], auto: true })),
        cases: [...cases],
      },
      obstacles: [...input.obstacles],
      numbers,
    },
    totals: {
      calls: samples.length + other.length,
      images: samples.length + other.length,
      cost: { spent: PRICE * (samples.length + other.length), saved: 0, estimated: 0, unpriced: 0 },
      latencyMs: { p50: 8000, p95: 9100 },
    },
    ...patch,
  });
}

/** Without the samples that nobody makes once everything is decided. */
function decided(input: GateInput): GateInput {
  const { cases } = gate(input);
  const made = new Map(cases.map(({ case: name, counted, extra }) => [name, counted + extra]));
  const candidate = input.candidate.filter((each) => each.round <= (made.get(each.case) ?? 0));
  return { ...input, candidate, spent: PRICE * candidate.length };
}

function sampleRecord({ case: name, round, outcome, values }: GateSample): SampleRecord {
  const lost = { outcome: 'infra_error', reason: '503 four times in a row', cost: 0, latencyMs: null } as const;
  const value = values['consistency'] ?? null;
  return sample({
    case: name,
    sample: OFFSET + round,
    slot: `${name}#${OFFSET + round}`,
    savedCost: 0,
    scores: value === null ? {} : { consistency: { value, version: '1' } },
    ...(outcome === 'infra_error' ? lost : { cost: PRICE }),
  });
}

function approved(name: string, samples: readonly GateSample[]): BaselineCase {
  return {
    run: 'r0',
    approvedAt: '2026-11-12T09:30:00.000Z',
    model: 'gemini-3-pro-image',
    revision: 'v1',
    inputsMode: 'approved',
    picture: null,
    outcomes: { ok: OFFSET },
    scores: {
      consistency: samples.filter((each) => each.case === name).flatMap(({ values }) => values['consistency'] ?? []),
    },
    incomparable: {},
  };
}
