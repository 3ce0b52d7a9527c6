import type { BaselineCase, RunRecord, SampleRecord } from '../../record.js';
import { record, sample } from './small-record.js';

/** case -> what its request carries. Two scenes lie at hop 2, and `night` has a short and a long way to the sheet. */
const inputs: Record<string, string[]> = {
  sheet: ['photo'],
  meadow: ['robot'],
  river: ['robot', 'meadow'],
  hill: ['robot', 'meadow'],
  night: ['robot', 'meadow', 'hill'],
};
const places: Record<string, { hop: number; approved: number }> = {
  meadow: { hop: 1, approved: 0.9 },
  river: { hop: 2, approved: 0.8 },
  hill: { hop: 2, approved: 0.6 },
  night: { hop: 3, approved: 0.5 },
};
/** variant -> chain -> what is lost a hop. */
const losses: Record<string, Record<number, number>> = {
  'pro-v2': { 3: 0.05, 4: 0.07, 5: 0.09 },
  'pro-v1': { 3: -0.01, 4: 0.01, 5: 0 },
};

export const baseline = (approved: number, patch: Partial<BaselineCase> = {}): BaselineCase => ({
  run: 'r0',
  approvedAt: '2026-11-12T09:30:00.000Z',
  model: 'gemini-3-pro-image',
  revision: 'v1',
  inputsMode: 'approved',
  picture: null,
  outcomes: { ok: 2 },
  scores: { consistency: [approved - 0.01, approved + 0.01] },
  incomparable: {},
  ...patch,
});

/** Three chains (samples 3 to 5) of two variants: the approved mean less a fixed loss a hop; the baseline has two samples. */
export function driftRecord(patch: Partial<RunRecord> = {}): RunRecord {
  const variants = ['v2', 'v1'].map((revision) => ({
    id: `pro-${revision}`,
    model: 'gemini-3-pro-image',
    name: 'pro',
    revision,
    candidate: revision === 'v2',
  }));
  return record({
    settings: { inputs: 'generated' },
    variants,
    cases: Object.keys(inputs).map((name, level) => ({
      name,
      characters: [{ name: 'robot', sheet: name === 'sheet' ? null : 'robot' }],
      level,
      baseline: places[name] ? baseline(places[name].approved) : null,
    })),
    samples: variants.flatMap(({ id, revision }) =>
      [3, 4, 5].flatMap((chain) => Object.keys(inputs).map((name) => link(name, id, revision, chain))),
    ),
    ...patch,
  });
}

function link(name: string, variant: string, revision: string, chain: number): SampleRecord {
  const place = places[name];
  const value = place ? place.approved - (losses[variant]?.[chain] ?? 0) * place.hop : 0.9;
  const hash = 'b'.repeat(64);
  return sample({
    case: name,
    variant,
    revision,
    sample: chain,
    slot: `${name}/${chain}`,
    inputs: (inputs[name] ?? []).map((input) => ({
      name: input,
      sha256: hash,
      mime: 'image/png',
      width: 64,
      height: 64,
      path: `images/${hash}.png`,
    })),
    scores: { consistency: { value, version: '1' } },
  });
}
