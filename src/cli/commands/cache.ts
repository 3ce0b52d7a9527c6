import { Command } from 'commander';
import { UsageError } from '../../lib/errors.js';
import { cacheFolder } from '../folders.js';
import type { CommandFactory } from './index.js';

export const cacheCommand: CommandFactory = (context, finish) => {
  const command = new Command('cache').description('Look at what was paid for and kept.').addHelpText(
    'after',
    `
Examples:
  evaluate cache ls                       what is kept, and how much room it takes
  EVALUATE_CACHE_DIR=/big evaluate cache ls`,
  );
  command
    .command('ls')
    .description('list the answers that are kept, oldest first')
    .option('--json', 'print one JSON document')
    .action(async (flags: { json?: true }) => {
      const { AnswerCache } = await import('../../generate/answers.js');
      const folder = cacheFolder(context);
      const answers = new AnswerCache(`${folder}/answers`)
        .list()
        .map(({ key, bytes, at }) => ({ key, bytes, at: new Date(at).toISOString() }));
      const total = answers.reduce((sum, answer) => sum + answer.bytes, 0);
      if (flags.json) context.stdout(`${JSON.stringify({ folder, bytes: total, answers }, null, 2)}\n`);
      else {
        const lines = answers.map(
          ({ key, bytes, at }) => `${at}  ${(bytes / 1e6).toFixed(2).padStart(8)} MB  ${key.slice(0, 16)}`,
        );
        context.stdout(
          [...lines, `${answers.length} answers, ${(total / 1e6).toFixed(1)} MB in ${folder}`, ''].join('\n'),
        );
      }
      finish(0);
    });
  command
    .command('prune')
    .description('not supported yet')
    .action(() => {
      throw new UsageError(`'evaluate cache prune' is not supported yet`, {
        fix: 'The folder that `evaluate cache ls` names may be deleted by hand.',
      });
    });
  return command;
};
