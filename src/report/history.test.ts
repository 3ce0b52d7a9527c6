import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sha256 } from '../lib/hash.js';
import { baseline } from './__fixtures__/drift-record.js';
import { pastRecords, writeRuns } from './__fixtures__/past-records.js';
import { record, sample } from './__fixtures__/small-record.js';
import { readHistory } from './history.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'history-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const at = (n: number) => `2026-11-${String(n).padStart(2, '0')}T09-00-00`;
const scored = (value: number | null) => ({ consistency: { value, version: '1' } });

it('reduces a run to counts, means and intervals of its cells', async () => {
  const run = record({
    id: at(1),
    checks: [{ id: 'cost', limit: '', case: null, variant: 'pro-v2', value: 1, passed: false, message: '' }],
    verdict: { state: 'pass', title: '', message: '' },
    cases: [{ name: 'valley', characters: [], level: 0, baseline: baseline(0.9) }],
    samples: [
      sample({ sample: 1, turn: 1, scores: scored(0.7), modelVersion: 'b' }),
      sample({ sample: 1, turn: 2, scores: scored(0.9), modelVersion: 'a', prompt: 'Again.' }),
      sample({ sample: 2, scores: scored(0.6), cached: true }),
      sample({ sample: 3, outcome: 'refused', scores: {} }),
      sample({ sample: 4, scores: scored(0.1), extra: 'guard' }),
    ],
  });
  const { runs, metric, left, older } = await readHistory(writeRuns(home, [run]), run);
  expect({ metric, left, older }).toEqual({
    metric: { id: 'consistency', better: 'higher' },
    left: { damaged: 0, otherPictures: 0, shards: 0 },
    older: false,
  });
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ id: at(1), verdict: 'pass', checksFailed: 1, incomparable: null });
  expect(runs[0]?.baselines.get('valley')).toMatchObject({ run: 'r0', score: { n: 2, mean: 0.9 } });
  const [variant] = runs[0]?.variants ?? [];
  expect(variant).toMatchObject({ name: 'pro', revision: 'v2', commit: null, candidate: true, versions: ['a', 'b'] });
  const cell = variant?.cells.get('valley');
  // 0.8 (two turns) and 0.6: mean 0.7, sd √0.02, t(1) 12.7062.
  expect(cell).toMatchObject({
    samples: 4,
    usable: 3,
    cached: 1,
    prompts: [sha256('A valley.'), sha256('Again.')].sort(),
  });
  expect(cell?.score?.n).toBe(2);
  expect(cell?.score?.mean).toBeCloseTo(0.7, 12);
  expect(cell?.score?.sd).toBeCloseTo(Math.sqrt(0.02), 12);
  expect(cell?.score?.interval?.map((end) => end.toFixed(4))).toEqual(['-0.5706', '1.9706']);
});

it('reads the runs beside it, oldest first, and says what cannot be compared', async () => {
  const records = pastRecords();
  const last = records.at(-1);
  if (!last) throw new Error('there are runs');
  const { runs } = await readHistory(writeRuns(home, records), last);
  expect(runs.map(({ id }) => id)).toEqual(records.map(({ id }) => id));
  expect(runs.flatMap(({ incomparable }, i) => (incomparable === null ? [] : [[i, incomparable]]))).toEqual([
    [1, 'scored by encoder other (cccccccc), now by encoder pocket (dddddddd)'],
  ]);
});

it.each([
  [
    { metrics: { consistency: { version: '0', better: 'higher' as const } } },
    'consistency was measured by version 0, now it is 1',
  ],
  [{ metrics: {} }, 'consistency was not measured'],
  [{ encoder: { id: 'e', sha256: 'e'.repeat(64) } }, 'scored by encoder e (eeeeeeee), now by no encoder'],
])('does not compare %j', async (patch, why) => {
  const now = record({ id: at(2) });
  const { runs } = await readHistory(writeRuns(home, [record({ id: at(1), ...patch }), now]), now);
  expect(runs.map(({ incomparable }) => incomparable)).toEqual([why, null]);
});

it('leaves out and counts what is damaged, of other pictures or a part; newer runs and what is no run it passes by', async () => {
  const now = record({ id: at(20) });
  const hash = 'f'.repeat(64);
  writeRuns(home, [
    record({ id: at(1) }),
    record({ id: at(2), emulated: true }),
    record({
      id: at(3),
      shards: {
        of: 2,
        matrix: hash,
        beforehand: { obstacles: [], warnings: [] },
        parts: [{ shard: 1, run: 'a', stop: null }],
      },
    }),
    record({ id: at(4), suite: { name: 'other', description: '', hash } }),
    record({ id: at(21) }),
  ]);
  const folder = writeRuns(home, [now]);
  cpSync(join(home, at(1)), join(home, at(5)), { recursive: true });
  for (const [name, text] of [
    [at(6), '{"version":'],
    [at(7), '{}'],
    [at(8), 'null'],
  ] as const) {
    mkdirSync(join(home, name));
    writeFileSync(join(home, name, 'run.json'), text);
  }
  mkdirSync(join(home, at(9), 'run.json'), { recursive: true });
  mkdirSync(join(home, at(10)));
  mkdirSync(join(home, 'notes'));
  writeFileSync(join(home, '2026-11-01T00-00-00.txt'), '');
  symlinkSync(at(20), join(home, 'latest'));
  const history = await readHistory(folder, now);
  expect(history.runs.map(({ id }) => id)).toEqual([at(1), at(20)]);
  expect(history.left).toEqual({ damaged: 6, otherPictures: 1, shards: 1 });
  expect(await readHistory(join(home, 'latest'), now)).toEqual(history);
});

it('looks back at 40 runs, and at none from a folder under another name', async () => {
  const runs = Array.from({ length: 43 }, (_, i) => record({ id: `2026-11-20T09-00-${String(i).padStart(2, '0')}` }));
  const [last] = runs.slice(-1);
  if (!last) throw new Error('there are runs');
  const folder = writeRuns(home, runs);
  const history = await readHistory(folder, last);
  expect(history.older).toBe(true);
  expect(history.runs.map(({ id }) => id)).toEqual(runs.slice(2).map(({ id }) => id));
  cpSync(folder, join(home, '2026-11-21-copy'), { recursive: true });
  expect((await readHistory(join(home, '2026-11-21-copy'), last)).runs).toHaveLength(1);
});
