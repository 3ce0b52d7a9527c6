import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RequestEntry, startEmulator } from '../emulator/server.js';
import { filled } from '../image/raster.js';
import { encodeLossy } from '../image/codec.js';
import { readRecord } from '../record.js';
import { quickModels, Workplace } from './__fixtures__/in-process.js';

const main = join(import.meta.dirname, 'main.ts');
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An emulator that takes seconds to answer, and the command line as a process of its own. */
async function setUp() {
  const finished: RequestEntry[] = [];
  const emulator = await startEmulator({
    latencyScale: 0.02,
    draw: async ({ seed, width, height }) => {
      const picture = filled(width, height, [seed % 251, seed % 241, seed % 239, 255]);
      return { bytes: await encodeLossy(picture, 'image/jpeg', 90), mime: 'image/jpeg', drift: 0 };
    },
    onRequest: (entry) => finished.push(entry),
  });
  const place = new Workplace();
  await place.run('init', 'fox');
  const start = () => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        import.meta.resolve('tsx'),
        main,
        'fox',
        '--encoder',
        join(quickModels, 'pocket-clip'),
        '-n',
        '4',
        '-j',
        '2',
      ],
      {
        cwd: place.folder,
        env: {
          PATH: process.env['PATH'] ?? '',
          GOOGLE_GEMINI_BASE_URL: emulator.url,
          GEMINI_API_KEY: 'a-test-key-of-no-value',
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
      child.on('close', (code) => {
        resolve({ code, stderr });
      }),
    );
    return { child, ended };
  };
  return {
    finished,
    emulator,
    place,
    start,
    [Symbol.asyncDispose]: async () => {
      await emulator.close();
      await place[Symbol.asyncDispose]();
    },
  };
}

describe('an interrupted run', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: exit 130 with a record, to be gone on with',
    async (signal) => {
      await using scene = await setUp();
      const first = scene.start();
      const calls = () => scene.finished.filter((entry) => entry.path.endsWith(':generateContent')).length;
      while (calls() < 2 && first.child.exitCode === null) await sleep(10);
      first.child.kill(signal);
      const { code, stderr } = await first.ended;
      expect(code).toBe(130);
      expect(stderr).not.toMatch(/^\s+at /m);
      const record = readRecord(scene.place.path('reports/fox/latest'));
      expect(record.status).toBe('interrupted');
      expect((await scene.start().ended).code).toBe(0);
      const whole = readRecord(scene.place.path('reports/fox/latest'));
      expect(whole).toMatchObject({ id: record.id, status: 'complete', totals: { images: 24 } });
    },
    120_000,
  );
});
