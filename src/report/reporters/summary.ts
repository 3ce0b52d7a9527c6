import { join } from 'node:path';
import { writeFileAtomic } from '../../lib/files.js';
import { checkResults } from '../../record-checks.js';
import type { CheckResult, RunRecord } from '../../record.js';
import { count, money, spent } from '../format.js';
import { findings, judged, suiteEffect, type Finding } from '../findings.js';
import { headline } from '../headline.js';
import { triesText } from '../tries.js';
import type { Reporter } from '../reporter.js';
import { nextStep } from './summary-next.js';
import { plain } from './summary-text.js';

/** Rows and lines that are shown of many; the report has them all. */
const ROWS = 20;
const LINES = 10;
/** A comment on GitHub holds 65,536 characters. */
const MOST = 60_000;

/** `summary.md` in the run's folder, made to be a comment on a pull request. */
export function summaryReporter(): Reporter {
  return {
    id: 'summary',
    onEnd: (record, { folder }) => writeFileAtomic(join(folder, 'summary.md'), summaryMarkdown(record)),
  };
}

/** What a run came to, in GitHub's Markdown: the verdict, then the cases from the worst, then what it cost. */
export function summaryMarkdown(record: RunRecord): string {
  const { mark, word, title, sentences } = headline(record);
  const [first = '', ...others] = sentences.map((each) => plain(each, 600));
  const { failed, unmeasured } = checkResults(record);
  const tries = triesText(record);
  const sections = [
    `### ${mark} ${plain(record.suite.name, 60)}: ${word.toLowerCase()}`,
    plain(title, 300) && `**${plain(title, 300)}**`,
    record.emulated && "**Emulated pictures, not Gemini's.**",
    first,
    others.join(' '),
    table(record),
    `**Cost:** ${plain(costs(record))}`,
    tries !== null && `**Tries:** ${plain(tries)}`,
    `**Next:** ${plain(nextStep(record), 300)}`,
    list('Failed checks', failed.map(checkText)),
    list('Checks not measured', unmeasured.map(checkText)),
    list('Warnings', record.warnings),
    `Report: index.html of ${plain(`${record.suite.name}/${record.id}`, 120)}, in the reports folder or in what CI kept of it.`,
  ];
  const shown = sections.filter((section) => section !== false && section !== '');
  const lengths = shown.map((_, i) => shown.slice(0, i + 1).join('\n\n').length);
  const fitting = shown.filter((_, i) => (lengths[i] ?? 0) <= MOST);
  const cut = fitting.length < shown.length ? ['Cut here: the report has the rest.'] : [];
  return `${[...fitting, ...cut].join('\n\n')}\n`;
}

function table(record: RunRecord): string {
  const found = findings(record);
  const metrics = [...new Set(found.flatMap(({ effects }) => effects.map(({ metric }) => metric)))];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const caseRow = ({ cell, words, effects }: Finding) =>
    row([
      plain(cell.case.name, 60),
      ...metrics.map((id) => plain(effects.find(({ metric }) => metric === id)?.text ?? '–', 120)),
      plain(words, 120),
    ]);
  const more = found.length - ROWS;
  return [
    row(['case', ...metrics.map((id) => plain(id, 60)), 'state']),
    row(['---', ...metrics.map(() => '---'), '---']),
    ...(judged(record)
      ? [row(['**all cases**', ...metrics.map((id) => plain(suiteEffect(record, id))), record.verdict?.state ?? ''])]
      : []),
    ...found.slice(0, ROWS).map(caseRow),
    ...(more > 0 ? ['', `${count(more, 'more case')} in the report.`] : []),
  ].join('\n');
}

function costs({ totals: { images, calls, cost, judge } }: RunRecord): string {
  return [
    spent(cost),
    ...(cost.saved > 0 ? [`${money(cost.saved)} saved by the cache`] : []),
    ...(judge?.spent ? [`${money(judge.spent)} of it for judging`] : []),
    ...(cost.estimated > 0 ? [`${money(cost.estimated)} of it estimated`] : []),
    `${count(images, 'picture')}, ${count(calls, 'call')}`,
  ].join('; ');
}

function checkText({ message, variant }: CheckResult): string {
  return `${message} (${variant})`;
}

function list(title: string, texts: readonly string[]): string {
  if (texts.length === 0) return '';
  const more = texts.length - LINES;
  const lines = [...texts.slice(0, LINES).map((text) => plain(text, 300)), ...(more > 0 ? [`${more} more`] : [])];
  return [`**${title}**`, '', ...lines.map((text) => `- ${text}`)].join('\n');
}
