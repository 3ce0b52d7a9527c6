import { Command, InvalidArgumentError } from 'commander';
import type { CommandFactory } from './index.js';

interface EmulatorFlags {
  port: number;
  latency: number;
  faults?: string;
}

export const emulatorCommand: CommandFactory = (context, finish) =>
  new Command('emulator')
    .description('Serve the Gemini emulator alone, for any Gemini SDK.')
    .option('--port <n>', 'port on loopback', port, 8787)
    .option('--latency <scale>', 'share of the real latency that answers take', scale, 0)
    .option('--faults <file>', 'a YAML plan of faults')
    .addHelpText(
      'after',
      `
Examples:
  evaluate emulator --port 8787
  GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:8787 GEMINI_API_KEY=any evaluate suites/robot --encoder pocket`,
    )
    .action(async (flags: EmulatorFlags) => {
      const { readFaults, serve } = await import('../emulating.js');
      const server = await serve({
        port: flags.port,
        latencyScale: flags.latency,
        ...readFaults(flags.faults, context),
      });
      context.stdout(`emulator at ${server.url} (pictures are emulated, not Gemini's); Ctrl-C ends it\n`);
      await new Promise<void>((resolve) => {
        context.onInterrupt(resolve);
      });
      await server.close();
      finish(0);
    });

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65535) throw new InvalidArgumentError(`'${text}' is no port (0 to 65535).`);
  return value;
}

function scale(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 10)) throw new InvalidArgumentError(`'${text}' is no share from 0 to 10.`);
  return value;
}
