import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { messageOf, UsageError } from '../lib/errors.js';
import { commands } from './commands/index.js';
import { type CommandContext, commandContext } from './context.js';
import { exitCodes } from './exit-code.js';

/** Parses the command line, runs the command, and is the only place that prints an error. Resolves to the exit code. */
export async function main(argv: readonly string[], context: CommandContext = commandContext()): Promise<number> {
  let exitCode: number = exitCodes.pass;
  const program = new Command('evaluate')
    .description('Regression tests for prompts that drive Gemini image models.')
    .version((createRequire(import.meta.url)('../../package.json') as { version: string }).version)
    .addHelpText('after', examples);
  const made = commands.map((command) => command(context, (code) => (exitCode = code)));
  made.forEach((command, index) => program.addCommand(command, { isDefault: index === 0 }));
  for (const command of [program, ...made, ...made.flatMap((each) => each.commands)]) {
    command
      .showHelpAfterError('(--help shows what there is)')
      .exitOverride()
      .configureOutput({ writeErr: (text) => context.stderr(text), writeOut: (text) => context.stdout(text) });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, context);
  }
}

const examples = `
Examples:
  evaluate suites/robot --offline    try it: no key, no network
  evaluate init suites/fox           a suite of your own to start from
  evaluate suites/fox --dry-run      what would it cost?
  evaluate run --help                every flag of a run`;

function report(error: unknown, { stderr, colours }: CommandContext): number {
  // Commander has printed its own message; help and version are no failures.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.pass : exitCodes.usage;
  if (error instanceof UsageError) {
    stderr(`${colours.red('error')} ${error.message}\n`);
    return exitCodes.usage;
  }
  const story = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
  stderr(`${colours.red('this is a bug in evaluate')}\n${story}\n`);
  return exitCodes.bug;
}
