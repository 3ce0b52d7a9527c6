import { appendFileSync } from '../../lib/files.js';
import { messageOf } from '../../lib/errors.js';
import { checkResults } from '../../record-checks.js';
import type { RunRecord } from '../../record.js';
import { findings } from '../findings.js';
import { headline, stopped, type Headline } from '../headline.js';
import type { Reporter, ReporterOptions } from '../reporter.js';
import { workflowCommand } from '../workflow-command.js';
import { summaryMarkdown } from './summary.js';

/**
 * GitHub Actions: the summary of the job, and annotations for the verdict, broken cases and failed checks. Written by
 * hand and not with `@actions/core`, which brings an HTTP client and reads the environment itself: the escaping is that
 * of its `command.ts` (actions/toolkit), all else is one line.
 *
 * Commands go to stderr, which the runner reads like stdout (ScriptHandler.cs of actions/runner), so that stdout stays
 * what was asked for.
 */
export function githubReporter({ progress, github }: ReporterOptions): Reporter {
  const say = (text: string) => progress.write(`${text}\n`);
  let deaf = false;
  return {
    id: 'github',
    onEvent(event) {
      // The runner obeys `##[...]` anywhere in a line, and a line may tell what a model or a server said.
      if (event.type !== 'planned') return;
      say(workflowCommand('stop-commands', {}, github.token));
      deaf = true;
    },
    onEnd(record) {
      if (deaf) say(workflowCommand(github.token, {}, ''));
      const file = github.suiteFile === null ? {} : { file: github.suiteFile };
      for (const { level, title, message } of annotations(record))
        say(workflowCommand(level, { ...file, title }, message));
      if (github.stepSummary === null) return;
      try {
        appendFileSync(github.stepSummary, `${summaryMarkdown(record)}\n`);
      } catch (error) {
        say(workflowCommand('warning', {}, `the summary of the job was not written: ${messageOf(error)}`));
      }
    },
  };
}

interface Annotation {
  level: 'error' | 'warning' | 'notice';
  title: string;
  message: string;
}

/** The verdict first: of each level GitHub shows ten a step. */
export function annotations(record: RunRecord): Annotation[] {
  const head = headline(record);
  const { name } = record.suite;
  const stamp = record.emulated ? ["Emulated pictures, not Gemini's."] : [];
  return [
    {
      level: levelOf(record, head),
      title: `${name}: ${head.word.toLowerCase()}`,
      message: [`${head.title}.`, ...head.sentences.slice(0, 1), ...stopped(record), ...stamp].join(' '),
    },
    ...findings(record)
      .filter(({ state }) => state === 'broken')
      .map(({ cell, effects }) => ({
        level: 'error' as const,
        title: `${name}: ${cell.case.name} is broken`,
        message: effects.map(({ metric, text }) => `${metric} ${text}`).join('; '),
      })),
    ...checkResults(record).failed.map(({ message }) => ({
      level: 'error' as const,
      title: `${name}: check failed`,
      message,
    })),
  ];
}

/** What fails closed is an error; only what more samples may still decide is a warning. */
function levelOf({ verdict, status }: RunRecord, { tone }: Headline): Annotation['level'] {
  if (tone === 'bad') return 'error';
  if (tone === 'open') return verdict?.state === 'inconclusive' ? 'warning' : 'error';
  return status === 'complete' ? 'notice' : 'warning';
}
