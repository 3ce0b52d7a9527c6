import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../lib/files.js';
import { openRun } from './run-folder.js';
import { hasLock, lockRun, type Processes } from './run-lock.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'evaluate-lock-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const alive = new Set(['a', 'b', 'c']);
const as = (own: string): Processes => ({ own, isAlive: (mark) => alive.has(mark) });

describe('the lock of a run', () => {
  it('is held by one process until it gives it back', () => {
    const release = lockRun(home, as('a'));
    expect(lockRun(home, as('b'))).toBeNull();
    release?.();
    expect(hasLock(home)).toBe(false);
    expect(lockRun(home, as('b'))).not.toBeNull();
  });

  it('of a process that is gone is taken over, by one of those who want it', () => {
    lockRun(home, as('dead'));
    expect(hasLock(home)).toBe(true);
    const taken = ['a', 'b', 'c'].map((mark) => lockRun(home, as(mark)));
    expect(taken.map((release) => release !== null)).toEqual([true, false, false]);
    taken[0]?.();
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('opening a run', () => {
  const open = (own: string, resume = 'auto', matrix = 'm') =>
    openRun({
      home,
      matrix,
      resume,
      retryErrors: false,
      useCache: true,
      now: () => Date.parse('2026-11-20T14:03:22Z'),
      processes: as(own),
    });
  const finish = (id: string, status: string) => {
    writeFileAtomic(`${home}/${id}/run.json`, JSON.stringify({ status }));
  };

  it('gives two processes of one command a run each', () => {
    const [first, second] = [open('a'), open('b')];
    expect([first.continued, second.continued]).toEqual([false, false]);
    expect(second.id).toBe(`${first.id}-2`);
    expect(() => open('c', first.id)).toThrow(/another process is at work/);
  });

  it('goes on with the run of a process that is gone', () => {
    const { id } = open('dead');
    expect(open('a')).toMatchObject({ id, continued: true });
  });

  it('leaves a finished run alone, unless its process was killed before it had shown it', () => {
    const first = open('a');
    finish(first.id, 'complete');
    first.release();
    const second = open('dead');
    expect(second.continued).toBe(false);
    finish(second.id, 'complete');
    expect(open('b')).toMatchObject({ id: second.id, continued: true });
  });

  it.each([
    ['failed', 0],
    ['interrupted', 1],
  ])('keeps the errors of a run that %s: %i', (status, kept) => {
    const first = open('a');
    first.journal.write({ type: 'sample', id: 'x', sample: { outcome: 'infra_error' } as never });
    finish(first.id, status);
    first.release();
    expect(open('b').resumed.samples.size).toBe(kept);
  });
});
