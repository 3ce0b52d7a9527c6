import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filled } from '../image/raster.js';
import { encodeLossy } from '../image/codec.js';
import { readRecord } from '../record.js';
import { type RequestEntry, startEmulator } from '../emulator/server.js';
import { seededRandom } from '../lib/random.js';
import { quickModels, Workplace } from './__fixtures__/in-process.js';

const main = join(import.meta.dirname, 'main.ts');
/** A killed process may not have read what the server had only just finished sending; on a busy machine, not for a while. */
const IN_TRANSIT_MS = 250;

it('never repeats a finished call, however often the process is killed', async () => {
  const finished: RequestEntry[] = [];
  const random = seededRandom(5);
  const emulator = await startEmulator({
    latencyScale: 0.03,
    draw: async ({ seed, width, height }) => {
      const picture = filled(width, height, [seed % 251, seed % 241, seed % 239, 255]);
      return { bytes: await encodeLossy(picture, 'image/jpeg', 90), mime: 'image/jpeg', drift: 0 };
    },
    onRequest: (entry) => finished.push(entry),
  });
  await using place = new Workplace();
  await place.run('init', 'fox');
  // What three kills may lose of one sample is more than the suite's check allows a sample to cost.
  const yaml = readFileSync(place.path('fox/suite.yaml'), 'utf8');
  writeFileSync(place.path('fox/suite.yaml'), yaml.replace(/^checks:[^]*?(?=^\S|(?![^]))/m, ''));
  const env = {
    PATH: process.env['PATH'] ?? '',
    GOOGLE_GEMINI_BASE_URL: emulator.url,
    GEMINI_API_KEY: 'a-test-key-of-no-value',
  };
  const args = [
    '--import',
    import.meta.resolve('tsx'),
    main,
    'fox',
    '--encoder',
    join(quickModels, 'pocket-clip'),
    '-n',
    '2',
    '-j',
    '3',
  ];
  const kills: number[] = [];
  let code: number | null = null;
  for (let round = 0; code === null && round < 20; round += 1) {
    const child = spawn(process.execPath, args, { cwd: place.folder, env, stdio: 'ignore' });
    const before = finished.length;
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    // Killed a random while after its first call came back, three times; then it may finish.
    while (round < 3 && finished.length < before + 2 && child.exitCode === null) await sleep(10);
    if (round < 3) {
      await sleep(random() * 900);
      kills.push(Date.now());
      child.kill('SIGKILL');
    }
    code = await ended;
  }
  await emulator.close();

  expect(code).toBe(0);
  const paid = finished.filter((entry) => entry.path.endsWith(':generateContent') && entry.status === 200);
  const inTransit = (entry: RequestEntry) => kills.some((at) => Math.abs(at - entry.finishedAt) < IN_TRANSIT_MS);
  const repeated = paid.filter((entry, index) =>
    paid.slice(0, index).some((earlier) => earlier.bodySha256 === entry.bodySha256 && !inTransit(earlier)),
  );
  expect(repeated).toEqual([]);
  // One run, gone on with under its id, whole at the end.
  const runs = readdirSync(place.path('reports/fox')).filter((name) => name !== 'latest');
  expect(runs).toHaveLength(1);
  const record = readRecord(place.path('reports/fox/latest'));
  expect(record).toMatchObject({ status: 'complete', emulated: true, totals: { images: 12 } });
  // Every call was bought in this run, and none is booked as saved.
  expect(record.samples.every(({ cached, savedCost }) => !cached && savedCost === 0)).toBe(true);
  expect(readdirSync(place.path('reports/fox', record.id)).filter((name) => name.startsWith('lock'))).toEqual([]);
  expect(
    record.samples.every((sample) => sample.image && existsSync(place.path('reports/fox/latest', sample.image.path))),
  ).toBe(true);
}, 120_000);

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
