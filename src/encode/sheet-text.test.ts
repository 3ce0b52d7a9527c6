import { expect, it } from 'vitest';
import { withoutText } from './sheet-text.js';

const thing = (x: number, y: number, width: number, height: number) => ({ box: { x, y, width, height } });
const figure = thing(100, 100, 80, 200);
const line = (count: number, y: number, height: number) =>
  Array.from({ length: count }, (_, i) => thing(100 + i * height, y, height / 2, height));

it.each([
  ['a line of small letters', [figure, ...line(5, 20, 12)], [figure]],
  ['a line of large letters', [figure, ...line(4, 10, 90)], [figure]],
  ['lower and upper case', [figure, thing(0, 20, 10, 20), thing(14, 28, 10, 12), thing(28, 20, 10, 20)], [figure]],
  ['two lines', [figure, ...line(3, 20, 12), ...line(3, 40, 12)], [figure]],
])('leaves out %s', (_, things, left) => expect(withoutText(things)).toEqual(left));

it.each([
  ['two antennae', [figure, thing(110, 80, 10, 10), thing(150, 80, 10, 10)]],
  ['three figures', [figure, thing(200, 110, 80, 190), thing(300, 100, 80, 200)]],
  ['three sparks far apart', [figure, thing(0, 20, 10, 10), thing(200, 20, 10, 10), thing(400, 20, 10, 10)]],
  ['nothing', []],
])('keeps %s', (_, things) => expect(new Set(withoutText(things))).toEqual(new Set(things)));
