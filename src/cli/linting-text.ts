import type { Change } from '../lint/fix.js';
import type { Finding } from '../lint/lint.js';
import type { Level } from '../lint/rule.js';
import { formatPlace } from '../lib/errors.js';
import { count, line } from '../report/format.js';
import type { CommandContext } from './context.js';
import type { LintReport } from './linting.js';

type Colours = CommandContext['colours'];

/** `file:line:column: level message [rule]`, which editors and terminals make clickable, and below it the advice. */
export function findingLines(findings: readonly Finding[], colours: Colours): string[] {
  const paint: Record<Level, Colours['red']> = { error: colours.red, warning: colours.yellow, hint: colours.cyan };
  return findings.flatMap(({ place, level, message, advice, rule, cases }) => {
    const also = cases.length > 1 ? `, in ${cases.length} prompts` : '';
    return [
      `${line(formatPlace(place))}: ${paint[level](level)} ${line(message)}${also} ${colours.dim(`[${rule}]`)}`,
      `  ${colours.dim(line(advice))}`,
    ];
  });
}

/** Each rule that found something, once, with its reason. */
export function reasonLines(findings: readonly Finding[], colours: Colours): string[] {
  const found = new Map(findings.map((finding) => [finding.rule, finding]));
  return [...found.values()].map(({ rule, why, source }) =>
    colours.dim(`${rule}: ${why}${source === null ? '' : ` (${source})`}`),
  );
}

/** `file:line:column: fixed 'was' -> 'is' [rule]`. */
export function changeLines(changes: readonly Change[], colours: Colours): string[] {
  return changes.map(({ place, was, is, rule }) => {
    const now = is === '' ? `took out '${line(was)}'` : `made '${line(was)}' '${line(is)}'`;
    return `${line(formatPlace(place))}: ${colours.green('fixed')} ${now} ${colours.dim(`[${rule}]`)}`;
  });
}

export function countLine({ suites, errors, warnings, hints, findings }: LintReport, colours: Colours): string {
  if (findings.length === 0) return colours.green(`${suites.join(', ')}: nothing to remark`);
  const fixable = findings.filter((finding) => finding.fixable).length;
  const parts = [count(errors, 'error'), count(warnings, 'warning'), count(hints, 'hint')].join(', ');
  return `${parts}${fixable > 0 ? `; ${fixable} can be fixed with --fix` : ''}`;
}
