#!/usr/bin/env node
import { createRequire } from 'node:module';

/** Nothing heavy is imported before it is known what is asked: `--version` answers before the SDK could even load. */
const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  process.stdout.write(`${version}\n`);
} else {
  const { main } = await import('./program.js');
  process.exitCode = await main(argv);
}
