import { Command } from 'commander';
import type { CommandFactory } from './index.js';

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
    .argument('<image...>', 'PNG, JPEG or WebP files')
    .requiredOption('--sheet <image>', "the character's reference sheet")
    .option('--views <list>', 'views on the sheet, from left to right', (list: string) => list.split(','), [
      'front',
      'back',
    ])
    .option(
      '--encoder <id>',
      "`pocket`, a hub id, or a folder in the hub's CLIP layout",
      'Xenova/clip-vit-base-patch32',
    )
    .option('--json', 'one line of JSON for each picture, as it is scored')
    .option('--evidence <dir>', 'write each picture with the place where the character was found')
    .addHelpText(
      'after',
      `
Examples:
  evaluate score out/*.png --sheet sheet.png --encoder pocket
  evaluate score out/*.jpg --sheet sheet.png --views front --json > scores.jsonl`,
    )
    .action(async (images: string[], flags: ScoreFlags) => {
      const { scoreImages } = await import('../scoring.js');
      finish(await scoreImages(images, flags, context));
    });
