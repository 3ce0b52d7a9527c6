import { Command } from 'commander';
import type { CommandFactory } from './index.js';
import { encoderHelp } from './run.js';

export interface CompareFlags {
  rescore?: true;
  encoder?: string;
  json?: true;
  output: string;
}

export const compareCommand: CommandFactory = (context, finish) =>
  new Command('compare')
    .description("The gate's verdict on runs that are over, without a call.")
    .argument('[run]', 'the run that is judged: an id or a folder; the newest run by default')
    .argument(
      '[against]',
      'baseline, a run, or another revision or model of the same run; what the run was gated against by default',
    )
    .option('--rescore', 'measure the stored pictures of both sides again, with the metrics of this version')
    .option('--encoder <id>', `with --rescore, the one of the run by default: ${encoderHelp}`)
    .option('--json', 'print one JSON document: { terms, verdict }, and with --rescore the values')
    .option('-o, --output <dir>', 'where runs are written', 'reports')
    .addHelpText(
      'after',
      `
Nothing is generated and no record or baseline is written, with --rescore either: the verdict is printed.
Scores that --rescore measures are remembered in the cache. It needs every picture as it was received: those of a
run lie in its folder; a baseline keeps only the representative ones in full, unless it was approved with --keep-all,
and then finds the others in the folders of runs.

Examples:
  evaluate compare                                  the newest run, as it was judged
  evaluate compare latest baseline                  the newest run against what is approved now
  evaluate compare 2026-11-20T14-03-22 2026-11-19T09-11-40
  evaluate compare latest v1                        two revisions of one run
  evaluate compare latest baseline --rescore --encoder Xenova/dinov2-small

Exit codes: 0 pass, 1 regression, 2 usage, 3 undecided, 4 the infrastructure failed the run.`,
    )
    .action(async (run: string | undefined, against: string | undefined, flags: CompareFlags) => {
      const { compareRuns } = await import('../comparing.js');
      finish(await compareRuns(run, against, flags, context));
    });
