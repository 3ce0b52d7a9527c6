import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadEncoder } from '../encode/load.js';
import { scene, sheet } from './__fixtures__/characters.js';
import { inputOf } from './__fixtures__/pictures.js';
import { metrics } from './metrics/index.js';
import { scoreSample } from './score.js';

/** The embedded encoder through the whole of scoring; how well it tells characters apart is measured elsewhere. */
it('tells two plainly different characters apart', async () => {
  const modelsFolder = fileURLToPath(new URL('../../models', import.meta.url));
  const encoder = await loadEncoder('pocket', { modelsFolder, cacheFolder: modelsFolder });
  const forgetful = { get: () => null, put: () => undefined };
  const score = async (shown: 'red' | 'blue', asked: 'red' | 'blue') => {
    const reference = {
      image: await sheet(asked),
      sha256: asked.padEnd(64, '0'),
      views: ['front', 'back'].map((name) => ({ name, box: null })),
      character: asked,
    };
    return scoreSample(
      inputOf(await scene(shown), { sheets: [reference], encoder }),
      Object.values(metrics),
      forgetful,
    );
  };
  const [own, other] = [await score('red', 'red'), await score('blue', 'red')];
  expect(own['consistency']?.value).toBeGreaterThan((other['consistency']?.value ?? Infinity) + 0.2);
  expect(own['consistency']?.evidence).toMatchObject({ characterFound: true });
  expect(own['clip-cosine']?.value).toBeLessThan(1);
  expect(Object.keys(own)).toEqual(Object.keys(metrics));
}, 120_000);
