import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRecord } from '../../../record.js';
import { sampleRun } from '../../__fixtures__/sample-record.js';
import { matrix } from '../../matrix.js';
import { htmlReporter } from './html.js';
import { casePage } from './paths.js';
import { loadTemplates } from './templates.js';

const folder = mkdtempSync(join(tmpdir(), 'report-'));
const context = { folder, write: () => undefined };
let run: RunRecord;

beforeAll(async () => {
  run = await sampleRun(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const files = (name: string) => readdirSync(join(folder, name)).sort();
const page = (name: string) => readFileSync(join(folder, name), 'utf8');

it('makes thumbnails as samples arrive and the same pages again from an old record', async () => {
  const reporter = htmlReporter();
  for (const [i, sample] of run.samples.entries())
    reporter.onEvent?.({ type: 'sample', sample, done: i + 1, planned: run.samples.length, spent: 0 }, context);
  await reporter.onEnd?.(run, context);
  const thumbs = files('thumb');
  const before = page('index.html');
  expect(thumbs.length).toBeGreaterThan(run.totals.images);
  const written = statSync(join(folder, 'thumb', thumbs[0] ?? '')).mtimeMs;

  await htmlReporter().onEnd?.(run, context);
  expect(files('thumb')).toEqual(thumbs);
  expect(statSync(join(folder, 'thumb', thumbs[0] ?? '')).mtimeMs).toBe(written);
  expect(page('index.html')).toBe(before);
});

it('keeps thumbnails small', () => {
  const sizes = files('thumb').map((name) => statSync(join(folder, 'thumb', name)).size);
  expect(Math.max(...sizes)).toBeLessThan(20_000);
});

it('shows every case, why a sample has no picture and every reason for a missing value', () => {
  for (const { name } of run.cases) expect(existsSync(join(folder, casePage(name)))).toBe(true);
  expect(page('case/bridge.html')).toContain('IMAGE_SAFETY');
  expect(page('case/bridge.html')).toContain('What the model said');
  expect(page('case/mountains.html')).toContain('not measured: <bdi>no usable view on the sheet');
  expect(page('case/mountains.html')).toContain('not measured: <bdi>the case asks for no captions');
  expect(page('case/hammock.html')).toContain('Not in the statistics: was on its way when the run decided.');
  expect(page('case/hammock.html')).toContain('from cache, saved $0.134');
  expect(page('case/hammock.html')).toContain('infrastructure error, overloaded');
  expect(page('case/hammock.html')).toContain('Other picture 1 of the answer');
  expect(page('case/valley.html')).toContain('character not found');
  expect(page('case/forest.html')).toContain(
    'Judged by <bdi>judge-1 (answered as judge-1-001), prompt 1, 2 of 3 votes',
  );
  expect(page('case/forest.html')).toContain('counts 0, since what it hangs on does not hold');
});

it('shows the rest of a run when a picture is gone', async () => {
  const gone = run.samples.find((sample) => sample.image !== null)?.image;
  const other = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    cpSync(join(folder, 'images'), join(other, 'images'), { recursive: true });
    rmSync(join(other, gone?.path ?? ''));
    const one = { ...run, samples: run.samples.filter((sample) => sample.case === 'mountains') };
    await htmlReporter().onEnd?.(one, { ...context, folder: other });
    const shown = readFileSync(join(other, 'case/mountains.html'), 'utf8');
    expect(shown).toContain('Picture not shown');
    expect(shown).not.toContain(other);
  } finally {
    rmSync(other, { recursive: true });
  }
});

it('shows a run that measured nothing, made nothing and has nothing approved', async () => {
  const other = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    const unmeasured = {
      id: 'cost',
      limit: 'cost max 0.2',
      case: null,
      variant: 'pro-v2',
      value: null,
      passed: null,
      message: 'cost max 0.2: not measured, no sample has a picture',
    };
    const empty: RunRecord = {
      ...run,
      metrics: {},
      samples: [],
      checks: [unmeasured],
      warnings: [],
      encoder: null,
      cases: run.cases.map((each) => ({ ...each, baseline: null })),
    };
    await htmlReporter().onEnd?.(empty, { ...context, folder: other });
    expect(matrix(empty).metric).toBeNull();
    const index = readFileSync(join(other, 'index.html'), 'utf8');
    expect(index).toContain('no samples in this run');
    expect(index).toContain('1 check not measured');
    expect(index).toContain('0 passed, 0 failed, 1 not measured');
    expect(index).toMatch(
      /<h2 id="unmeasured">.*not measured<\/span> <bdi>all cases<\/bdi> on .*no sample has a picture/s,
    );
    expect(index).not.toContain('Failed checks');
  } finally {
    rmSync(other, { recursive: true });
  }
});

it('stamps every page of an emulated run and none of a real one', async () => {
  for (const name of [
    'index.html',
    'trends.html',
    'cost.html',
    'method.html',
    ...run.cases.map((each) => casePage(each.name)),
  ]) {
    expect(page(name)).toContain("Emulated pictures, not Gemini's");
  }
  const other = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    await htmlReporter().onEnd?.({ ...run, emulated: false, samples: [] }, { ...context, folder: other });
    expect(readFileSync(join(other, 'index.html'), 'utf8')).not.toContain('Emulated');
  } finally {
    rmSync(other, { recursive: true });
  }
});

it('never leaves a template unescaped and never asks for a member that is not there', () => {
  const templates = join(import.meta.dirname, 'templates');
  for (const name of readdirSync(templates)) {
    const text = readFileSync(join(templates, name), 'utf8');
    expect(text, name).not.toMatch(/\{\{\{|\{\{&|style=|<script>|javascript:|=\{\{/);
  }
  expect(() => loadTemplates()('method', { page: {} })).toThrow(/not defined/);
});
