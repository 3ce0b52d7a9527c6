import { Command } from 'commander';
import type { CommandFactory } from './index.js';
import { reporterList } from './run.js';

export interface MergeFlags {
  reporter?: string[];
  json?: true;
  output: string;
}

export const mergeCommand: CommandFactory = (context, finish) =>
  new Command('merge')
    .description('Join the shards of a run, judge it and write its report.')
    .argument('<run...>', 'ids or folders of runs that were made with --shard; those of a merge will do')
    .option('-o, --output <dir>', 'where runs are written', 'reports')
    .option('--reporter <list>', 'of html, terminal, json, github, as for a run', reporterList)
    .option('--json', 'print one JSON document on stdout and nothing else')
    .addHelpText(
      'after',
      `
The verdict is that of the run in one go: all samples, by the terms that the shards recorded, against the baseline that
they saw. Nothing is generated. Merging again, in any order, gives the same run.

Examples:
  evaluate suites/robot -n 4 --shard 2/3 -o shards      on the second of three machines
  evaluate merge shards/*/robot/*                       where the folders of all three are

Exit codes: those of a run.`,
    )
    .action(async (runs: string[], flags: MergeFlags) => {
      const { mergeRuns } = await import('../merging.js');
      finish(await mergeRuns(runs, flags, context));
    });
