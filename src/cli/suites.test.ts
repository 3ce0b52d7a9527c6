import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

it.each([
  ['identity', 3],
  ['story', 4],
  ['styles', 8],
])(
  'the suite %s runs at one sample: %i pictures, all measured',
  async (name, images) => {
    await using place = new Workplace();
    const suite = join(import.meta.dirname, '../../suites', name);
    const { code, stdout, stderr } = await place.run(suite, '--offline', '--json', '-n', '1');
    expect(stderr).not.toMatch(/bug|error/);
    expect(code).toBe(0);
    const record = runRecord.parse(JSON.parse(stdout));
    expect(record).toMatchObject({ emulated: true, status: 'complete', totals: { images } });
    for (const { scores } of record.samples) expect(scores['consistency']?.value).toEqual(expect.any(Number));
  },
  180_000,
);
