import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pc from 'picocolors';
import { shareCalibrations } from '../../__fixtures__/shared.js';
import type { CommandContext, Environment } from '../context.js';
import { main } from '../program.js';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export const noEnvironment: Environment = {
  apiKey: undefined,
  bearerToken: undefined,
  baseUrl: undefined,
  vertex: false,
  vertexBaseUrl: undefined,
  project: undefined,
  location: undefined,
  credentials: undefined,
  cacheFolder: undefined,
  hubMirror: undefined,
  uploadAuthorization: undefined,
  aws: {
    accessKeyId: undefined,
    secretAccessKey: undefined,
    sessionToken: undefined,
    region: undefined,
    endpoint: undefined,
  },
  approver: undefined,
  ci: true,
  github: null,
  set: [],
};

/** An ONNX that sees colours alone, in place of `pocket`: quick, and enough where a test is not about the values. */
export const quickModels = join(import.meta.dirname, '../../encode/__fixtures__/models');
export const shippedModels = join(import.meta.dirname, '../../../models');

/** An empty folder to give commands in; removed when the scope ends. */
export class Workplace implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'evaluate-cli-'));

  /** Standard input of the commands that are given. */
  stdin: Iterable<string> | AsyncIterable<string> = [];
  /** Files that a desktop would have been asked to show. */
  readonly opened: string[] = [];
  /** Hears standard output while a command runs. */
  onOutput: (text: string) => void = () => undefined;

  constructor(
    private readonly env: Partial<Environment> = {},
    private readonly models = quickModels,
  ) {
    shareCalibrations(this.path('.evaluate/cache'));
  }

  /** The whole command line but the process around it. */
  async run(...argv: string[]): Promise<Ended> {
    const ended = { stdout: '', stderr: '' };
    const context: CommandContext = {
      cwd: this.folder,
      env: { ...noEnvironment, ...this.env },
      colours: pc.createColors(false),
      stdout: (text) => {
        ended.stdout += text;
        this.onOutput(text);
      },
      stderr: (text) => (ended.stderr += text),
      stdin: () => Readable.from(this.stdin) as AsyncIterable<string>,
      terminal: { isTTY: false, columns: 100 },
      modelsFolder: this.models,
      onInterrupt: () => () => undefined,
      open: (file) => Promise.resolve(void this.opened.push(file)),
    };
    return { code: await main(argv, context), ...ended };
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await Promise.resolve();
  }
}
