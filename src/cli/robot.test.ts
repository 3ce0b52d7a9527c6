import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runRecord } from '../record.js';
import { shippedModels, Workplace } from './__fixtures__/in-process.js';

const root = join(import.meta.dirname, '../..');

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
