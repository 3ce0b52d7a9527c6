import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalog, judges, modelInfo, pixelsOf, pricesAsOf } from './catalog.js';

const date = z.iso.date();
const tokens = z.int().nonnegative();
const side = z.int().min(64);
const spread = z.strictObject({ typical: z.int().nonnegative(), worst: z.int().nonnegative() });
const about = {
  id: z.string().regex(/^[a-z0-9.-]+$/),
  name: z.string().min(1),
  status: z.strictObject({
    state: z.enum(['stable', 'deprecated', 'shut-down']),
    date,
    note: z.string().optional(),
    source: z.string().min(1),
  }),
  thinking: z.array(z.enum(['minimal', 'low', 'medium', 'high'])),
  latencyMs: spread,
};
const dollars = z.number().positive();
const rates = {
  input: dollars,
  textOutput: dollars,
  asOf: date,
  source: z.string().min(1),
  batch: z
    .strictObject({
      share: z.number().positive().max(1),
      asOf: date,
      source: z.string().min(1),
      assumed: z.literal(true).optional(),
    })
    .optional(),
};
const judge = z.strictObject({
  ...about,
  prices: z.strictObject({
    ...rates,
    later: z.strictObject({ from: date, input: dollars, textOutput: dollars }).optional(),
  }),
  tokens: z.strictObject({ inputImage: tokens, thoughts: spread }),
});
const model = z.strictObject({
  ...about,
  emulatedOnly: z.literal(true).optional(),
  ratios: z.array(z.string().regex(/^\d+:\d+$/)),
  sizes: z.array(z.enum(['512', '1K', '2K', '4K'])),
  references: z.strictObject({ max: z.int().nonnegative(), well: z.int().nonnegative() }),
  text: z.strictObject({ drawn: z.literal('poorly'), asOf: z.iso.date(), source: z.string() }).optional(),
  bestEffort: z.array(z.enum(['seed', 'temperature', 'topP'])),
  prices: z.strictObject({ ...rates, imageOutput: dollars }).nullable(),
  tokens: z.strictObject({ outputImage: z.record(z.string(), tokens), inputImage: tokens, thoughts: spread }),
  pixels: z.record(z.string(), z.record(z.string(), z.tuple([side, side]))),
});

describe('the table of models', () => {
  it('has the shape its type says', () => {
    expect(z.array(model).safeParse(catalog).error).toBeUndefined();
    expect(z.array(judge).min(1).safeParse(judges).error).toBeUndefined();
  });

  it('names each model once, a judge among them', () => {
    const all = [...catalog, ...judges];
    expect(new Set(all.map((info) => info.id)).size).toBe(all.length);
  });

  it('is as new as its newest price', () => {
    expect(
      [...catalog, ...judges]
        .map((info) => info.prices?.asOf ?? '')
        .sort()
        .at(-1),
    ).toBe(pricesAsOf);
  });

  const alive = catalog.filter((info) => info.status.state !== 'shut-down');
  it.each(alive.map((info) => [info.id, info] as const))('%s has tokens and pixels for all it takes', (_id, info) => {
    const sizes = info.sizes.length > 0 ? info.sizes : ['default'];
    expect(Object.keys(info.tokens.outputImage).sort()).toEqual([...sizes].sort());
    expect(Object.keys(info.pixels).sort()).toEqual([...sizes].sort());
    for (const size of sizes) expect(Object.keys(info.pixels[size] ?? {})).toEqual(info.ratios);
    expect(info.prices).not.toBeNull();
    expect(info.references.well).toBeLessThanOrEqual(info.references.max);
  });

  it.each(alive.map((info) => [info.id, info] as const))('%s draws the ratios it names within 5.5 %%', (_id, info) => {
    for (const rows of Object.values(info.pixels)) {
      for (const [ratio, [width, height]] of Object.entries(rows)) {
        const [across = NaN, down = NaN] = ratio.split(':').map(Number);
        expect(Math.abs(width / height / (across / down) - 1), `${ratio} as ${width}x${height}`).toBeLessThan(0.055);
      }
    }
  });

  it.each(catalog.filter((info) => info.status.state !== 'stable').map((info) => [info.id, info.status] as const))(
    '%s says what to use instead, and that lives',
    (_id, status) => {
      const instead = /use (\S+)\.$/i.exec(status.note ?? '')?.[1] ?? '';
      expect(modelInfo(instead)?.status.state).toBe('stable');
    },
  );

  it('gives the emulated models the figures of the model they stand for', () => {
    const real = modelInfo('gemini-nano-banana-2.1');
    const emulated = catalog.filter((info) => info.emulatedOnly);
    expect(emulated.map((info) => info.id)).toEqual(['emulated-steady', 'emulated-drifting']);
    for (const info of emulated) {
      const { ratios, sizes, prices, tokens: used, pixels, thinking, references } = info;
      expect({ ratios, sizes, prices, tokens: used, pixels, thinking, references }).toEqual({
        ratios: real?.ratios,
        sizes: real?.sizes,
        prices: real?.prices,
        tokens: real?.tokens,
        pixels: real?.pixels,
        thinking: real?.thinking,
        references: real?.references,
      });
    }
  });
});

describe('pixelsOf', () => {
  it.each([
    ['gemini-3-pro-image', '16:9', undefined, [1376, 768]],
    ['gemini-3-pro-image', '16:9', '4K', [5504, 3072]],
    ['gemini-2.5-flash-image', '16:9', undefined, [1344, 768]],
    ['gemini-3.1-flash-image', '1:1', undefined, [1024, 1024]],
    ['gemini-3.1-flash-image', '21:9', '512', [784, 336]],
    ['gemini-3-pro-image', '8:1', '1K', null],
    ['nobody', '1:1', '1K', null],
  ])('%s %s %s', (id, ratio, size, expected) => {
    expect(pixelsOf(id, ratio, size)).toEqual(expected);
  });
});
