import { existsSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { markLatest, openRun, type OpenRequest, type RunFolder } from './run-folder.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'evaluate-runs-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const start = Date.parse('2026-11-20T12:00:00Z');

/** Opens a run and, given a status, closes it with that record. */
function open(changes: Partial<OpenRequest> = {}, record?: string): RunFolder {
  const processes = { own: 'me', isAlive: () => false };
  const opened = openRun({
    home,
    matrix: 'm',
    resume: 'auto',
    retryErrors: false,
    useCache: true,
    now: () => start,
    processes,
    ...changes,
  });
  if (record !== undefined) writeFileSync(join(opened.folder, 'run.json'), record);
  opened.release();
  return opened;
}

const status = (name: string) => JSON.stringify({ status: name });

describe('the same command again', () => {
  it.each([
    ['was killed', undefined, true],
    ['was interrupted', status('interrupted'), true],
    ['reached its budget', status('budget'), true],
    ['failed', status('failed'), true],
    ['left half a record', '{"status": "comp', true],
    ['is complete', status('complete'), false],
  ])('after a run that %s', (_, record, continued) => {
    const first = open({}, record);
    const again = open();
    expect(again.continued).toBe(continued);
    expect(again.id === first.id).toBe(continued);
  });

  it('goes on with a run of the same matrix only', () => {
    const first = open({ matrix: 'other' });
    expect(open()).toMatchObject({ continued: false, id: '2026-11-20T12-00-00-2' });
    expect(() => open({ resume: first.id })).toThrow(/another suite text, matrix, baseline or encoder/);
  });

  it('opens a complete run again to retry its errors', () => {
    const first = open({}, status('complete'));
    expect(open({ retryErrors: true })).toMatchObject({ id: first.id, continued: true });
  });

  it.each([
    ['newest', /no unfinished run/],
    ['2026-01-01T00-00-00', /no such run/],
  ])('says when there is nothing to resume: %s', (resume, message) => {
    open({}, status('complete'));
    expect(() => open({ resume })).toThrow(message);
  });
});

it('marks the latest run by a relative link that can be replaced', () => {
  const first = open({}, status('complete'));
  markLatest(home, first.id);
  const second = open();
  markLatest(home, second.id);
  expect(readlinkSync(join(home, 'latest'))).toBe(second.id);
  expect(existsSync(join(home, 'latest', 'journal.jsonl'))).toBe(true);
});
