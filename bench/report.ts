import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeRecord } from '../src/record.js';
import { launch } from '../src/report/__fixtures__/launch.js';
import { manyRecord } from '../src/report/__fixtures__/many-record.js';
import { newPictures } from './report-pictures.js';
import { opened, type Opened } from './report-browser.js';

/**
 * `npm run bench:report [-- PICTURES ...]`: the goals for the report's pages, at 1,000 and 10,000 pictures of 100 cases
 * on 4 variants. Times are of this machine and what else it does; CPU time is of the reporter alone.
 */

const CASES = 100;
const ROUNDS = 3;
const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [1000, 10_000];
const folder = mkdtempSync(join(tmpdir(), 'evaluate-bench-'));

interface Goal {
  name: string;
  value: number;
  limit: number;
  unit: string;
}

const make = (run: string) =>
  JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'report-make.ts'), run], {
      encoding: 'utf8',
    }),
  ) as { ms: number; cpuMs: number; rssMb: number };

function print(title: string, goals: readonly Goal[]): void {
  process.stdout.write(`${title}\n`);
  for (const { name, value, limit, unit } of goals) {
    const shown = `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`.trim();
    process.stdout.write(
      `  ${value <= limit ? 'pass' : 'FAIL'}  ${name.padEnd(38)} ${shown.padStart(12)}  (at most ${limit} ${unit}`.trimEnd() +
        ')\n',
    );
  }
}

try {
  for (const pictures of sizes) {
    const run = join(folder, String(pictures));
    mkdirSync(run);
    writeRecord(run, await manyRecord(run, { cases: CASES, samples: pictures / CASES / 4 }));
    const made = make(run);
    const rounds: Opened[] = [];
    const browser = await launch();
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await opened(browser, join(run, 'index.html')));
    await browser.close();
    print(`${pictures.toLocaleString('en-US')} pictures`, [
      ...pageGoals(pictures, run, rounds),
      ...makeGoals(pictures, made),
    ]);
  }
  const run = join(folder, 'new');
  mkdirSync(run);
  const record = await newPictures(run);
  writeRecord(run, record);
  const [fresh, again] = [make(run), make(run)];
  const sizesOf = readdirSync(join(run, 'thumb')).map((name) => statSync(join(run, 'thumb', name)).size / 1000);
  const script = readFileSync(join(run, 'assets', 'report.js'));
  const style = readFileSync(join(run, 'assets', 'report.css'));
  print('Any run', [
    { name: '6 a new picture of 1024 px', value: (fresh.ms - again.ms) / record.samples.length, limit: 60, unit: 'ms' },
    {
      name: '4 thumbnail, mean',
      value: sizesOf.reduce((sum, size) => sum + size, 0) / sizesOf.length,
      limit: 10,
      unit: 'KB',
    },
    { name: '4 thumbnail, largest', value: Math.max(...sizesOf), limit: 20, unit: 'KB' },
    { name: '4 script, compressed', value: gzipSync(script).length / 1000, limit: 25, unit: 'KB' },
    { name: '4 style sheet, compressed', value: gzipSync(style).length / 1000, limit: 12, unit: 'KB' },
  ]);
} finally {
  rmSync(folder, { recursive: true });
}

function pageGoals(pictures: number, run: string, rounds: readonly Opened[]): Goal[] {
  const median = (name: keyof Opened) =>
    rounds.map((round) => round[name]).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? NaN;
  const isMany = pictures > 2000;
  return [
    { name: `${isMany ? 2 : 1} first paint`, value: median('fcp'), limit: 500, unit: 'ms' },
    { name: `${isMany ? 2 : 1} interactive`, value: median('interactive'), limit: isMany ? 1500 : 1000, unit: 'ms' },
    { name: `${isMany ? 2 : 1} long tasks, sum`, value: median('longTasks'), limit: 200, unit: 'ms' },
    ...(isMany
      ? [
          { name: '2 elements', value: median('nodes'), limit: 1500, unit: '' },
          { name: '5 frame, 95th of 100', value: median('frameP95'), limit: 50, unit: 'ms' },
          { name: '5 longest without a row in sight', value: median('blank'), limit: 150, unit: 'ms' },
        ]
      : []),
    {
      name: '3 index.html',
      value: statSync(join(run, 'index.html')).size / 1000,
      limit: isMany ? 2000 : 300,
      unit: 'KB',
    },
    { name: '8 requests off the folder', value: median('strangers'), limit: 0, unit: '' },
    { name: '10 keys to the worst sample', value: median('keysToWorst'), limit: 2, unit: '' },
  ];
}

function makeGoals(pictures: number, { ms, cpuMs, rssMb }: { ms: number; cpuMs: number; rssMb: number }): Goal[] {
  const limit = (5000 * pictures) / 1000;
  return [
    { name: '6 made, all thumbnails there', value: ms, limit, unit: 'ms' },
    { name: '6 made, CPU time', value: cpuMs, limit, unit: 'ms' },
    { name: '6 peak memory', value: rssMb, limit: 300, unit: 'MB' },
  ];
}
