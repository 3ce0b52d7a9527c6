import * as path from 'node:path';
import { Command } from 'commander';
import type { CommandFactory } from './index.js';

export const initCommand: CommandFactory = (context, finish) =>
  new Command('init')
    .description('Write a small working suite.')
    .argument('<dir>', 'folder to make; its name becomes the name of the suite')
    .addHelpText(
      'after',
      `
Examples:
  evaluate init suites/fox && evaluate suites/fox --offline`,
    )
    .action(async (dir: string) => {
      const { initSuite } = await import('../../suite/init.js');
      const { drawArchive } = await import('../init-picture.js');
      await initSuite(path.resolve(context.cwd, dir), drawArchive);
      context.stdout(`${dir} is ready. Try it without a key:\n  evaluate ${dir} --offline\n`);
      finish(0);
    });
