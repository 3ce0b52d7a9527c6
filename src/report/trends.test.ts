import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pastRecords, writeRuns } from './__fixtures__/past-records.js';
import { readHistory, type History, type Score } from './history.js';
import { meanOfCases, trends, type Trends } from './trends.js';

const home = mkdtempSync(join(tmpdir(), 'trends-'));
let history: History;
let all: Trends;

beforeAll(async () => {
  const records = pastRecords();
  const last = records.at(-1);
  if (!last) throw new Error('there are runs');
  history = await readHistory(writeRuns(home, records), last);
  all = trends(history);
});
afterAll(() => rmSync(home, { recursive: true }));

const score = (mean: number, n: number, sd: number | null): Score => ({ mean, n, sd, interval: null });

it('averages cases alike and pools their scatter', () => {
  // Pooled variance (3 · 0.01 + 1 · 0.03) / 4 = 0.015; error √(0.015 · (1/4 + 1/2 + 1)) / 3; t(4) 2.776445.
  const each = meanOfCases([score(0.9, 4, 0.1), score(0.6, 2, Math.sqrt(0.03)), score(0.3, 1, null)]);
  expect(each.n).toBe(7);
  expect(each.mean).toBeCloseTo(0.6, 12);
  expect(each.sd).toBeCloseTo(Math.sqrt(0.015), 12);
  const half = 2.776445 * (Math.sqrt(0.015 * 1.75) / 3);
  expect(each.interval?.[0]).toBeCloseTo(0.6 - half, 6);
  expect(each.interval?.[1]).toBeCloseTo(0.6 + half, 6);
  expect(meanOfCases([score(0.9, 1, null), score(0.5, 1, null)])).toEqual({
    n: 2,
    mean: 0.7,
    sd: null,
    interval: null,
  });
});

it('puts what has no picture any more first, then what fell most', () => {
  expect(all.cases.slice(0, 2).map(({ name }) => name)).toEqual(['bridge', 'valley']);
  const moved = all.cases.slice(1).map((each) => each.moved?.by ?? NaN);
  expect(moved).toEqual([...moved].sort((a, b) => a - b));
  expect(all.cases[1]?.moved).toMatchObject({ runs: 8, by: expect.closeTo(-0.24, 1) as number });
  const lower = trends({ ...history, metric: { id: 'consistency', better: 'lower' } });
  expect(lower.cases.slice(1).map(({ name }) => name)).toEqual(
    all.cases
      .slice(1)
      .map(({ name }) => name)
      .reverse(),
  );
});

it('follows the model through its candidates, with what else was there beside it', () => {
  expect(all.model).toBe('gemini-3-pro-image');
  expect(all.others).toEqual([
    { label: 'gemini-3-pro-image · v1', sameModel: true },
    { label: 'gemini-nano-banana-2.1 · v2', sameModel: false },
    { label: 'gemini-nano-banana-2.1 · v1', sameModel: false },
  ]);
  const valley = all.cases[1];
  // The candidate was v1 until day 4: until then both lines are one.
  expect(valley?.others[0]?.slice(0, 4)).toEqual(valley?.main.slice(0, 4));
  expect(valley?.others[0]?.[4]).not.toEqual(valley?.main[4]);
  expect(valley?.others[1]?.map((each) => each?.n ?? 0)).toEqual([0, 0, 0, 0, 4, 4, 4, 4, 4, 4]);
});

it('leaves a gap where a run is not comparable or lacks a case', () => {
  const gaps = (scores: readonly (Score | null)[]) => scores.flatMap((each, i) => (each ? [] : [i]));
  expect(gaps(all.cases[1]?.main ?? [])).toEqual([1]);
  expect(gaps(all.cases[0]?.main ?? [])).toEqual([1, 7, 9]);
  expect(all.averaged).toEqual(['mountains', 'valley', 'forest', 'hammock']);
  expect(gaps(all.suite.main)).toEqual([1, 7]);
  expect(all.suite.main.at(-1)?.n).toBe(16);
});

it('says before which run prompts, model and approved set changed', () => {
  expect(all.changes.flatMap((found, i) => found.map(({ kind, words }) => [i, kind, words]))).toEqual([
    [4, 'prompt', 'revision v1 → v2'],
    [6, 'model', 'model version gemini-3-pro-image-001 → gemini-3-pro-image-002'],
    [7, 'baseline', 'approved 2026-11-17, run 2026-11-17T09-00-00 (3 cases)'],
    [8, 'baseline', 'approved 2026-11-17, run 2026-11-17T09-00-00 (2 cases)'],
  ]);
  expect(all.cases[0]?.changes.map((found) => found.map(({ kind }) => kind).join())).toEqual([
    '',
    '',
    '',
    '',
    'prompt',
    '',
    'model',
    '',
    'baseline',
    '',
  ]);
});

it('tells an edited prompt under the same name from a conversation that broke off, and an approved set that went', async () => {
  const [first, second] = pastRecords().slice(2, 4);
  if (!first || !second) throw new Error('there are runs');
  const changed = async (prompts: (name: string, turn: number) => string | null) => {
    const turns = (turn: number) => (it: (typeof first.samples)[number]) => ({
      ...it,
      turn,
      prompt: `${it.case} ${turn}`,
    });
    const before = { ...first, samples: first.samples.flatMap((it) => [turns(1)(it), turns(2)(it)]) };
    const samples = before.samples.flatMap((it) => {
      const prompt = prompts(it.case, it.turn);
      return prompt === null ? [] : [{ ...it, prompt }];
    });
    const cases = second.cases.map((it) => (it.name === 'forest' ? { ...it, baseline: null } : it));
    const now = { ...second, samples, cases };
    const found = trends(await readHistory(writeRuns(mkdtempSync(join(home, 'runs-')), [before, now]), now));
    return found.changes.flat().map(({ words }) => words);
  };
  const gone = 'approved set taken away (1 case)';
  expect(await changed((name, turn) => `${name} ${turn}`)).toEqual([gone]);
  expect(await changed((name, turn) => (turn === 2 ? null : `${name} ${turn}`))).toEqual([gone]);
  expect(await changed((name, turn) => (name === 'valley' ? 'new' : `${name} ${turn}`))).toEqual([
    'prompts of v1 edited in 1 case',
    gone,
  ]);
});
