import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

const suites = join(import.meta.dirname, '../../suites');

it('edits, extends and restyles a photo, and finds again what was to stay', async () => {
  await using place = new Workplace();
  const { code, stdout, stderr } = await place.run(join(suites, 'regions'), '--offline', '--json', '-n', '1');
  expect(stderr).not.toContain('bug');
  expect(code).toBe(0);
  const record = runRecord.parse(JSON.parse(stdout));
  expect(record).toMatchObject({ emulated: true, status: 'complete', totals: { calls: 5, images: 5 } });
  const scored = record.samples.map(({ case: name, scores, inputs }) => {
    const [kept, change] = [scores['keep-region']?.value ?? null, scores['kept-change']?.value ?? null];
    return [name, kept !== null && kept > 0.7 && (change ?? NaN) < 5, ...inputs.map((input) => input.name)];
  });
  expect(scored).toEqual([
    ['edit-sky', true, 'photo', 'photo marked by assets/sky-mask.png'],
    ['add-campfire', false, 'photo'],
    ['extend-right', true, 'photo'],
    ['zoom-out', true, 'photo'],
    ['restyle', false, 'photo', 'painting'],
  ]);
  const [sky, campfire] = record.samples;
  expect(sky?.prompt).toContain('Image 2: Image 1 once more, with the region to edit marked in magenta');
  expect(sky?.scores['keep-region']?.evidence).toMatchObject({ deltaE: {}, shift: {}, gain: {}, kept: 0.4656 });
  expect(campfire?.scores['keep-region']?.reason).toBe('the case keeps nothing of an input picture');
  // What was edited stands beside it, with what the lead figure says of it.
  const page = readFileSync(place.path('reports/regions/latest/case/edit-sky.html'), 'utf8');
  expect(page.match(/Input picture/g)?.length).toBeGreaterThan(1);
  expect(page).toContain('ΔE: mean');
  expect(record.asked.cases['extend-right']?.keep).toEqual({ picture: 'photo', marked: null, outpaint: 'right' });
}, 120_000);

it('blends two and three pictures', async () => {
  await using place = new Workplace();
  const { code, stdout } = await place.run(join(suites, 'blend'), '--offline', '--json', '-n', '1');
  expect(code).toBe(0);
  const record = runRecord.parse(JSON.parse(stdout));
  expect(record.samples.map(({ case: name, outcome, inputs }) => [name, outcome, inputs.length])).toEqual([
    ['pattern', 'ok', 2],
    ['place', 'ok', 2],
    ['compose', 'ok', 3],
  ]);
}, 60_000);
