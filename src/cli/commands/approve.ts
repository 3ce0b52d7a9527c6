import { Command } from 'commander';
import { UsageError } from '../../lib/errors.js';
import type { CommandFactory } from './index.js';

export interface ApproveFlags {
  case: string[];
  model?: string;
  revision?: string;
  samples?: string;
  from?: string;
  keepAll?: true;
  output: string;
}

export const approveCommand: CommandFactory = (context, finish) =>
  new Command('approve')
    .description("Make a run's samples the baseline of its cases.")
    .argument('[run]', 'a run id or folder; the newest run by default')
    .option('--case <glob...>', 'only these cases', [])
    .option('--model <id>', 'the model whose samples are approved; the candidate by default')
    .option('--revision <name>', 'the revision whose samples are approved; the candidate by default')
    .option('--keep-all', 'keep every picture in full, not only the representative one')
    .option('--samples <list>', 'not supported yet')
    .option('--from <file>', 'not supported yet')
    .option('-o, --output <dir>', 'where runs are written', 'reports')
    .addHelpText(
      'after',
      `
Examples:
  evaluate approve                          every case of the newest run
  evaluate approve --case 'm*' --case forest`,
    )
    .action(async (run: string | undefined, flags: ApproveFlags) => {
      if (flags.samples ?? flags.from)
        throw new UsageError(`'--${flags.samples ? 'samples' : 'from'}' is not supported yet`);
      const { approve } = await import('../approving.js');
      finish(await approve(run, flags, context));
    });
