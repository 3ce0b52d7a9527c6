import { expect, it } from 'vitest';
import { colourEncoder } from '../../src/encode/__fixtures__/colour-encoder.js';
import { picturesOf, QUICK } from './design.js';
import { measurePictures } from './measured.js';
import { report } from './report.js';
import { FULL, PLAIN, resultsOf } from './results.js';

/** With an encoder that knows colours only: that pictures, metrics and report fit together. */
it('goes from drawings to the report', async () => {
  const some = picturesOf(1, QUICK).filter(
    ({ arm, scene, level }) => scene < 2 && (['none', 'other'].includes(arm) || (arm === 'hue_torso' && level === 3)),
  );
  const identities = [await measurePictures(1, some, colourEncoder)];
  expect(identities.flat()).toHaveLength(6);
  for (const picture of identities.flat()) {
    expect(Object.keys(picture.scores)[0]).toBe(PLAIN);
    expect(Object.keys(picture.scores).at(-1)).toBe(FULL);
    expect(picture.window).toHaveLength(4);
  }
  const spread = { sd: 0.05, df: 7, cases: 1, encoder: 'colour', metricVersion: '0' };
  const encoder = { id: colourEncoder.id, sha256: colourEncoder.sha256 };
  const results = resultsOf({ identities, encoder }, QUICK, 1, spread);
  expect(results.counts).toMatchObject({ pictures: 6, unscored: 0 });
  expect(results.aggregations[FULL]?.['other']?.value).toBeGreaterThan(0.5);
  const gain = results.gain['other']?.value ?? NaN;
  const [full, plain] = [FULL, PLAIN].map((name) => results.aggregations[name]?.['other']?.value ?? NaN);
  expect(gain).toBeCloseTo((full ?? NaN) - (plain ?? NaN), 12);

  const page = report(results);
  expect(page).toContain('not agreement with people');
  expect(page).toContain(`| hue_torso 3 | 100 % |`);
  expect(page).toContain('until it is made anew');
  expect(page).not.toMatch(/NaN|undefined/);
}, 60_000);
