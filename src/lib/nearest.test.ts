import { expect, it } from 'vitest';
import { nearest, suggestion } from './nearest.js';

const known = ['sheet', 'mountains', 'valley'];

it.each([
  ['shete', 'sheet'],
  ['Mountain', 'mountains'],
  ['valey', 'valley'],
  ['bridge', undefined],
  ['', undefined],
])('nearest to %j is %j', (written, name) => {
  expect(nearest(written, known)).toBe(name);
});

it('lets a long name be further off than a short one', () => {
  expect(nearest('gemini-pro-img', ['gemini-3-pro-image'])).toBe('gemini-3-pro-image');
  expect(nearest('ab', ['cdef'])).toBeUndefined();
});

it.each([
  ['shete', known, " Did you mean 'sheet'?"],
  ['bridge', known, ' Known: sheet, mountains, valley.'],
  ['bridge', [], ''],
])('suggests for %j', (written, names, text) => {
  expect(suggestion(written, names)).toBe(text);
});
