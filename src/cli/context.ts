import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { config } from 'dotenv';
import pc from 'picocolors';
import type { AwsEnvironment } from '../deliver/s3-store.js';
import { exitCodes } from './exit-code.js';

/** The outside world, read once. Nothing else in the project looks at the environment or the streams. */
export interface CommandContext {
  cwd: string;
  env: Environment;
  colours: ReturnType<typeof pc.createColors>;
  stdout(text: string): void;
  stderr(text: string): void;
  /** The lines of standard input, as they come. */
  stdin(): AsyncIterable<string>;
  terminal: { isTTY: boolean; columns: number };
  /** Folder of the embedded models. */
  modelsFolder: string;
  /** Calls back on Ctrl-C and SIGTERM, and ends the process on the second; returns how to stop listening. */
  onInterrupt(callback: () => void): () => void;
  /** Shows a file in the program that the desktop has for it, and does not wait for it. */
  open(file: string): Promise<void>;
}

export interface Environment {
  /** `GOOGLE_API_KEY` wins over `GEMINI_API_KEY`, as in the SDK. */
  apiKey: string | undefined;
  bearerToken: string | undefined;
  baseUrl: string | undefined;
  /** Vertex AI in place of the Gemini API; what it takes is named as in the SDK. */
  vertex: boolean;
  vertexBaseUrl: string | undefined;
  project: string | undefined;
  location: string | undefined;
  /** Path of a JSON file of Google's. */
  credentials: string | undefined;
  cacheFolder: string | undefined;
  /** A mirror of the model hub. */
  hubMirror: string | undefined;
  /** The Authorization header with which `--upload` puts files. */
  uploadAuthorization: string | undefined;
  aws: AwsEnvironment;
  /** Who approves, as the baseline is to say. */
  approver: string | undefined;
  /** Set in CI: no progress bars. */
  ci: boolean;
  /** `null` outside GitHub Actions. */
  github: { stepSummary: string | undefined; workspace: string | undefined } | null;
  /** Those of `variables` that are set: what may be told of them. */
  set: readonly SetVariable[];
}

/** What a run can be set up with from outside, in the order in which it is told. */
export const variables = [
  'GOOGLE_API_KEY',
  'GEMINI_API_KEY',
  'GOOGLE_GEMINI_BASE_URL',
  'EVALUATE_BEARER_TOKEN',
  'GOOGLE_GENAI_USE_VERTEXAI',
  'GOOGLE_VERTEX_BASE_URL',
  'GOOGLE_CLOUD_PROJECT',
  'GOOGLE_CLOUD_LOCATION',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'EVALUATE_CACHE_DIR',
  'EVALUATE_APPROVER',
  'EVALUATE_UPLOAD_AUTH',
  'HF_ENDPOINT',
] as const;

/** A variable without its value, which may be a secret. */
export interface SetVariable {
  name: (typeof variables)[number];
  /** Length of the value. */
  characters: number;
  from: 'environment' | '.env';
}

export function commandContext(): CommandContext {
  const fromFile: Record<string, string> = {};
  config({ quiet: true, processEnv: fromFile });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.unread);
    throw error;
  });
  // An empty variable is as good as none.
  const read = (name: string) => process.env[name] || fromFile[name] || undefined;
  return {
    cwd: process.cwd(),
    env: {
      apiKey: read('GOOGLE_API_KEY') ?? read('GEMINI_API_KEY'),
      bearerToken: read('EVALUATE_BEARER_TOKEN'),
      baseUrl: read('GOOGLE_GEMINI_BASE_URL'),
      vertex: ['1', 'true'].includes(read('GOOGLE_GENAI_USE_VERTEXAI')?.toLowerCase() ?? ''),
      vertexBaseUrl: read('GOOGLE_VERTEX_BASE_URL'),
      project: read('GOOGLE_CLOUD_PROJECT'),
      location: read('GOOGLE_CLOUD_LOCATION'),
      credentials: read('GOOGLE_APPLICATION_CREDENTIALS'),
      cacheFolder: read('EVALUATE_CACHE_DIR'),
      hubMirror: read('HF_ENDPOINT'),
      uploadAuthorization: read('EVALUATE_UPLOAD_AUTH'),
      aws: {
        accessKeyId: read('AWS_ACCESS_KEY_ID'),
        secretAccessKey: read('AWS_SECRET_ACCESS_KEY'),
        sessionToken: read('AWS_SESSION_TOKEN'),
        region: read('AWS_REGION') ?? read('AWS_DEFAULT_REGION'),
        endpoint: read('AWS_ENDPOINT_URL_S3') ?? read('AWS_ENDPOINT_URL'),
      },
      approver: read('EVALUATE_APPROVER') ?? read('GITHUB_ACTOR') ?? read('USER') ?? read('USERNAME'),
      ci: read('CI') !== undefined,
      github:
        read('GITHUB_ACTIONS') === 'true'
          ? { stepSummary: read('GITHUB_STEP_SUMMARY'), workspace: read('GITHUB_WORKSPACE') }
          : null,
      set: variables.flatMap((name) => {
        const characters = read(name)?.length;
        const from = process.env[name] ? ('environment' as const) : ('.env' as const);
        return characters === undefined ? [] : [{ name, characters, from }];
      }),
    },
    colours: pc.createColors(pc.isColorSupported && process.stdout.isTTY === true),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    stdin: () => createInterface({ input: process.stdin, crlfDelay: Infinity }),
    terminal: { isTTY: process.stderr.isTTY === true, columns: process.stderr.columns || 100 },
    modelsFolder: path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../models'),
    open: async (file) => {
      const { default: open } = await import('open');
      await open(file);
    },
    onInterrupt: (callback) => {
      let asked = false;
      const listener = (): void => {
        // What is on disk by now is enough to go on with the run.
        if (asked) process.exit(exitCodes.interrupted);
        asked = true;
        callback();
      };
      process.on('SIGINT', listener).on('SIGTERM', listener);
      return () => void process.off('SIGINT', listener).off('SIGTERM', listener);
    },
  };
}
