import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { fisherExact, rateEvidence } from './rate-test.js';

const tally = (events: number, of: number) => ({ events, of });

// SciPy 1.10: betaln and the closed form of the maximum; fisher_exact(alternative='greater').
describe.each([
  [0, 0, 0, 72, -1.0862737181286115, 1],
  [0, 20, 0, 72, -2.4937045182951136, 1],
  [5, 20, 0, 72, 5.740926364156978, 0.00031526851263050576],
  [4, 20, 0, 72, 4.070588114844794, 0.001733976819467782],
  [12, 36, 2, 72, 6.85701038033605, 2.4112718782323594e-5],
  [2, 20, 10, 72, -3.1907111392179104, 0.7910605703574576],
  [9, 9, 0, 72, 23.181681949954022, 3.833064897378187e-12],
  [9, 9, 72, 72, -32.98723459324386, 1],
])('%i of %i against %i of %i', (events, of, events0, of0, evidence, p) => {
  it('e-value', () => expect(rateEvidence(tally(events, of), tally(events0, of0))).toBeCloseTo(evidence, 10));
  it('exact p', () => expect(fisherExact(tally(events, of), tally(events0, of0)) / p).toBeCloseTo(1, 10));
});

const counts = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }))
  .chain(([n, n0]) => fc.record({ n: fc.constant(n), n0: fc.constant(n0), k: fc.nat(n), k0: fc.nat(n0) }));

it('one more event on the candidate side is never evidence for it', () => {
  fc.assert(
    fc.property(counts, ({ n, n0, k, k0 }) => {
      if (k === n) return;
      const evidence = rateEvidence(tally(k, n), tally(k0, n0));
      if (evidence >= 0) expect(rateEvidence(tally(k + 1, n), tally(k0, n0))).toBeGreaterThan(evidence);
      const p = fisherExact(tally(k, n), tally(k0, n0));
      expect(fisherExact(tally(k + 1, n), tally(k0, n0))).toBeLessThanOrEqual(p + 1e-12);
    }),
  );
});

it('expects at most 1 at any size when nothing changed: summed over all outcomes', () => {
  const log = (n: number, k: number, p: number) => {
    let sum = k * Math.log(p) + (n - k) * Math.log1p(-p);
    for (let i = 0; i < k; i += 1) sum += Math.log(n - i) - Math.log(i + 1);
    return sum;
  };
  for (const p of [0.01, 0.1, 0.3, 0.6])
    for (const n of [5, 30]) {
      let expected = 0;
      for (let k = 0; k <= n; k += 1)
        for (let k0 = 0; k0 <= 40; k0 += 1)
          expected += Math.exp(log(n, k, p) + log(40, k0, p) + rateEvidence(tally(k, n), tally(k0, 40)));
      expect(expected).toBeLessThanOrEqual(1);
    }
});

it('cries wolf at most as often as it says, looked at after every sample', () => {
  const random = seededRandom(11);
  for (const p of [0.02, 0.2]) {
    let alarms = 0;
    for (let run = 0; run < 1000; run += 1) {
      const of0 = tally(Array.from({ length: 72 }).filter(() => random() < p).length, 72);
      let events = 0;
      for (let n = 1; n <= 54; n += 1) {
        if (random() < p) events += 1;
        if (rateEvidence(tally(events, n), of0) >= Math.log(1 / 0.05)) {
          alarms += 1;
          break;
        }
      }
    }
    expect(alarms / 1000).toBeLessThanOrEqual(0.05);
  }
});
