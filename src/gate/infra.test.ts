import { describe, expect, it } from 'vitest';
import { infraFailure } from './infra.js';

const made = (name: string, outcome: string, n: number) =>
  Array.from({ length: n }, (_, index) => ({
    case: name,
    variant: 'm@v1',
    sample: 100 * outcome.length + index,
    outcome,
  }));
const conversations = (name: string, outcomes: string[], n: number) =>
  Array.from({ length: n }, (_, sample) =>
    outcomes.map((outcome, index) => ({ case: name, variant: 'm@v1', sample, turn: index + 1, outcome })),
  ).flat();

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
    ['one sample', made('a', 'infra_error', 1), /^1 of 1 sample ended in infrastructure errors$/],
    ['refusals are no infrastructure', [...made('a', 'refused', 10)], null],
    ['nothing at all', [], null],
    [
      'a conversation in twenty',
      conversations('a', ['ok', 'ok', 'ok'], 20).concat(conversations('b', ['ok', 'infra_error', 'skipped'], 1)),
      /b has no usable/,
    ],
    ['conversations count once', conversations('a', ['ok', 'infra_error', 'skipped'], 3), /3 of 3 samples/],
  ])('%s', (_, samples, expected) => {
    const found = infraFailure(samples);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatch(expected);
  });
});
