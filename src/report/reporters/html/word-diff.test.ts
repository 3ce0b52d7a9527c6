import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wordDiff, type DiffPart } from './word-diff.js';

const side = (parts: readonly DiffPart[], left: DiffPart['kind']) =>
  parts
    .filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join('');

it('marks changed words and keeps the rest', () => {
  expect(wordDiff('A fox with red scarf, on a path', 'A fox wearing its scarf, on a path')).toEqual([
    { kind: 'same', text: 'A fox ' },
    { kind: 'removed', text: 'with red ' },
    { kind: 'added', text: 'wearing its ' },
    { kind: 'same', text: 'scarf, on a path' },
  ]);
  expect(wordDiff('', '')).toEqual([]);
  expect(wordDiff('same', 'same')).toEqual([{ kind: 'same', text: 'same' }]);
});

it('holds both texts whole', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c ', ' ', '\n', 'dd')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = wordDiff(before, after);
      expect(side(parts, 'added')).toBe(before);
      expect(side(parts, 'removed')).toBe(after);
    }),
  );
});

it('gives up on finding what is common before it takes long', () => {
  const many = (word: string) => Array.from({ length: 3000 }, (_, i) => `${word}${i}`).join(' ');
  expect(wordDiff(`x ${many('a')}`, `x ${many('b')}`).map(({ kind }) => kind)).toEqual(['same', 'removed', 'added']);
});
