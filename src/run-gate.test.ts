import { describe, expect, it } from 'vitest';
import type { Baseline } from './gate/baseline.js';
import type { RunRecord } from './record.js';
import { comparedWithAnother } from './run-gate.js';

const [one, other] = ['1', '2'].map((digit) => digit.repeat(64));

const record = (sha256: string | undefined) =>
  ({ cases: [{ name: 'sheet', baseline: sha256 === undefined ? null : { picture: { sha256 } } }] }) as RunRecord;
const baseline = (sha256: string | undefined) =>
  ({
    cases: new Map(
      sha256 === undefined
        ? []
        : [['sheet', { representative: 3, kept: null, samples: [{ sample: 3, image: { sha256 } }] }]],
    ),
  }) as unknown as Baseline;

describe('a run to compare with was compared with another approved picture', () => {
  it.each([
    ['the same', one, one, false],
    ['another', one, other, true],
    ['none then', undefined, one, true],
    ['none now', one, undefined, true],
    ['none at all', undefined, undefined, false],
  ])('%s', (_, then, now, expected) => {
    expect(comparedWithAnother(record(then), baseline(now), 'sheet')).toBe(expected);
  });
});
