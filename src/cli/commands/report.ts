import * as path from 'node:path';
import { Command } from 'commander';
import { messageOf, UsageError } from '../../lib/errors.js';
import type { CommandFactory } from './index.js';

interface ReportFlags {
  output: string;
  open?: true;
  singleFile?: true;
}

export const reportCommand: CommandFactory = (context, finish) =>
  new Command('report')
    .description("Make a run's report again from its record.")
    .argument('[run]', 'a run id or folder; the newest run by default')
    .option('-o, --output <dir>', 'where runs are written', 'reports')
    .option('--open', 'show it in the browser')
    .option('--single-file', 'not supported yet')
    .addHelpText(
      'after',
      `
Examples:
  evaluate report                          the newest run
  evaluate report --open                   and show it
  evaluate report reports/robot/latest`,
    )
    .action(async (run: string | undefined, flags: ReportFlags) => {
      if (flags.singleFile) throw new UsageError(`'--single-file' is not supported yet`);
      const { findRecord } = await import('../folders.js');
      const { makeReporters } = await import('../reporting.js');
      const { record, folder } = findRecord(run, flags.output, context);
      const where = { folder, write: (text: string) => context.stdout(text) };
      for (const reporter of makeReporters({ reporter: ['html', 'terminal'] }, context))
        await reporter.onEnd?.(record, where);
      if (flags.open) {
        await context.open(path.join(folder, 'index.html')).catch((error: unknown) => {
          context.stderr(`no program opened it: ${messageOf(error)}\n`);
        });
      }
      finish(0);
    });
