import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { byCase, type Mark, readApprovals } from './approvals.js';

const folder = mkdtempSync(join(tmpdir(), 'evaluate-approvals-'));
const file = join(folder, 'approvals.json');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const mark = (change: Partial<Mark> = {}): Mark => ({
  case: 'forest',
  variant: 'pro@v2',
  sample: 1,
  sha256: 'a'.repeat(64),
  mark: 'approve',
  ...change,
});
const whole = { version: 1, suite: 'robot', run: 'run-1', marks: [mark()] };

describe('the marks of a report', () => {
  it('are read', () => {
    writeFileSync(file, JSON.stringify(whole));
    expect(readApprovals(file)).toEqual(whole);
  });

  it.each<[unknown, string]>([
    ['{', 'this is no export of marks: Expected property name'],
    [[], 'this is no export of marks: Invalid input'],
    [{ ...whole, version: 2 }, 'this is no export of marks: version: '],
    [{ ...whole, by: 'me' }, 'this is no export of marks: Unrecognized key: "by"'],
    [{ ...whole, marks: [] }, 'this is no export of marks: marks: Too small'],
    [{ ...whole, marks: [mark({ sample: 0 })] }, 'this is no export of marks: marks.0.sample: Too small'],
    [{ ...whole, marks: [mark({ sha256: 'x' })] }, 'this is no export of marks: marks.0.sha256: Invalid string'],
    [{ ...whole, marks: [{ ...mark(), mark: 'like' }] }, 'this is no export of marks: marks.0.mark: Invalid option'],
    [{ ...whole, marks: [mark(), mark({ mark: 'reject' })] }, 'sample 1 of forest on pro@v2 is marked twice'],
  ])('%j is refused', (content, problem) => {
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    expect(() => readApprovals(file)).toThrow(`${file}: ${problem}`);
  });

  it('are missed', () => {
    expect(() => readApprovals(join(folder, 'nowhere.json'))).toThrow('nowhere.json: there is no such file');
  });

  it('approve a case whole, in their order, or leave it as it was', () => {
    const reject = { mark: 'reject' } as const;
    const { approved, rejected } = byCase([
      mark({ sample: 3 }),
      mark({ sample: 2, ...reject }),
      mark({ sample: 1 }),
      mark({ case: 'valley', ...reject }),
      mark({ case: 'valley', sample: 2, variant: 'pro@v1', ...reject }),
      mark({ case: 'sheet', variant: 'pro@v1' }),
    ]);
    expect([...approved]).toEqual([
      ['forest', { variant: 'pro@v2', liked: [3, 1] }],
      ['sheet', { variant: 'pro@v1', liked: [1] }],
    ]);
    expect(rejected).toEqual(['valley']);
  });

  it('cannot approve a case twice', () => {
    expect(() => byCase([mark(), mark({ variant: 'pro@v1' })])).toThrow(
      'forest is approved on pro@v2 and on pro@v1; a baseline has one of them',
    );
  });
});
