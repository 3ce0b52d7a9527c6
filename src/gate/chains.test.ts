import { describe, expect, it } from 'vitest';
import { gateInput, sampleOf } from './__fixtures__/gate-input.js';
import { gate } from './gate.js';
import type { GateInput, GateSample } from './input.js';
import { nextSlots } from './next-slots.js';

const names = ['mountains', 'valley', 'forest'];

/** One row a chain: its scores from the first hop on. */
const chains = (rows: (number | null)[][]): GateSample[] =>
  rows.flatMap((row, k) =>
    names.map((name, hop) => {
      const value = row[hop] ?? null;
      return sampleOf(name, k + 1, value, { outcome: value === null ? 'refused' : 'ok' });
    }),
  );

const approved = [
  [0.82, 0.78, 0.71],
  [0.8, 0.75, 0.73],
  [0.79, 0.8, 0.69],
  [0.84, 0.77, 0.74],
  [0.81, 0.79, 0.7],
  [0.78, 0.74, 0.68],
  [0.83, 0.76, 0.72],
  [0.8, 0.77, 0.7],
];
const generated = [
  [0.81, 0.74, 0.66],
  [0.8, 0.73, 0.65],
  [0.82, 0.76, 0.7],
  [0.79, 0.75, 0.64],
];

function input(rows: (number | null)[][], change: Partial<GateInput> = {}): GateInput {
  const metrics = gateInput().metrics.map((metric) => ({ ...metric, cases: names }));
  return gateInput({
    inputs: 'generated',
    samples: { min: 4, max: 4 },
    metrics,
    cases: names.map((name) => ({ name, unchanged: false })),
    candidate: chains(rows),
    reference: { samples: chains(approved), grows: false },
    ...change,
  });
}

describe('generated inputs', () => {
  it('take the mean of a chain as the unit: the two-sample t interval of SciPy', () => {
    const verdict = gate(input(generated));
    expect(verdict).toMatchObject({ rule: 'fixed', unit: 'chain', samples: { counted: 12, cap: 12 } });
    const metric = verdict.metrics[0];
    expect(metric).toMatchObject({ n: 4, n0: 8, df: 10 });
    expect(metric?.effect).toBeCloseTo(-0.02499999999999991, 12);
    expect(metric?.bounds?.low).toBeCloseTo(-0.041472885391957516, 12);
    expect(metric?.bounds?.high).toBeCloseTo(-0.00852711460804231, 12);
    // One-sided p .0102, below .025.
    expect(verdict.state).toBe('regression');
  });

  it('need twelve chains, both arms together', () => {
    const few = input(generated.slice(0, 3), { samples: { min: 3, max: 3 } });
    expect(gate(few).title).toBe(
      'Not gateable: robot on gemini-3-pro-image, the scatter of chains would rest on 9 degrees of freedom at the cap, and 10 are needed',
    );
  });

  it('count no chain with a gap in the mean, and one event a chain in the rates', () => {
    const gap = generated.map((row, k) => (k === 0 ? [0.81, null, null] : row));
    const verdict = gate(input([...gap, [0.8, 0.75, 0.68]], { samples: { min: 5, max: 5 } }));
    expect(verdict.metrics[0]).toMatchObject({ n: 4 });
    expect(verdict.cases.map(({ metrics }) => metrics[0]?.n)).toEqual([5, 4, 4]);
    expect(verdict.rates[0]).toMatchObject({ candidate: { events: 1, of: 5 }, reference: { events: 0, of: 8 } });
  });

  it('say so when no chain of the reference is whole', () => {
    const holes = approved.map((row, k) => row.map((value, hop) => (hop === k % 3 ? null : value)));
    const verdict = gate(input(generated, { reference: { samples: chains(holes), grows: false } }));
    expect(verdict.title).toBe(
      'Not gateable: robot on gemini-3-pro-image, no approved chain has a score in each of its cases',
    );
  });

  it('are judged in sequence once enough chains stand for it, a whole chain at a time', () => {
    const many = [...approved, ...approved.map((row) => row.map((value) => value + 0.005)), ...approved];
    const sequential = (rows: (number | null)[][]) =>
      input(rows, { samples: { min: 1, max: 6 }, reference: { samples: chains(many), grows: false } });
    const low = generated.map((row) => row.map((value) => value - 0.06));
    expect(gate(sequential(low))).toMatchObject({ rule: 'sequential', state: 'regression', samples: { counted: 3 } });
    expect(nextSlots(sequential([]), [], 9)).toEqual(names.map((name) => ({ case: name, round: 1 })));
  });
});
