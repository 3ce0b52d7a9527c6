import { expect, it } from 'vitest';
import { colourEncoder } from '../../encode/__fixtures__/colour-encoder.js';
import { scene, sheet, type FigureName } from '../__fixtures__/characters.js';
import { inputOf } from '../__fixtures__/pictures.js';
import { clipCosineMetric } from './clip-cosine.js';

const reference = async (name: FigureName) => ({ image: await sheet(name), sha256: name, views: [], character: name });

it('is the mean over the sheets of all characters', async () => {
  const image = await scene('red');
  const [red, blue] = [await reference('red'), await reference('blue')];
  const valueWith = async (sheets: (typeof red)[]) =>
    (await clipCosineMetric.measure(inputOf(image, { sheets, encoder: colourEncoder }))).value ?? NaN;
  const [own, other] = [await valueWith([red]), await valueWith([blue])];
  expect(own).not.toBeCloseTo(other, 3);
  expect(await valueWith([red, blue])).toBeCloseTo((own + other) / 2, 12);
});

it('has no value when the sheet of somebody is not there', async () => {
  const input = inputOf(await scene('red'), {
    sheets: [await reference('red')],
    withoutSheet: ['blue'],
    encoder: colourEncoder,
  });
  expect(await clipCosineMetric.measure(input)).toEqual({
    value: null,
    reason: 'the request carried no sheet of blue',
  });
});
