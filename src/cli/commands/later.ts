import { Command } from 'commander';
import { UsageError } from '../../lib/errors.js';
import type { CommandFactory } from './index.js';

/** Commands that the command line is to have and this version lacks: refused by name, never taken for a suite. */
const later: Record<string, string> = {
  models: 'model ids with status, ratios, sizes, prices',
  doctor: 'what is set, what is missing',
};

export const laterCommands: readonly CommandFactory[] = Object.entries(later).map(
  ([name, description]) =>
    () =>
      new Command(name)
        .description(`${description} (not supported yet)`)
        .argument('[any...]')
        .allowUnknownOption()
        .action(() => {
          throw new UsageError(`'evaluate ${name}' is not supported yet`);
        }),
);
