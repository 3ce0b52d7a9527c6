import { Command, InvalidArgumentError } from 'commander';
import { cacheFolder } from '../folders.js';
import type { CommandFactory } from './index.js';

export interface PruneFlags {
  /** ms. */
  olderThan?: number;
  /** Bytes. */
  maxSize?: number;
  dryRun?: true;
  json?: true;
  output: string;
}

export const cacheCommand: CommandFactory = (context, finish) => {
  const command = new Command('cache').description('Look at what was paid for and kept, and drop some of it.');
  command.addHelpText(
    'after',
    `
Examples:
  evaluate cache ls                       what is kept, and how much room it takes
  evaluate cache prune --older-than 30d --dry-run
  EVALUATE_CACHE_DIR=/big evaluate cache ls`,
  );
  command
    .command('ls')
    .description('list the answers that are kept, oldest first')
    .option('--json', 'print one JSON document')
    .action(async (flags: { json?: true }) => {
      const { AnswerCache } = await import('../../generate/answers.js');
      const { count, fileSize } = await import('../../report/format.js');
      const folder = cacheFolder(context);
      const answers = new AnswerCache(`${folder}/answers`)
        .list()
        .map(({ key, bytes, at }) => ({ key, bytes, at: new Date(at).toISOString() }));
      const total = answers.reduce((sum, answer) => sum + answer.bytes, 0);
      if (flags.json) context.stdout(`${JSON.stringify({ folder, bytes: total, answers }, null, 2)}\n`);
      else {
        const lines = answers.map(({ key, bytes, at }) => `${at}  ${fileSize(bytes).padStart(9)}  ${key.slice(0, 16)}`);
        context.stdout(
          [...lines, `${count(answers.length, 'answer')}, ${fileSize(total)} in ${folder}`, ''].join('\n'),
        );
      }
      finish(0);
    });
  command
    .command('prune')
    .description('drop answers, scores and calibrations, oldest first')
    .option('--older-than <age>', 'what was stored longer ago than this: a number and m, h, d or w', age)
    .option('--max-size <size>', 'the oldest, until no more than this is left: a number and KB, MB, GB or TB', size)
    .option('--dry-run', 'show what would be dropped; drop nothing')
    .option('--json', 'print one JSON document')
    .option('-o, --output <dir>', 'where runs are written: what an unfinished one needs is spared', 'reports')
    .addHelpText(
      'after',
      `
An answer that is dropped is paid for again when a run needs it; a score is measured again. Models that were downloaded
are not touched.

Examples:
  evaluate cache prune --older-than 30d
  evaluate cache prune --max-size 2GB --dry-run`,
    )
    .action(async (flags: PruneFlags) => {
      const { pruneCache } = await import('../pruning.js');
      finish(pruneCache(flags, context));
    });
  return command;
};

const MINUTE = 60_000;
const ages: Record<string, number> = { m: MINUTE, h: 60 * MINUTE, d: 24 * 60 * MINUTE, w: 7 * 24 * 60 * MINUTE };
/** As disks are sold and `cache ls` counts: in thousands. */
const sizes: Record<string, number> = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

function age(text: string): number {
  return withUnit(text, ages, 'no age, such as 12h, 30d or 8w');
}

function size(text: string): number {
  return withUnit(text, sizes, 'no size, such as 500MB or 2GB');
}

function withUnit(text: string, units: Record<string, number>, otherwise: string): number {
  const [, number, written] = /^(\d+(?:\.\d+)?) ?([a-z]+)$/i.exec(text) ?? [];
  const unit = Object.entries(units).find(([name]) => name.toLowerCase() === written?.toLowerCase());
  if (number === undefined || !unit) throw new InvalidArgumentError(`'${text}' is ${otherwise}.`);
  return Number(number) * unit[1];
}
