import { Command, InvalidArgumentError } from 'commander';
import { DEFAULT_HUB_ENCODER } from '../../encode/source.js';
import type { CommandFactory } from './index.js';
import { encoderHelp } from './run.js';

export interface ScoreFlags {
  sheet: string;
  views: string[];
  encoder: string;
  json?: true;
  evidence?: string;
}

export const scoreCommand: CommandFactory = (context, finish) =>
  new Command('score')
    .description("Score pictures from anywhere against a character's sheet.")
    .argument('<image...>', 'PNG, JPEG or WebP files; - reads their names from standard input, one a line')
    .requiredOption('--sheet <image>', "the character's reference sheet")
    .option('--views <list>', 'views on the sheet, from left to right', viewsIn, ['front', 'back'])
    .option('--encoder <id>', encoderHelp, DEFAULT_HUB_ENCODER)
    .option('--json', 'one line of JSON for each picture, as it is scored')
    .option('--evidence <dir>', 'write each picture with the place where the character was found')
    .addHelpText(
      'after',
      `
Examples:
  evaluate score out/*.png --sheet sheet.png --encoder pocket
  evaluate score out/*.jpg --sheet sheet.png --views front --json > scores.jsonl
  find out -name '*.png' | evaluate score - --sheet sheet.png --json > scores.jsonl

A picture that cannot be scored is a row with the reason; the others are scored all the same.
Exit codes: 0 every picture is scored, 3 some are not, 2 usage.`,
    )
    .action(async (images: string[], flags: ScoreFlags) => {
      const { scoreImages } = await import('../scoring.js');
      finish(await scoreImages(images, flags, context));
    });

function viewsIn(list: string): string[] {
  const names = list.split(',').map((name) => name.trim());
  if (names.includes('') || new Set(names).size < names.length) {
    throw new InvalidArgumentError('Name each view once, such as front,back.');
  }
  return names;
}
