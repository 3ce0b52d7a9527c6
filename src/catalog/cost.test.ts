import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from './catalog.js';
import { costOf, estimateCall, type Usage } from './cost.js';

/** prompt text, prompt image, output text, output image, thoughts. */
function usage(text: number, image: number, words: number, picture: number, thoughts: number): Usage {
  const total = text + image + words + picture + thoughts;
  return { prompt: { text, image }, output: { text: words, image: picture }, thoughts, total };
}

describe('costOf', () => {
  it.each<[string, string, Usage, number]>([
    ['1K with a reference, caption and thoughts', 'gemini-3-pro-image', usage(14, 516, 12, 1120, 200), 0.138004],
    ['a published 4K answer', 'gemini-3-pro-image', usage(326, 0, 340, 2000, 337), 0.248776],
    ['a refused prompt', 'gemini-3-pro-image', usage(530, 0, 0, 0, 0), 0.00106],
    ['a refusal after thinking', 'gemini-3-pro-image', usage(530, 0, 0, 0, 225), 0.00376],
    ['2K on the default model', 'gemini-nano-banana-2.1', usage(100, 1120, 0, 1680, 0), 0.05223],
    ['the smallest size', 'gemini-3.1-flash-image', usage(10, 0, 0, 747, 0), 0.044825],
    ['the oldest model', 'gemini-2.5-flash-image', usage(0, 0, 0, 1290, 0), 0.0387],
    ['nothing used', 'gemini-3-pro-image', usage(0, 0, 0, 0, 0), 0],
  ])('%s', (_name, model, used, usd) => {
    expect(costOf(model, used)).toBeCloseTo(usd, 12);
  });

  it.each(['gemini-9-image', '', 'gemini-3-pro-image-preview'])('has no price for %j, which is not free', (model) => {
    expect(costOf(model, usage(1, 1, 1, 1, 1))).toBeNull();
    expect(estimateCall(model, { promptChars: 100, images: 1 })).toBeNull();
  });
});

describe('estimateCall', () => {
  it('is exact on both ends', () => {
    // low: 600 / 6 + 2 * 280 in, 1120 out; high: 600 + 2 * 1120 in, 1120 out, 1000 + 2000 words and thoughts
    const { low, high } = estimateCall('gemini-3-pro-image', { promptChars: 600, images: 2 }) ?? { low: 0, high: 0 };
    expect(low).toBeCloseTo((660 * 2 + 1120 * 120) / 1e6, 12);
    expect(high).toBeCloseTo((2840 * 2 + 1120 * 120 + 3000 * 12) / 1e6, 12);
  });

  it('spans all sizes of the model when it does not know the one asked for', () => {
    const call = { promptChars: 0, images: 0 };
    const unknown = estimateCall('gemini-nano-banana-2.1', { ...call, imageSize: '8K' });
    expect(unknown?.low).toBe(estimateCall('gemini-nano-banana-2.1', { ...call, imageSize: '1K' })?.low);
    expect(unknown?.high).toBe(estimateCall('gemini-nano-banana-2.1', { ...call, imageSize: '4K' })?.high);
  });

  it.each<[string, string, number, number, string, Usage]>([
    ['published 4K answer', 'gemini-3-pro-image', 1300, 0, '4K', usage(326, 0, 340, 2000, 337)],
    ['answer with a reference', 'gemini-3-pro-image', 56, 1, '1K', usage(14, 516, 12, 1120, 200)],
    ['answer with much thought', 'gemini-3-pro-image', 400, 1, '1K', usage(100, 1120, 30, 1120, 900)],
  ])('bounds a real %s', (_name, model, promptChars, images, imageSize, used) => {
    const bounds = estimateCall(model, { promptChars, images, imageSize });
    const cost = costOf(model, used);
    expect(cost).toBeGreaterThan(bounds?.low ?? Infinity);
    expect(cost).toBeLessThan(bounds?.high ?? 0);
  });

  it('grows with everything that costs', () => {
    const priced = catalog.filter((model) => model.prices).map((model) => model.id);
    fc.assert(
      fc.property(fc.constantFrom(...priced), fc.nat(100_000), fc.nat(14), (model, promptChars, images) => {
        const here = estimateCall(model, { promptChars, images }) ?? { low: NaN, high: NaN };
        const more = estimateCall(model, { promptChars: promptChars + 6, images: images + 1 }) ?? { low: 0, high: 0 };
        expect(here.low).toBeGreaterThan(0);
        expect(here.high).toBeGreaterThan(here.low);
        expect(more.low).toBeGreaterThan(here.low);
        expect(more.high).toBeGreaterThan(here.high);
      }),
    );
  });
});

it('a batch job costs its share of every price', () => {
  const usage = { prompt: { text: 14, image: 516 }, output: { text: 12, image: 1120 }, thoughts: 200, total: 1862 };
  // (530 x $2 + 1120 x $120 + 212 x $12) / 1e6, and half of it.
  expect(costOf('gemini-3-pro-image', usage)).toBeCloseTo(0.138004, 9);
  expect(costOf('gemini-3-pro-image', usage, true)).toBeCloseTo(0.069002, 9);
  const call = { promptChars: 600, images: 1, imageSize: '1K' };
  const [live, batch] = [false, true].map((each) => estimateCall('gemini-nano-banana-2.1', { ...call, batch: each }));
  expect(batch).toEqual({ low: (live?.low ?? 0) / 2, high: (live?.high ?? 0) / 2 });
});

it('prices a judge by the day, and bounds what it may cost', () => {
  const used = { prompt: { text: 400, image: 1120 }, output: { text: 80, image: 0 }, thoughts: 120, total: 1720 };
  const [before, after] = ['2026-12-31', '2027-01-01'].map((day) => Date.parse(`${day}T12:00:00Z`));
  expect(costOf('gemini-3.8-flash', used, false, before)).toBeCloseTo((1520 * 0.75 + 200 * 3.75) / 1e6, 12);
  expect(costOf('gemini-3.8-flash', used, false, after)).toBeCloseTo((1520 * 1.5 + 200 * 7.5) / 1e6, 12);
  // Without a day nothing is promised to be cheap.
  expect(costOf('gemini-3.8-flash', used)).toBe(costOf('gemini-3.8-flash', used, false, after));
  expect(costOf('gemini-3.8-flash', used, true, before)).toBeCloseTo((1520 * 0.75 + 200 * 3.75) / 2e6, 12);
  const call = { promptChars: 1600, images: 1, statements: 6 };
  const now = estimateCall('gemini-3.8-flash', { ...call, at: before });
  expect(now?.low).toBeCloseTo(((267 + 560) * 0.75 + 30 * 3.75) / 1e6, 12);
  expect(now?.high).toBeCloseTo(((1600 + 2240) * 0.75 + 1240 * 3.75) / 1e6, 12);
  const ever = estimateCall('gemini-3.8-flash', call);
  expect(ever).toEqual({ low: now?.low, high: 2 * (now?.high ?? NaN) });
});
