import { Command } from 'commander';
import type { CommandFactory } from './index.js';

export interface DoctorFlags {
  check?: true;
  json?: true;
}

export const doctorCommand: CommandFactory = (context, finish) =>
  new Command('doctor')
    .description('Say what is set, what is missing, and what a run would use.')
    .option('--check', 'ask the server for its list of models; without it nothing leaves this machine')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  evaluate doctor                    look, and call nobody
  evaluate doctor --check            does the key work, and does the server answer?

Values of variables are never shown. ✓ is in order, ! is worth knowing, ✕ stands in the way of a run against Gemini.
Exit codes: 0 such a run could start, 3 it could not, 2 usage.`,
    )
    .action(async (flags: DoctorFlags) => {
      const { examine } = await import('../doctoring.js');
      finish(await examine(flags, context));
    });
