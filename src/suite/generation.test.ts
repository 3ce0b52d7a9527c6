import { expect, it } from 'vitest';
import { generationFor } from './generation.js';

it('lays the case over the model over the suite', () => {
  const suite = { generation: { aspectRatio: '1:1', imageSize: '1K', seed: 1 } };
  const model = { generation: { imageSize: '2K', seed: 2 } };
  expect(generationFor(suite, model, { generation: { seed: 3 } })).toEqual({
    aspectRatio: '1:1',
    imageSize: '2K',
    seed: 3,
  });
  expect(generationFor(suite, { generation: {} }, { generation: {} })).toEqual(suite.generation);
});
