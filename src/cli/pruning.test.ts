import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../lib/hash.js';
import { Workplace } from './__fixtures__/in-process.js';

const DAY = 24 * 3_600_000;

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'evaluate-prune-'));
});
afterEach(() => {
  rmSync(cache, { recursive: true, force: true });
});

/** 1 MB that was stored so many days ago; its key. */
function store(kind: string, name: string, days: number): string {
  const key = sha256(name);
  mkdirSync(join(cache, kind, key.slice(0, 2)), { recursive: true });
  const file = join(cache, kind, key.slice(0, 2), `${key}.json`);
  writeFileSync(file, Buffer.alloc(1_000_000, ' '));
  const at = new Date(Date.now() - days * DAY);
  utimesSync(file, at, at);
  return key;
}

const isKept = (kind: string, key: string) => existsSync(join(cache, kind, key.slice(0, 2), `${key}.json`));

/** A run under `reports/robot` with a call that is answered but not written down, and one that is. */
function writeRun(place: Workplace, status: string | null, open: string, finished: string): void {
  const folder = place.path('reports/robot/2026-11-20T12-00-00');
  mkdirSync(folder, { recursive: true });
  const lines = [
    { type: 'started', run: 'r', matrix: 'm' },
    { type: 'call', id: 'a', key: finished },
    { type: 'sample', id: 'a', sample: {} },
    { type: 'call', id: 'b', key: open },
  ];
  writeFileSync(join(folder, 'journal.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  if (status !== null) writeFileSync(join(folder, 'run.json'), JSON.stringify({ status }));
}

it('evaluate cache ls shows small answers in a unit that fits them', async () => {
  await using place = new Workplace({ cacheFolder: cache });
  const key = store('answers', 'large', 2);
  const small = store('answers', 'small', 1);
  writeFileSync(join(cache, 'answers', small.slice(0, 2), `${small}.json`), Buffer.alloc(1234, ' '));
  const { stdout } = await place.run('cache', 'ls');
  expect(stdout).toMatch(new RegExp(`^\\S+Z     1\\.0 MB  ${key.slice(0, 16)}$`, 'm'));
  expect(stdout).toMatch(new RegExp(`^\\S+Z     1\\.2 KB  ${small.slice(0, 16)}$`, 'm'));
  expect(stdout).toContain('2 answers, 1.0 MB in ');
});

describe('evaluate cache prune', () => {
  it.each([
    ['--older-than 30d', 'dropped 1 answer, 1 score, 1 calibration: 3.0 MB', ['a40', 's40', 'c40'], '3.0 MB'],
    ['--older-than 5w', 'dropped 1 answer, 1 score, 1 calibration: 3.0 MB', ['a40', 's40', 'c40'], '3.0 MB'],
    [
      '--older-than 36h',
      'dropped 2 answers, 2 scores, 1 calibration: 5.0 MB',
      ['a40', 's40', 'c40', 'a2', 's2'],
      '1.0',
    ],
    ['--older-than 41d', 'dropped 0 answers, 0 scores, 0 calibrations: 0 B', [], '6.0 MB'],
    ['--max-size 4MB', 'dropped 1 answer, 1 score, 0 calibrations: 2.0 MB', ['a40', 's40'], '4.0 MB'],
    ['--max-size 0.0045gb', 'dropped 1 answer, 1 score, 0 calibrations: 2.0 MB', ['a40', 's40'], '4.0 MB'],
    ['--max-size 6MB', 'dropped 0 answers, 0 scores, 0 calibrations: 0 B', [], '6.0 MB'],
    [
      '--max-size 0KB',
      'dropped 3 answers, 2 scores, 1 calibration: 6.0 MB',
      ['a40', 's40', 'c40', 'a2', 's2', 'a1'],
      '0 B are left',
    ],
    [
      '--older-than 30d --max-size 2MB',
      'dropped 2 answers, 1 score, 1 calibration: 4.0 MB',
      ['a40', 's40', 'c40', 'a2'],
      '2.0',
    ],
  ])('%s', async (flags, said, gone, left) => {
    await using place = new Workplace({ cacheFolder: cache });
    const stored = [
      ['answers', 'a40', 40.003],
      ['scores', 's40', 40.002],
      ['calibrations', 'c40', 40.001],
      ['answers', 'a2', 2.002],
      ['scores', 's2', 2.001],
      ['answers', 'a1', 1],
    ] as const;
    for (const [kind, name, days] of stored) store(kind, name, days);
    const dry = await place.run('cache', 'prune', ...flags.split(' '), '--dry-run');
    expect(dry.stdout).toContain(said.replace('dropped', 'would drop'));
    expect(stored.filter(([kind, name]) => !isKept(kind, sha256(name)))).toEqual([]);
    const { code, stdout } = await place.run('cache', 'prune', ...flags.split(' '));
    expect([code, stdout]).toEqual([0, expect.stringContaining(said)]);
    expect(stdout).toContain(left);
    expect(stored.filter(([kind, name]) => !isKept(kind, sha256(name))).map(([, name]) => name)).toEqual(gone);
  });

  it.each([
    ['was killed', null, true],
    ['was interrupted', 'interrupted', true],
    ['reached its budget', 'budget', true],
    ['is complete', 'complete', false],
  ])('answers of a run that %s', async (_, status, needed) => {
    await using place = new Workplace({ cacheFolder: cache });
    const open = store('answers', 'open', 50);
    const finished = store('answers', 'finished', 50);
    writeRun(place, status, open, finished);
    const { stdout } = await place.run('cache', 'prune', '--older-than', '1d', '--json');
    expect([isKept('answers', open), isKept('answers', finished)]).toEqual([needed, false]);
    expect(JSON.parse(stdout)).toEqual({
      folder: cache,
      dryRun: false,
      dropped: {
        answers: { count: needed ? 1 : 2, bytes: needed ? 1e6 : 2e6 },
        scores: { count: 0, bytes: 0 },
        calibrations: { count: 0, bytes: 0 },
      },
      spared: { count: needed ? 1 : 0, bytes: needed ? 1e6 : 0 },
      kept: { count: needed ? 1 : 0, bytes: needed ? 1e6 : 0 },
    });
  });

  it('has nothing to drop where nothing is kept', async () => {
    await using place = new Workplace({ cacheFolder: join(cache, 'absent') });
    const { code, stdout } = await place.run('cache', 'prune', '--older-than', '1d');
    expect([code, stdout]).toEqual([0, expect.stringContaining('dropped 0 answers')]);
  });

  it.each([
    [[], /nothing says what to drop\n {2}Give --older-than/],
    [['--older-than', '30'], /'30' is no age, such as 12h, 30d or 8w/],
    [['--older-than', '30y'], /'30y' is no age/],
    [['--older-than=-1d'], /'-1d' is no age/],
    [['--max-size', '2'], /'2' is no size, such as 500MB or 2GB/],
    [['--max-size', '2GiB'], /'2GiB' is no size/],
    [['--older-than', '2constructor'], /is no age/],
  ])('%j is refused with exit 2, and nothing is dropped', async (flags, message) => {
    await using place = new Workplace({ cacheFolder: cache });
    const key = store('answers', 'old', 400);
    const { code, stderr } = await place.run('cache', 'prune', ...flags);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(isKept('answers', key)).toBe(true);
  });
});
