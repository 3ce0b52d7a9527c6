import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { approvedCase, picture, save } from './__fixtures__/approved.js';
import { approvedPicture, baselineFolder, loadBaseline, representativeOf } from './baseline.js';

const folder = mkdtempSync(join(tmpdir(), 'evaluate-baseline-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a baseline', () => {
  it('of emulated pictures stands apart', () => {
    expect(baselineFolder('baselines', 'robot', false)).toBe('baselines/robot');
    expect(baselineFolder('baselines', 'robot', true)).toBe('baselines/robot.emulated');
  });

  it('gives the representative picture as it was received, small ones of the others', async () => {
    await save(folder, [approvedCase('forest'), approvedCase('void', { representative: null })]);
    const baseline = loadBaseline(folder);
    expect(approvedPicture(baseline, 'forest')?.bytes).toEqual(Buffer.from(picture(10)));
    expect(baseline.cases.get('forest')?.samples.map(({ image }) => [image?.file, image?.original])).toEqual([
      ['forest/1.png', true],
      ['forest/2.webp', false],
      [undefined, undefined],
    ]);
    expect(approvedPicture(baseline, 'void')).toBeNull();
    expect(approvedPicture(baseline, 'nowhere')).toBeNull();
    writeFileSync(join(folder, 'forest/1.png'), picture(11));
    expect(() => approvedPicture(baseline, 'forest')).toThrow(
      /forest\/1\.png: the approved picture has changed since the baseline was read/,
    );
  });

  it('names the representative among the samples or the pictures that were kept', () => {
    const [first] = approvedCase('forest').samples;
    if (!first) throw new Error('no sample');
    const kept = { ...first, sample: 9, run: 'r', model: 'm', revision: 'v' };
    expect(representativeOf(approvedCase('forest'))?.sample).toBe(1);
    expect(representativeOf(approvedCase('forest', { representative: 9, kept }))?.sample).toBe(9);
    // A refusal has no picture.
    expect(representativeOf(approvedCase('forest', { representative: 3 }))).toBeNull();
    expect(representativeOf(undefined)).toBeNull();
  });
});
