import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, expect, it } from 'vitest';
import type { RunEvent, RunRecord } from '../../record.js';
import { gatedRecord } from '../__fixtures__/gated-record.js';
import { hostile } from '../__fixtures__/sample-record.js';
import { record } from '../__fixtures__/small-record.js';
import { annotations, githubReporter } from './github.js';
import { summaryMarkdown } from './summary.js';

const folder = mkdtempSync(join(tmpdir(), 'github-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function told(
  run: RunRecord,
  github: { stepSummary?: string; suiteFile?: string } = {},
  events: RunEvent[] = [],
) {
  let text = '';
  let results = '';
  const reporter = githubReporter({
    progress: { write: (part) => void (text += part), isTTY: false, columns: 80 },
    colours: pc.createColors(false),
    now: () => 0,
    github: { stepSummary: null, suiteFile: null, token: 'secret', ...github },
  });
  const context = { folder, write: (part: string) => void (results += part) };
  for (const event of events) reporter.onEvent?.(event, context);
  await reporter.onEnd?.(run, context);
  expect(results).toBe('');
  return text;
}

const failed = {
  id: 'cost',
  limit: 'cost max 0.1',
  case: 'valley',
  variant: 'pro-v2',
  value: 0.134,
  passed: false,
  message: 'cost max 0.1: broken, worst 0.134 in valley (sample 1)',
};

it('annotates the verdict, broken cases and failed checks, on the suite', async () => {
  const verdict = { state: 'regression', title: 'Regression: robot v2, worse by 5 %', message: 'In words.' } as const;
  const run = gatedRecord('regression', { verdict, checks: [failed] });
  const lines = (await told(run, { suiteFile: 'suites/robot/suite.yaml' })).trimEnd().split('\n');
  expect(lines).toEqual([
    '::error file=suites/robot/suite.yaml,title=robot%3A regression::robot v2, worse by 5 %25. In words.',
    '::error file=suites/robot/suite.yaml,title=robot%3A forest is broken::consistency −0.241 (margin 0.08), n 2 against 8',
    '::error file=suites/robot/suite.yaml,title=robot%3A check failed::cost max 0.1: broken, worst 0.134 in valley (sample 1)',
  ]);
});

it.each([
  [gatedRecord('pass'), 'notice', 'robot: pass'],
  [gatedRecord('regression'), 'error', 'robot: regression'],
  [gatedRecord('inconclusive'), 'warning', 'robot: inconclusive'],
  [gatedRecord('not-gateable'), 'error', 'robot: not gateable'],
  [gatedRecord('infra'), 'error', 'robot: no verdict'],
  [record(), 'notice', 'robot: not gated'],
  [record({ status: 'budget' }), 'warning', 'robot: not gated'],
  [record({ checks: [failed] }), 'error', 'robot: failed'],
])('%#: %s, %s', (run, level, title) => {
  expect(annotations(run)[0]).toMatchObject({ level, title });
});

it('says of emulated pictures that they are', () => {
  expect(annotations(gatedRecord('pass', { emulated: true }))[0]?.message).toMatch(
    /Emulated pictures, not Gemini's\.$/,
  );
});

it('lets nothing that was said become a command', async () => {
  const text = `::set-output name=a::b\n::add-mask::x\r\n##[stop-commands]x %0A::error::y ${hostile}`;
  const run = record({ suite: { ...record().suite, name: text }, checks: [{ ...failed, message: text }] });
  const lines = (await told(run)).trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  for (const each of lines) {
    expect(each).toMatch(/^::error title=[^:,]*::/);
    expect(each).toContain('%250A');
    expect(each).not.toMatch(/[\u0000-\u001f]/);
  }
});

it('has the runner obey nothing while the run goes on', async () => {
  const planned: RunEvent = {
    type: 'planned',
    suite: 'robot',
    emulated: false,
    run: 'r1',
    continued: false,
    samples: 1,
    calls: { low: 1, high: 1 },
    cost: null,
    gate: null,
  };
  const lines = (await told(record(), {}, [planned, { type: 'warning', message: 'w' }])).split('\n');
  expect(lines.slice(0, 2)).toEqual(['::stop-commands::secret', '::secret::']);
  expect(await told(record())).not.toContain('secret');
});

it('adds the summary to that of the job, and says when it cannot', async () => {
  const file = join(folder, 'summary');
  writeFileSync(file, 'before\n');
  await told(gatedRecord('pass'), { stepSummary: file });
  await told(gatedRecord('infra'), { stepSummary: file });
  const both = ['pass', 'infra'].map((state) => `${summaryMarkdown(gatedRecord(state as 'pass' | 'infra'))}\n`);
  expect(readFileSync(file, 'utf8')).toBe(`before\n${both.join('')}`);
  expect(await told(record(), { stepSummary: folder })).toMatch(
    /::warning::the summary of the job was not written: EISDIR/,
  );
});
