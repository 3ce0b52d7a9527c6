import { describe, expect, it } from 'vitest';
import { limitsFor, resolveLimits } from './limits.js';
import { suiteFile } from './schema.js';

const written = (text: object) =>
  resolveLimits(suiteFile.parse({ name: 'fox', models: ['a'], revisions: ['v1'], cases: { forest: {} }, ...text }), {
    model: 'judge',
    votes: 3,
  });

describe('limits', () => {
  it.each([
    ['none', {}, {}, {}],
    ['of the suite', { limits: { rpm: 10, rpd: 250 } }, {}, { rpm: 10, rpd: 250 }],
    [
      'of the model over those of the suite',
      { limits: { rpm: 10, tpm: 5000 }, models: [{ id: 'a', limits: { rpm: 2, concurrency: 1 } }] },
      {},
      { rpm: 2, tpm: 5000, concurrency: 1 },
    ],
    [
      'the tighter ones of two entries, which share a quota',
      {
        models: [
          { id: 'a', limits: { rpm: 2, tpm: 9 } },
          { id: 'a', name: 'high', limits: { rpm: 5, rpd: 3 } },
        ],
      },
      {},
      { rpm: 2, tpm: 9, rpd: 3 },
    ],
    ['of another model', { models: ['a', { id: 'b', limits: { rpm: 2 } }] }, {}, {}],
    ['of a flag over all', { models: [{ id: 'a', limits: { rpm: 2, tpm: 7 } }] }, { rpm: 60 }, { rpm: 60, tpm: 7 }],
  ])('%s', (_, text, flags, expected) => {
    expect(limitsFor({ limits: written(text) }, 'a', flags)).toEqual(expected);
  });

  it('of the judge stand beside those of the models', () => {
    const limits = written({ limits: { rpm: 10, tpm: 7 }, judge: { limits: { rpm: 2 } } });
    expect(limitsFor({ limits }, 'judge', {})).toEqual({ rpm: 2, tpm: 7 });
    expect(limitsFor({ limits }, 'a', {})).toEqual({ rpm: 10, tpm: 7 });
  });

  it.each([{ rpm: 0 }, { rpm: 1.5 }, { rpx: 3 }])('refuses %o', (limits) => {
    expect(() => written({ limits })).toThrow();
  });
});
