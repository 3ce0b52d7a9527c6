import { describe, expect, it } from 'vitest';
import { approvedCase, approvedSample } from './__fixtures__/approved.js';
import { meanChange, outdatedInputs } from './approve-changes.js';
import type { ApprovedCase } from './baseline.js';

const shaOf = (sample: number, grey: number) => approvedSample(sample, grey).image?.sha256 ?? '';
const sheet = approvedCase('sheet', { samples: [approvedSample(1, 10), approvedSample(2, 20)] });
const madeFrom = (name: string, sha256: string, change: Partial<ApprovedCase> = {}) =>
  approvedCase(name, { inputs: [{ name: 'robot', sha256 }], ...change });
const byName = (...cases: ApprovedCase[]) => new Map(cases.map((each) => [each.case, each]));
const makers = new Map([
  [shaOf(1, 10), 'sheet'],
  [shaOf(2, 20), 'sheet'],
  [shaOf(7, 70), 'valley'],
]);

describe('inputs that are no longer approved', () => {
  it.each<[string, ApprovedCase[], [string, string[]][]]>([
    ['no case', [sheet, madeFrom('forest', shaOf(1, 10))], []],
    ['a case made from another sample', [sheet, madeFrom('forest', shaOf(2, 20))], [['forest', ['sheet']]]],
    [
      'a case made from a case that is not approved',
      [sheet, madeFrom('bridge', shaOf(7, 70))],
      [['bridge', ['valley']]],
    ],
    ['no case made from an asset', [sheet, madeFrom('forest', 'f'.repeat(64))], []],
    [
      'no case with inputs of its own chain',
      [sheet, madeFrom('forest', shaOf(2, 20), { inputsMode: 'generated' })],
      [],
    ],
    [
      'every case once',
      [
        { ...sheet, representative: 2 },
        madeFrom('forest', shaOf(1, 10)),
        approvedCase('valley', {
          inputs: [
            { name: 'robot', sha256: shaOf(1, 10) },
            { name: 'sheet', sha256: shaOf(1, 10) },
          ],
        }),
      ],
      [
        ['forest', ['sheet']],
        ['valley', ['sheet']],
      ],
    ],
  ])('concern %s', (_, cases, expected) => {
    expect([...outdatedInputs(byName(...cases), makers)]).toEqual(expected);
  });
});

describe('the change of a mean', () => {
  it('is over all values, and told only of what can be compared', () => {
    const after = approvedCase('forest', { samples: [approvedSample(4, 40, { consistency: 0.5 })] });
    expect(meanChange('consistency', sheet, after)).toEqual({ before: null, after: 0.5 });
    expect(meanChange('consistency', approvedCase('forest'), after)).toEqual({ before: 0.75, after: 0.5 });
    expect(meanChange('consistency', undefined, after)).toEqual({ before: null, after: 0.5 });
    expect(meanChange('quality', approvedCase('forest'), after)).toEqual({ before: 0.9, after: null });
    const otherwise = approvedCase('forest', { metrics: { consistency: '1' } });
    expect(meanChange('consistency', otherwise, after)).toEqual({ before: null, after: 0.5 });
  });
});
