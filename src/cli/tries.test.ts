import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hash31 } from '../lib/hash.js';
import type { RunRecord } from '../record.js';
import type { RunRequest } from '../run.js';
import { loadSuite } from '../suite/load.js';
import { Workplace } from './__fixtures__/in-process.js';
import { Machines, scorer } from './__fixtures__/sharded.js';
import { inspectImage } from './suite-targets.js';

/** Consistency as always, and a quality that about half of all pictures have too little of. */
const judge: RunRequest['scorer'] = {
  ...scorer(0),
  score: async (task) => {
    const { scores } = await scorer(0).score(task);
    const quality = { value: (hash31(task.image.sha256) % 97) / 96, version: '2' };
    return { scores: { ...scores, quality } };
  },
};

const discarded = ({ samples }: RunRecord) => samples.flatMap((sample) => sample.discarded ?? []);

it('records what a retry policy discarded, and compares like with like', async () => {
  await using place = new Workplace();
  const machines = await Machines.in(place);
  const plain = await loadSuite(place.path('walk'), { inspectImage });
  appendFileSync(place.path('walk/suite.yaml'), 'retry: { quality: { below: 0.5, tries: 3 } }\n');
  const suite = await loadSuite(place.path('walk'), { inspectImage });
  expect([plain.retry, suite.retry]).toEqual([undefined, { quality: { below: 0.5, tries: 3 } }]);

  const base = await machines.run('base', { suite, scorer: judge });
  const away = discarded(base);
  expect(away.length).toBeGreaterThan(3);
  expect(away.every(({ scores }) => (scores['quality']?.value ?? 1) < 0.5)).toBe(true);
  const low = base.samples.filter(({ scores }) => (scores['quality']?.value ?? 0) < 0.5);
  expect(low.every((sample) => sample.discarded?.length === 2)).toBe(true);
  expect(base.totals).toMatchObject({ images: 12, calls: 12 + away.length });
  expect(base.settings['retry']).toEqual(suite.retry);
  for (const { image } of away) expect(existsSync(place.path('base/walk', base.id, image.path))).toBe(true);

  expect((await place.run('approve', '--output', 'base')).code).toBe(0);
  expect(JSON.parse(readFileSync(place.path('baselines/walk.emulated/hill.json'), 'utf8'))).toMatchObject({
    retry: suite.retry,
  });
  const same = await machines.run('same', { suite, scorer: judge });
  expect(same.verdict?.state).toBe('pass');
  const other = await machines.run('other', { suite: plain, scorer: judge });
  expect(other.verdict?.state).toBe('not-gateable');
  expect(other.verdict?.message).toContain(
    'every case: the retry policy differs: up to 3 tries below quality 0.5 there, no retry here. Write `retry`',
  );
  // The same is told of two runs that are there, if their machines began within one second as well.
  const record = place.path('other/walk', other.id, 'run.json');
  writeFileSync(record, readFileSync(record, 'utf8').replace(`"id": "${other.id}"`, `"id": "${same.id}"`));
  const compared = await place.run('compare', `same/walk/${same.id}`, `other/walk/${other.id}`);
  expect(compared).toMatchObject({ code: 3, stdout: expect.stringContaining('the retry policy differs') as string });
});

it('is told before and after a run, and refused where it makes no sense', async () => {
  await using place = new Workplace();
  await Machines.in(place);
  const once = await place.run('walk', '--offline', '--dry-run', '--json', '--revision', 'v2');
  appendFileSync(place.path('walk/suite.yaml'), 'retry: { quality: { below: 0.99, tries: 2 } }\n');
  const twice = await place.run('walk', '--offline', '--dry-run', '--json', '--revision', 'v2');
  const [one, two] = [once.stdout, twice.stdout].map(
    (text) => JSON.parse(text) as Record<'calls' | 'cost', { low: number; high: number }>,
  );
  expect([one?.calls, two?.calls]).toEqual([
    { low: 12, high: 12 },
    { low: 12, high: 24 },
  ]);
  expect(two?.cost.high).toBeCloseTo(2 * (one?.cost.high ?? NaN), 9);
  expect(two?.cost.low).toBe(one?.cost.low);
  const text = await place.run('walk', '--offline', '--dry-run', '--revision', 'v2');
  expect(text.stdout).toContain('  tries          up to 2 a picture below quality 0.99\n');

  const { stdout } = await place.run('walk', '--offline', '--revision', 'v2', '--case', 'hill', '-n', '1');
  expect(stdout).toContain('1 of 1 picture is a second or later try, 1 discarded');
  const page = readFileSync(place.path('reports/walk/latest/case/hill.html'), 'utf8');
  expect(page).toMatch(/✕ Try 1, discarded: quality 0\.\d+, \$0\.\d+/);
  expect(readFileSync(place.path('reports/walk/latest/index.html'), 'utf8')).toContain('second or later try');

  const yaml = readFileSync(place.path('walk/suite.yaml'), 'utf8');
  writeFileSync(place.path('walk/suite.yaml'), yaml.replace('tries: 2', 'tries: 1'));
  const refused = await place.run('walk', '--offline', '--dry-run');
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/suite.yaml:13:41: 'retry.quality.tries' must be at least 2/) as string,
  });
});
