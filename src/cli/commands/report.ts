import * as path from 'node:path';
import { Command } from 'commander';
import { messageOf } from '../../lib/errors.js';
import { writeFileAtomic } from '../../lib/files.js';
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
    .option('--single-file', 'write one file to mail, report.html, with small copies of the pictures')
    .addHelpText(
      'after',
      `
Examples:
  evaluate report                          the newest run
  evaluate report --open                   and show it
  evaluate report reports/robot/latest
  evaluate report --single-file            one file to mail: report.html in the run's folder`,
    )
    .action(async (run: string | undefined, flags: ReportFlags) => {
      const { findRecord } = await import('../folders.js');
      const { makeReporters } = await import('../reporting.js');
      const { record, folder } = findRecord(run, flags.output, context);
      const page = path.join(folder, flags.singleFile ? 'report.html' : 'index.html');
      if (flags.singleFile) {
        const { singleFile } = await import('../../report/reporters/html/single-file.js');
        writeFileAtomic(page, await singleFile(record, folder));
        context.stdout(`${page}\n`);
      } else {
        const where = { folder, write: (text: string) => context.stdout(text) };
        for (const reporter of makeReporters({ reporter: ['html', 'terminal'] }, context))
          await reporter.onEnd?.(record, where);
      }
      if (flags.open) {
        await context.open(page).catch((error: unknown) => {
          context.stderr(`no program opened it: ${messageOf(error)}\n`);
        });
      }
      finish(0);
    });
