import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateInput, nine } from './__fixtures__/gate-input.js';
import { gate } from './gate.js';
import type { GateInput, GateSample } from './input.js';

/** A few cases with scores that scatter about means of their own, some outcomes without a score, in any order. */
const scene = fc
  .record({
    cases: fc.integer({ min: 1, max: 4 }),
    rounds: fc.integer({ min: 1, max: 6 }),
    seed: fc.integer(),
    shift: fc.double({ min: -0.12, max: 0.05, noNaN: true }),
    sd: fc.constantFrom(0.01, 0.03, 0.06),
    lost: fc.double({ min: 0, max: 0.4, noNaN: true }),
    rule: fc.constantFrom('sequential' as const, 'fixed' as const),
    inputs: fc.constantFrom('approved' as const, 'generated' as const),
    grows: fc.boolean(),
  })
  .chain((made) =>
    fc
      .record({
        noise: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 150, maxLength: 150 }),
        fate: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 150, maxLength: 150 }),
      })
      .map(({ noise, fate }) => {
        const cases = nine.slice(0, made.cases);
        let next = 0;
        const samples = (rounds: number, shift: number): GateSample[] =>
          Array.from({ length: rounds }, (_, k) =>
            cases.map((name, index) => {
              next += 1;
              const isLost = (fate[next] ?? 1) < made.lost;
              return {
                case: name,
                round: k + 1,
                outcome: isLost ? (['refused', 'infra_error', 'skipped'][next % 3] ?? 'refused') : 'ok',
                ids: [],
                values: { consistency: isLost ? null : 0.7 + index / 20 + shift + made.sd * (noise[next] ?? 0) },
                characterFound: isLost ? null : (fate[next] ?? 0) < 0.97,
              };
            }),
          ).flat();
        const approved = samples(8, 0);
        return gateInput({
          rule: made.rule,
          inputs: made.inputs,
          metrics: [
            { id: 'consistency', better: 'higher', margin: 0.03, cases, lent: { sumOfSquares: 0.018, df: 20 } },
          ],
          cases: cases.map((name) => ({ name, unchanged: false })),
          samples: { min: made.rounds > 2 ? 2 : 1, max: made.rounds },
          candidate: samples(made.rounds + 3, made.shift),
          reference: { samples: approved, grows: made.grows },
        });
      }),
  );

const only = (candidate: readonly GateSample[], input: GateInput): GateInput => ({ ...input, candidate });

