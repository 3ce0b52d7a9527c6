import { Command, InvalidArgumentError } from 'commander';
import type { CommandFactory } from './index.js';

export interface LintFlags {
  revision: string[];
  fix?: true;
  json?: true;
  maxWarnings?: number;
}

export const lintCommand: CommandFactory = (context, finish) =>
  new Command('lint')
    .description('Advice on prompts and suites: what image models misread, with the place, the reason and the fix.')
    .argument('<suite...>', 'folder, suite.yaml or glob')
    .option('--revision <name...>', 'only these revisions of the prompts', [])
    .option('--fix', 'make the edits that change nothing else: weights, idle parameters, trailing quality keywords')
    .option('--max-warnings <n>', 'how many warnings may pass (exit 1 beyond)', count)
    .option('--json', 'print one JSON document on stdout and nothing else')
    .addHelpText(
      'after',
      `
Nothing is generated; no key is needed. A comment exempts its file from rules: {{! lint-ignore: negative }} in a
template, # lint-ignore: ratio-unset in suite.yaml.

Examples:
  evaluate lint suites/robot                        all revisions
  evaluate lint suites/robot --revision v2 --max-warnings 0
  evaluate lint 'suites/*' --fix                    then read the difference, and run the suites

Exit codes: 0 no errors (warnings and hints pass), 1 errors, or more warnings than --max-warnings, 2 usage: a suite that
does not load among it.`,
    )
    .action(async (targets: string[], flags: LintFlags) => {
      const { lintSuites } = await import('../linting.js');
      finish(await lintSuites(targets, flags, context));
    });

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`'${text}' is not a whole number from 0 on.`);
  return Number(text);
}
