import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { normalDraws } from '../stats/normal.js';
import { arm, gateInput, nine, sampleOf } from './__fixtures__/gate-input.js';
import { gate } from './gate.js';
import type { GateInput, GateSample, Slot } from './input.js';
import { nextSlots } from './next-slots.js';

describe('the next slots', () => {
  it('go round the cases', () => {
    expect(nextSlots(gateInput(), [], 11).map(({ case: name, round }) => `${name} ${round}`)).toEqual([
      ...nine.map((name) => `${name} 1`),
      'sheet 2',
      'mountains 2',
    ]);
  });
  it('leave out what is there or on its way', () => {
    const candidate = [sampleOf('sheet', 1, 0.8), sampleOf('valley', 1, null, { outcome: 'refused' })];
    expect(nextSlots(gateInput({ candidate }), [{ case: 'mountains', round: 1 }], 2)).toEqual([
      { case: 'forest', round: 1 },
      { case: 'clearing', round: 1 },
    ]);
  });
  it('are none once decided, at the cap, or where nothing can be decided', () => {
    const drop = arm(nine, 1, (_, __, z) => 0.7 + 0.03 * z, 5);
    const middle = arm(nine, 6, (_, __, z) => 0.785 + 0.03 * z, 5);
    expect(nextSlots(gateInput({ candidate: drop }), [], 5)).toEqual([]);
    expect(nextSlots(gateInput({ candidate: middle, rule: 'fixed' }), [], 5)).toEqual([]);
    expect(nextSlots(gateInput({ obstacles: [{ problem: 'x', fix: 'y' }] }), [], 5)).toEqual([]);
    expect(nextSlots(gateInput({ cases: nine.map((name) => ({ name, unchanged: true })) }), [], 5)).toEqual([]);
  });
  it('wait for both arms where both are sampled', () => {
    const candidate = [sampleOf('sheet', 1, 0.8)];
    const input = gateInput({ candidate, reference: { samples: [], grows: true } });
    expect(nextSlots(input, [], 1)).toEqual([{ case: 'sheet', round: 1 }]);
    const both = { ...input, reference: { samples: candidate, grows: true } };
    expect(nextSlots(both, [], 1)).toEqual([{ case: 'mountains', round: 1 }]);
  });
});

/** What every slot holds is fixed beforehand; only the order and the number in flight differ. */
function world(seed: number, shift: number): (slot: Slot) => GateSample {
  const draw = normalDraws(seededRandom(seed));
  const noise = new Map(nine.map((name) => [name, Array.from({ length: 40 }, draw)]));
  const lost = seededRandom(seed + 1);
  const refused = new Map(nine.map((name) => [name, Array.from({ length: 40 }, () => lost() < 0.05)]));
  return ({ case: name, round }) => {
    const z = noise.get(name)?.[round - 1] ?? 0;
    const drop = name === 'forest' ? 3 * shift : shift;
    return refused.get(name)?.[round - 1]
      ? sampleOf(name, round, null, { outcome: 'refused' })
      : sampleOf(name, round, 0.8 + drop + 0.03 * z);
  };
}

function run(make: (slot: Slot) => GateSample, concurrency: number, pick: (n: number) => number): GateInput {
  let input = gateInput();
  let inFlight: Slot[] = [];
  for (;;) {
    inFlight = [...inFlight, ...nextSlots(input, inFlight, concurrency - inFlight.length)];
    if (inFlight.length === 0) return input;
    const landed = inFlight[pick(inFlight.length)];
    if (!landed) throw new Error('nothing lands');
    inFlight = inFlight.filter((slot) => slot !== landed);
    input = { ...input, candidate: [...input.candidate, make(landed)] };
  }
}

describe('a whole run', () => {
  it('comes to the same verdict however many calls are in flight and whichever lands first', () => {
    const tally: Record<string, number> = {};
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(0, -0.01, -0.02, -0.03),
        fc.integer({ min: 2, max: 7 }),
        fc.integer(),
        (seed, shift, concurrency, order) => {
          const make = world(seed, shift);
          const random = seededRandom(order);
          const one = run(make, 1, () => 0);
          const many = run(make, concurrency, (n) => Math.floor(random() * n));
          const [alone, together] = [gate(one), gate(many)];
          tally[alone.state] = (tally[alone.state] ?? 0) + 1;
          expect(together).toMatchObject({ state: alone.state, metrics: alone.metrics, rates: alone.rates });
          expect(together.samples.counted).toBe(alone.samples.counted);
          // A case found broken by its extras ends the run, wherever the extras of the other cases stand.
          if (alone.state !== 'regression')
            expect({ ...together, samples: { ...together.samples, unused: 0 } }).toEqual(alone);
          expect(together.samples.unused).toBeLessThanOrEqual(concurrency - 1);
          expect(alone.samples.unused).toBe(0);
          expect(one.candidate).toHaveLength(alone.samples.counted + alone.samples.extra);
          expect(alone.samples.counted).toBeLessThanOrEqual(54);
          expect(Math.max(...alone.cases.map(({ extra }) => extra))).toBeLessThanOrEqual(10);
        },
      ),
      { numRuns: 60 },
    );
    expect(Object.keys(tally).length).toBeGreaterThan(1);
  });
});
