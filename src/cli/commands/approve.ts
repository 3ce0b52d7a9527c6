import { Command, InvalidArgumentError } from 'commander';
import type { CommandFactory } from './index.js';

export interface ApproveFlags {
  case: string[];
  model?: string;
  revision?: string;
  /** Numbers of samples. */
  samples?: number[];
  from?: string;
  keepAll?: true;
  prune?: true;
  dryRun?: true;
  output: string;
}

export const approveCommand: CommandFactory = (context, finish) =>
  new Command('approve')
    .description("Make a run's samples the baseline of its cases.")
    .argument('[run]', 'a run id or folder; the newest run by default')
    .option('--case <glob...>', 'only these cases; the others stay as they are', [])
    .option('--model <id>', 'the model whose samples are approved; the candidate by default')
    .option('--revision <name>', 'the revision whose samples are approved; the candidate by default')
    .option(
      '--samples <list>',
      'samples you like, such as 3,1: the first one with a picture represents the case',
      numbers,
    )
    .option('--from <file>', 'approve what was marked in the report of the run and exported from it')
    .option('--keep-all', 'keep every picture in full, not only the representative one')
    .option('--prune', 'remove cases from the baseline that the suite no longer has')
    .option('--dry-run', 'show what would change; write nothing')
    .option('-o, --output <dir>', 'where runs are written', 'reports')
    .addHelpText(
      'after',
      `
Every sample of a case enters the baseline, also those nobody likes: approving the best ones only would make
an unchanged model look worse.

Examples:
  evaluate approve --dry-run                what would change?
  evaluate approve                          every case of the newest run
  evaluate approve --case 'm*' --case forest
  evaluate approve --case forest --samples 3
  evaluate approve --from approvals.json`,
    )
    .action(async (run: string | undefined, flags: ApproveFlags) => {
      const { approve } = await import('../approving.js');
      finish(await approve(run, flags, context));
    });

function numbers(text: string): number[] {
  const parts = text.split(',').map((part) => part.trim());
  if (!parts.every((part) => /^[1-9]\d{0,5}$/.test(part)))
    throw new InvalidArgumentError(`'${text}' is no list of samples such as 1,3.`);
  return parts.map(Number);
}
