import { afterAll, beforeAll, describe, it } from 'vitest';
import { config, expectRefused, PRO, type Refused } from './__fixtures__/post.js';
import { smallDraw } from './__fixtures__/tiny.js';
import { startEmulator } from './server.js';

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => void (emulator = await startEmulator({ draw: smallDraw })));
afterAll(() => emulator.close());

describe('a model refuses', () => {
  const cases: Refused[] = [
    [
      'a ratio no model has',
      PRO,
      config({ imageConfig: { aspectRatio: '7:5' } }),
      /aspect_ratio must be one of '1:1'.*got '7:5'/,
    ],
    ['a ratio of other models', PRO, config({ imageConfig: { aspectRatio: '8:1' } }), /aspect_ratio must be one of/],
    [
      'a size in lower case',
      PRO,
      config({ imageConfig: { imageSize: '2k' } }),
      /image_size must be one of '1K', '2K', '4K', got '2k'/,
    ],
    [
      '512 on 2.1',
      'gemini-nano-banana-2.1',
      config({ imageConfig: { imageSize: '512' } }),
      /image_size must be one of/,
    ],
    [
      '2K on lite',
      'gemini-3.1-flash-lite-image',
      config({ imageConfig: { imageSize: '2K' } }),
      /image_size must be one of '1K'/,
    ],
    [
      'any size on 2.5',
      'gemini-2.5-flash-image',
      config({ imageConfig: { imageSize: '1K' } }),
      /image_size is not supported for models/,
    ],
    [
      'a thinking level on Pro',
      PRO,
      config({ thinkingConfig: { thinkingLevel: 'high' } }),
      /^Thinking level is not supported for this model/,
    ],
    [
      'a level the model lacks',
      'gemini-3.1-flash-image',
      config({ thinkingConfig: { thinkingLevel: 'MEDIUM' } }),
      /^Thinking level MEDIUM is not supported/,
    ],
    [
      'thinking on 2.5',
      'gemini-2.5-flash-image',
      config({ thinkingConfig: { includeThoughts: true } }),
      /^Thinking is not enabled for models\/gemini-2.5-flash-image/,
    ],
    ['sound', PRO, config({ responseModalities: ['AUDIO'] }), /response modalities/],
    ['two candidates', PRO, config({ candidateCount: 2 }), /Multiple candidates/],
    ['too hot', PRO, config({ temperature: 2.1 }), /temperature: must be in the range \[0.0, 2.0\], got 2.1/],
    ['JSON mode', PRO, config({ responseMimeType: 'application/json' }), /JSON mode is not enabled/],
    ['functions', PRO, { ...config({}), tools: [{ functionDeclarations: [] }] }, /Function calling is not enabled/],
    [
      'an unknown safety category',
      PRO,
      { ...config({}), safetySettings: [{ category: 'FUN', threshold: 'OFF' }] },
      /safety_settings\[0\].category/,
    ],
  ];
  it.each(cases)('%s', (...refused) => expectRefused(emulator.url, refused));
});
