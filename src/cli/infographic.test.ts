import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

const suite = join(import.meta.dirname, '../../suites/infographic');

it('makes posters from data, and reads their captions letter by letter', async () => {
  await using place = new Workplace();
  const { code, stdout, stderr } = await place.run(suite, '--offline', '--json', '-n', '1');
  expect(stderr).not.toContain('bug');
  expect(code).toBe(0);
  const record = runRecord.parse(JSON.parse(stdout));
  const read = record.samples.map(({ case: name, scores, prompt }) => {
    const captions = scores['text']?.evidence?.['captions'] as { caption: string; read: string }[];
    for (const { caption } of captions) expect(prompt).toContain(`"${caption}"`);
    return [name, scores['text']?.value, ...captions.map((each) => each.read)];
  });
  expect(read).toEqual([
    ['rainfall', 1, 'RAINFALL BY MONTH', 'APRIL 8 MM', 'JULY 57 MM', 'OCTOBER 42 MM'],
    ['seedling', 1, 'FROM SEED TO SPROUT', '1 SOAK THE SEED', '2 COVER WITH SOIL', '3 WATER EACH DAY'],
  ]);
}, 120_000);
