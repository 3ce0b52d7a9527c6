import { Command, InvalidArgumentError, Option } from 'commander';
import type { Shard } from '../../plan/shard.js';
import type { CommandFactory } from './index.js';

/** What the command line said, before it meets the suite. */
export interface RunFlags {
  offline?: true;
  model: string[];
  revision: string[];
  case: string[];
  samples?: { min: number; max: number };
  against?: string;
  fixed?: true;
  requireGate?: true;
  concurrency: number;
  rpm?: number;
  tpm?: number;
  rpd?: number;
  maxCost?: number;
  inputs?: 'approved' | 'generated';
  encoder?: string;
  cache: boolean;
  resume?: string | true;
  retryErrors?: true;
  seed: number;
  timeout?: number;
  dryRun?: true;
  perMonth?: number;
  output: string;
  reporter?: string[];
  json?: true;
  maxFailures?: number;
  faults?: string;
  shard?: Shard;
  debug?: string;
  record?: string;
  replay?: string;
  batch?: true;
  notify?: string;
  upload?: string;
}

/** What `--encoder` takes, in every command that has it. */
export const encoderHelp =
  "`pocket` (embedded), a hub id, or a folder in the hub's layout; `:q8` at the end takes its quantised file";

export const runCommand: CommandFactory = (context, finish) => {
  const command = new Command('run')
    .description('Run a suite: make its pictures, score them, write the report.')
    .argument('<suite...>', 'folder, suite.yaml or glob')
    .option('--offline', 'use the embedded Gemini emulator and encoder: no key, no network')
    .option('--model <id...>', 'only these models', [])
    .option('--revision <name...>', 'only these revisions of the prompts', [])
    .option('--case <glob...>', 'only these cases, and what they need', [])
    .option('--against <what>', 'what the gate compares with: baseline, a revision, a model, git:REF, or a run')
    .option('--require-gate', 'spend nothing unless there is something to gate against (exit 3)')
    .option('-n, --samples <n>', 'samples a case; MIN..MAX stops as soon as the gate knows', sampleRange)
    .option('--fixed', 'judge all samples once by a t interval, in place of the sequential rule')
    .option('-j, --concurrency <n>', 'calls at a time', whole(1), 5)
    .option('--rpm <n>', 'requests a minute, for each model', whole(1))
    .option('--tpm <n>', 'tokens a minute that go in, for each model', whole(1))
    .option('--rpd <n>', 'requests a day, for each model; a day begins at midnight Pacific time', whole(1))
    .option('--max-cost <usd>', 'stop before more than this is spent', money)
    .addOption(
      new Option('--inputs <kind>', 'what a case gets that builds on another case').choices(['approved', 'generated']),
    )
    .option('--encoder <id>', encoderHelp)
    .option('--no-cache', 'buy every picture afresh (and still keep the answers)')
    .option('--resume [run]', 'go on with this run; without a name, with the newest unfinished one')
    .option('--retry-errors', 'try again the samples that ended in an infrastructure error')
    .option('--seed <n>', 'changes the seed of every request', whole(0), 0)
    .option('--timeout <seconds>', 'for one attempt', seconds)
    .option('--shard <i/n>', 'make one of N parts of the run; `evaluate merge` joins them and judges', shard)
    .option('--debug <dir>', 'write each HTTP exchange there as it happens, without keys and picture data')
    .option('--record <file>', 'write each HTTP exchange, without keys, to a file that --replay takes (.gz: packed)')
    .option('--replay <file>', 'take every answer from such a file: no key, no server, nothing spent')
    .option('--batch', 'hand all requests in as batch jobs: half the price, answers within hours')
    .option('--notify <url>', 'when the run is over, post what it came to as JSON')
    .option(
      '--upload <url>',
      "copy the run's folder when it is over: s3://bucket/prefix, or a PUT a file below https://",
    )
    .option('--dry-run', 'show the plan, its pictures and dollars; send nothing')
    .option('--per-month <runs>', 'with --dry-run: what that many runs cost', whole(1))
    .option('-o, --output <dir>', 'where runs are written', 'reports')
    .option(
      '--reporter <list>',
      'of html, terminal, json, github (default: html,terminal; with github on GitHub Actions); junit.xml and summary.md are always written',
      reporterList,
    )
    .option('--json', 'print one JSON document on stdout and nothing else')
    .option('--max-failures <n>', 'stop after this many samples ended in infrastructure errors', whole(1))
    .option('--faults <file>', 'with --offline: a plan of faults for the emulator')
    .addHelpText(
      'after',
      `
Examples:
  evaluate suites/robot --offline                   try it without a key
  evaluate suites/robot --dry-run --per-month 20    what would it cost, now and in a month?
  evaluate suites/robot --case forest --revision v2 one scene, one revision
  evaluate suites/robot --max-cost 5                stop before $5 are spent
  evaluate suites/robot --against git:main          did this prompt change break anything?
  evaluate suites/robot --model NEW --against OLD   may we move to the new model?
  evaluate suites/robot --record robot.jsonl.gz     once, with a key; then, in CI, without one:
  evaluate suites/robot --replay robot.jsonl.gz

Exit codes: 0 pass, 1 regression or failed check, 2 usage, 3 undecided, 4 infrastructure, 5 budget, 130 interrupted.`,
    );
  return command.action(async (targets: string[], flags: RunFlags) => {
    const { runSuites } = await import('../run-suites.js');
    finish(await runSuites(targets, flags, context));
  });
};

/** What `--reporter` takes. */
export const reporterList = (list: string) => list.split(',');

const whole =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > 2_147_483_647)
      throw new InvalidArgumentError(`'${text}' is not a whole number from ${least} on.`);
    return value;
  };

function sampleRange(text: string): { min: number; max: number } {
  const ends = text.split('..');
  if (ends.length > 2) throw new InvalidArgumentError(`'${text}' is neither a number nor MIN..MAX.`);
  const [min = 0, max = min] = ends.map(whole(1));
  if (max > 1000) throw new InvalidArgumentError(`${max} is more than 1000.`);
  if (min > max) throw new InvalidArgumentError(`${min} is more than ${max}.`);
  return { min, max };
}

function shard(text: string): Shard {
  const [number = 0, of = 0] = text.split('/').map(Number);
  if (!/^\d+\/\d+$/.test(text)) throw new InvalidArgumentError(`'${text}' is not I/N, such as 2/3.`);
  if (of < 1 || of > 1000) throw new InvalidArgumentError(`a run is split into 1 to 1000 shards, not ${of}.`);
  if (number < 1 || number > of) throw new InvalidArgumentError(`the shards of ${of} are 1 to ${of}, not ${number}.`);
  return { number, of };
}

function money(text: string): number {
  const value = Number(text.replace(/^\$/, ''));
  if (!Number.isFinite(value) || value < 0 || text.trim() === '')
    throw new InvalidArgumentError(`'${text}' is no amount in USD.`);
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError(`'${text}' is no number of seconds above 0.`);
  return value;
}
