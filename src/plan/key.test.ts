import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyContent, keyOf, seedOf, slotOf } from './key.js';

const content: KeyContent = {
  origin: 'gemini',
  model: 'gemini-3-pro-image',
  prompt: 'A robot.',
  images: [
    { mime: 'image/png', sha256: 'a'.repeat(64) },
    { mime: 'image/jpeg', sha256: 'b'.repeat(64) },
  ],
  generation: { aspectRatio: '16:9', imageSize: '1K' },
  seed: 1,
  sample: 1,
};

describe('key', () => {
  it('does not depend on the order of settings', () => {
    const generation = { imageSize: '1K', aspectRatio: '16:9' };
    expect(keyOf({ ...content, generation })).toBe(keyOf(content));
  });

  it('of a single turn is what it was before there were conversations', () => {
    expect(keyOf(content)).toBe('589f66042b6fc462621ab9454fa97ce830645d10db2259ed15b4b0b11153cf30');
    expect(keyOf({ ...content, history: undefined })).toBe(keyOf(content));
  });

  it.each<[string, Partial<KeyContent>]>([
    ['origin', { origin: 'emulator-1' }],
    ['model', { model: 'gemini-nano-banana-2.1' }],
    ['prompt', { prompt: 'A robot!' }],
    ['order of pictures', { images: [...content.images].reverse() }],
    ['a parent', { images: content.images.slice(0, 1) }],
    ['generation', { generation: { aspectRatio: '16:9' } }],
    ['seed', { seed: 2 }],
    ['sample', { sample: 2 }],
    ['history', { history: [{ prompt: 'A robot.', answer: { sha256: 'c'.repeat(64) } }] }],
  ])('changes with the %s', (_, change) => {
    expect(keyOf({ ...content, ...change })).not.toBe(keyOf(content));
  });

  it('changes with what was said before, and with what was answered', () => {
    const said = (...turns: [prompt: string, answer: string][]) =>
      keyOf({ ...content, history: turns.map(([prompt, answer]) => ({ prompt, answer: { sha256: answer } })) });
    const keys = [said(), said(['A', 'x']), said(['B', 'x']), said(['A', 'y']), said(['A', 'x'], ['A', 'y'])];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('tells no two prompts alike', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(keyOf({ ...content, prompt: a }) === keyOf({ ...content, prompt: b })).toBe(a === b);
      }),
    );
  });
});

describe('slot and seed', () => {
  it('is blind to the variant', () => {
    expect(slotOf('forest', 3)).toBe('forest#3');
    expect(slotOf('portrait', 3, 2)).toBe('portrait#3.2');
  });

  it('fits a signed 32-bit field and follows the run seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (seed, slot) => {
        const made = seedOf(seed, slot, {});
        expect(made).toBeGreaterThanOrEqual(0);
        expect(made).toBeLessThan(2 ** 31);
        expect(seedOf(seed, slot, { seed: 7 })).toBe(7);
      }),
    );
    expect(seedOf(0, 'forest#1', {})).not.toBe(seedOf(1, 'forest#1', {}));
  });
});
