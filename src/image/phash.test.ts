import { describe, expect, it } from 'vitest';
import { picture } from '../score/__fixtures__/pictures.js';
import reference from '../score/__fixtures__/reference.json' with { type: 'json' };
import { hashDistance, phash } from './phash.js';
import { luma } from './plane.js';

describe('phash', () => {
  it.each(Object.entries(reference))('of %s.png is that of SciPy', async (name, expected) => {
    expect([...phash(luma(await picture(`${name}.png`)))].join('')).toBe(expected.phash);
  });
  it('is near for a blurred copy and far for other pictures', async () => {
    const hash = async (name: string) => phash(luma(await picture(name)));
    const small = await hash('small.png');
    expect(hashDistance(small, await hash('blurred.png'))).toBeLessThanOrEqual(4);
    const turned = luma(await picture('small.png'));
    expect(hashDistance(small, phash({ ...turned, values: turned.values.toReversed() }))).toBeGreaterThan(16);
  });
});
