import { Command } from 'commander';
import type { CommandFactory } from './index.js';

export interface ModelsFlags {
  check?: true;
  offline?: true;
  json?: true;
}

export const modelsCommand: CommandFactory = (context, finish) =>
  new Command('models')
    .description('List the models that are known: status, settings, price of a picture.')
    .option('--check', 'ask the server which of them it lists, and which others; costs nothing')
    .option('--offline', 'with --check: ask the embedded emulator')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  evaluate models                    what is known, from the catalogue of this version
  evaluate models --check            is it there, and what is new?
  evaluate models --check --json | jq '.server.unknown'

Exit codes: 0 listed, 2 usage, 4 the server's list cannot be had.`,
    )
    .action(async (flags: ModelsFlags) => {
      const { listCatalogue } = await import('../listing-models.js');
      finish(await listCatalogue(flags, context));
    });
