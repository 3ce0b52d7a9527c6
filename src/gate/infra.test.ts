import { describe, expect, it } from 'vitest';
import { infraFailure } from './infra.js';

const made = (name: string, outcome: string, n: number) =>
  Array.from({ length: n }, () => ({ case: name, variant: 'm@v1', outcome }));

describe('infrastructure failure', () => {
  it.each([
    ['none', [...made('a', 'ok', 10)], null],
    ['a fifth is still bearable', [...made('a', 'ok', 8), ...made('a', 'infra_error', 2)], null],
    ['more than a fifth is not', [...made('a', 'ok', 7), ...made('a', 'infra_error', 3)], /3 of 10 samples/],
    [
      'a case with nothing else',
      [...made('a', 'ok', 20), ...made('b', 'infra_error', 1)],
      /b has no usable sample on m@v1/,
    ],
    ['refusals are no infrastructure', [...made('a', 'refused', 10)], null],
    ['nothing at all', [], null],
  ])('%s', (_, samples, expected) => {
    const found = infraFailure(samples);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatch(expected);
  });
});