describe('the verdict', () => {
  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(scene, fc.infiniteStream(fc.nat()), (input, keys) => {
        const mixed = <T>(list: readonly T[]) =>
          list
            .map((each) => ({ each, key: keys.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ each }) => each);
        const reference = { ...input.reference, samples: mixed(input.reference.samples) };
        expect(gate({ ...input, candidate: mixed(input.candidate), reference })).toEqual(gate(input));
      }),
    );
  });

  it('once given, stays: what lands later cannot undo a regression, nor what a metric was found to be', () => {
    fc.assert(
      fc.property(scene, fc.infiniteStream(fc.boolean()), (input, landed) => {
        const early = gate(
          only(
            input.candidate.filter(() => landed.next().value),
            input,
          ),
        );
        const late = gate(input);
        if (early.state === 'regression') expect(late).toMatchObject({ state: 'regression', metrics: early.metrics });
        if (early.state === 'pass') expect(late.metrics).toEqual(early.metrics);
      }),
      { numRuns: 300 },
    );
  });

  it('of a run that is extended stays: a higher cap is no second chance', () => {
    fc.assert(
      fc.property(scene, (made) => {
        const input: GateInput = { ...made, rule: 'sequential', inputs: 'approved' };
        const early = gate(input);
        const later = gate({ ...input, samples: { ...input.samples, max: input.samples.max + 3 } });
        if (early.state === 'regression') expect(later.state).toBe('regression');
        if (early.metrics[0]?.state !== 'open') expect(later.metrics[0]?.state).toBe(early.metrics[0]?.state);
        if (early.state === 'inconclusive') expect(later.samples.counted).toBeGreaterThan(early.samples.counted);
      }),
    );
  });

  it('is blind to samples that the infrastructure lost, but for their slot being final', () => {
    fc.assert(
      fc.property(scene, (input) => {
        const as = (outcome: string) =>
          only(
            input.candidate.map((sample) => (sample.outcome === 'ok' ? sample : { ...sample, outcome })),
            input,
          );
        expect(gate(as('infra_error'))).toEqual(gate(as('skipped')));
        expect(gate(as('infra_error')).rates[0]?.candidate.events).toBe(0);
      }),
    );
  });

  it('never gets worse for a case whose candidate scores all go up by the same', () => {
    const rank = { regression: 0, open: 1, pass: 2, unchanged: 3 };
    const whole = { regression: 0, inconclusive: 1, 'not-gateable': 1, infra: 1, pass: 2 };
    fc.assert(
      fc.property(scene, fc.double({ min: 0, max: 0.2, noNaN: true }), (input, up) => {
        const lifted = input.candidate.map((sample) => {
          const value = sample.values['consistency'] ?? null;
          return sample.case === nine[0] && value !== null
            ? { ...sample, values: { consistency: value + up } }
            : sample;
        });
        const before = gate(input);
        const after = gate(only(lifted, input));
        const metric = ({ metrics }: typeof before) => rank[metrics[0]?.state ?? 'open'];
        // The suite's rule always; the whole verdict where nothing stops early, so that every case is seen in full.
        expect(metric(after)).toBeGreaterThanOrEqual(metric(before));
        if (before.rule === 'fixed') expect(whole[after.state]).toBeGreaterThanOrEqual(whole[before.state]);
      }),
      { numRuns: 300 },
    );
  });

  it('under the fixed rule does not depend on the order of the cases', () => {
    fc.assert(
      fc.property(scene, (input) => {
        const fixed: GateInput = { ...input, rule: 'fixed' };
        const turned = gate({ ...fixed, cases: [...fixed.cases].reverse() });
        const straight = gate(fixed);
        expect(turned.state).toBe(straight.state);
        const effect = straight.metrics[0]?.effect ?? null;
        if (effect !== null) expect(turned.metrics[0]?.effect).toBeCloseTo(effect, 12);
        expect([...turned.cases].reverse().map(({ state }) => state)).toEqual(straight.cases.map(({ state }) => state));
      }),
    );
  });

  it('gains nothing from the baseline sent in as candidate, or from a candidate sent in twice', () => {
    fc.assert(
      fc.property(scene, (input) => {
        const named = (samples: readonly GateSample[], arm: string) =>
          samples.map((sample) => ({ ...sample, ids: [`${arm} ${sample.case} ${sample.round}`] }));
        const candidate = named(input.candidate, 'new');
        const reference = { samples: named(input.reference.samples, 'old'), grows: false };
        const rounds = input.samples.max;
        const copied = candidate.map((sample) =>
          sample.round <= rounds ? sample : { ...sample, ids: [`new ${sample.case} 1`], values: { consistency: 0 } },
        );
        const repeats = reference.samples.filter(({ round }) => round <= rounds);
        expect(gate({ ...input, candidate: repeats, reference }).state).toBe('not-gateable');
        const longer = { ...input, inputs: 'approved' as const, rule: 'fixed' as const, reference };
        const cut = candidate.filter(({ round }) => round <= rounds);
        const doubled = { ...longer, candidate: copied, samples: { min: 1, max: rounds + 3 } };
        const n = (verdict: ReturnType<typeof gate>) => verdict.cases.map(({ metrics }) => metrics[0]?.n);
        expect(n(gate(doubled))).toEqual(n(gate({ ...longer, candidate: cut })));
      }),
    );
  });
});
