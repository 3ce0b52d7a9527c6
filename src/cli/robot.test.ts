import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runRecord } from '../record.js';
import { shippedModels, Workplace } from './__fixtures__/in-process.js';

const root = join(import.meta.dirname, '../..');

it('plans the first look of a gate, and says what all of it may come to', async () => {
  await using place = new Workplace({}, shippedModels);
  cpSync(join(root, 'baselines'), place.path('baselines'), { recursive: true });
  const dry = async (...flags: string[]) =>
    (await place.run(join(root, 'suites/robot'), '--offline', '--dry-run', '--revision', 'v2', ...flags)).stdout;
  const looks = await dry('--model', 'gemini-nano-banana-2.1', '--per-month', '20');
  expect(looks).toContain('  calls          10 to begin with\n');
  const [, most] =
    /^ {2}expected .* for the verdict if nothing changed, at most \d+ samples \(\$([\d.]+)\)$/m.exec(looks) ?? [];
  // Nothing but the candidate is made here, so that the gate's bound is the bound of all.
  expect(looks).toMatch(
    /^ {2}in all {9}with nothing in the cache about \$[\d.]+ if nothing changed, at most \$[\d.]+$/m,
  );
  expect(looks).toContain(`, at most $${most}\n`);
  expect(looks).toMatch(/^ {2}per month {6}20 runs, with nothing in the cache about /m);
  expect(await dry('-n', '3')).not.toContain('to begin with');
});

it('runs the robot suite against the shipped baseline: new samples, approved inputs, exit 0', async () => {
  await using place = new Workplace({}, shippedModels);
  cpSync(join(root, 'baselines'), place.path('baselines'), { recursive: true });
  const { code, stdout, stderr } = await place.run(
    join(root, 'suites/robot'),
    '--offline',
    '--json',
    ...['--model', 'gemini-nano-banana-2.1', '--revision', 'v2', '-n', '3'],
  );
  expect(stderr).not.toContain('bug');
  expect(code).toBe(0);
  const record = runRecord.parse(JSON.parse(stdout));
  expect(record).toMatchObject({
    emulated: true,
    status: 'complete',
    verdict: { state: 'pass' },
    totals: { calls: 30, images: 30 },
  });
  for (const { sample, outcome, case: name, scores } of record.samples) {
    expect({ name, outcome }).toEqual({ name, outcome: 'ok' });
    expect([17, 18, 19]).toContain(sample);
    const measured = [
      'quality',
      'pixel-diff',
      'ssim',
      'aspect',
      'resolution',
      ...(name === 'cutout' ? [] : ['consistency', 'clip-cosine']),
    ];
    for (const id of measured) expect([name, id, typeof scores[id]?.value]).toEqual([name, id, 'number']);
    expect(scores['checklist']).toMatchObject({ value: null, reason: expect.any(String) as string });
  }
  const approved = (name: string) => record.cases.find((each) => each.name === name)?.baseline?.picture?.sha256;
  const forest = record.samples.find((each) => each.case === 'forest');
  expect(forest?.inputs.map((input) => input.sha256)).toEqual([approved('sheet'), approved('valley')]);
  for (const page of ['index.html', 'case/forest.html']) {
    expect(readFileSync(place.path('reports/robot/latest', page), 'utf8')).toContain('Emulated pictures');
  }
}, 240_000);
