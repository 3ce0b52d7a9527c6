import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { approveCommand } from './approve.js';
import { cacheCommand } from './cache.js';
import { compareCommand } from './compare.js';
import { doctorCommand } from './doctor.js';
import { emulatorCommand } from './emulator.js';
import { initCommand } from './init.js';
import { lintCommand } from './lint.js';
import { mergeCommand } from './merge.js';
import { modelsCommand } from './models.js';
import { reportCommand } from './report.js';
import { runCommand } from './run.js';
import { scoreCommand } from './score.js';

/** Declares a command; `finish` takes the exit code. What it does is imported when it is run. */
export type CommandFactory = (context: CommandContext, finish: (exitCode: number) => void) => Command;

/** The first one is meant when a command line names none. */
export const commands: readonly CommandFactory[] = [
  runCommand,
  approveCommand,
  compareCommand,
  mergeCommand,
  scoreCommand,
  reportCommand,
  lintCommand,
  initCommand,
  modelsCommand,
  doctorCommand,
  emulatorCommand,
  cacheCommand,
];
