import { GoogleGenAI, Type } from '@google/genai';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, encodePng } from '../../image/codec.js';
import { startEmulator } from '../server.js';
import { archiveRobot } from '../studio/character.js';
import { drawCast } from '../studio/studio.js';
import { filled, numberedLines } from './fill.js';
import { judged } from './statement.js';
import { type Truth, truthOf } from './truth.js';

const truth: Truth = {
  scene: { layout: 'scene', place: 'valley', light: 'golden', things: ['map', 'rocks'] },
  parts: [{ pose: 'walk', view: 'rear34', holding: 'map' }],
  captions: ['DAY ONE'],
  characters: [{ ...archiveRobot, backpack: 'small' }],
};

describe('a statement', () => {
  it.each([
    ['The robot is seen from behind', 'yes'],
    ['The robot is seen from the front', 'no'],
    ['The robot is not seen from the front', 'yes'],
    ['The robot holds a map', 'yes'],
    ['The robot is holding an open map in both hands', 'yes'],
    ['The robot holds ice axes', 'no'],
    ['There is no map', 'no'],
    ['There is a campfire', 'no'],
    ['The campfire is gone', 'unsure'],
    ['The scene is set in a valley', 'yes'],
    ['The robot is in a forest', 'no'],
    // From a valley mountains may be seen.
    ['There are mountains', 'unsure'],
    // Snow is drawn in many places without being asked for.
    ['There are snow patches', 'unsure'],
    ['It is golden hour', 'yes'],
    ['It is golden light', 'yes'],
    ['It is night', 'no'],
    ['The robot walks in a valley, in golden light', 'yes'],
    ['The robot sits in a valley', 'no'],
    ['The robot is asleep', 'no'],
    ['The robot wears a backpack', 'yes'],
    ['The robot wears a scarf', 'no'],
    ['The caption says "Day One"', 'yes'],
    ['The caption says "DAY TWO"', 'no'],
    ['There is one robot', 'yes'],
    ['There are two robots', 'no'],
    ['A robot can be seen', 'yes'],
    ['The robot looks happy', 'unsure'],
    ['The robot is made of felt', 'unsure'],
    ['', 'unsure'],
  ])('%s: %s', (says, expected) => {
    expect(judged(says, truth)).toBe(expected);
  });

  it('is answered with one of three words, whatever it says', () => {
    fc.assert(
      fc.property(fc.string(), (says) => {
        expect(['yes', 'no', 'unsure']).toContain(judged(says, truth));
      }),
    );
  });
});

it('takes numbered lines for what is asked', () => {
  expect(numberedLines('Look.\n1. A map\n  2) A lake \n3: no\nIn 1999. There')).toEqual([
    { number: 1, says: 'A map' },
    { number: 2, says: 'A lake' },
  ]);
});

it('fills any schema', () => {
  const answers = {
    type: 'ARRAY',
    items: { type: 'OBJECT', properties: { n: { type: 'INTEGER' }, is: { type: 'STRING', enum: ['no', 'yes'] } } },
  };
  const schema = { type: 'OBJECT', properties: { answers, note: { type: 'STRING' }, sure: { type: 'BOOLEAN' } } };
  const lines = numberedLines('1. a\n2. b');
  expect(filled(schema, lines, (says) => (says === 'a' ? 'no' : 'unsure'))).toEqual({
    answers: [
      { n: 1, is: 'no' },
      { n: 2, is: 'yes' },
    ],
    note: '',
    sure: false,
  });
  expect([{}, null, 3, { type: 'array' }].map((each) => filled(each, lines, () => ''))).toEqual([{}, {}, {}, []]);
});

const order = { width: 320, height: 192, seed: 5, mime: 'image/png' } as const;
const scene = () =>
  drawCast({
    ...order,
    characters: [archiveRobot],
    prompt: 'The robot stands in a forest, seen from behind, and holds a map.',
  });

it('knows of a picture only what the studio wrote into it', async () => {
  const { bytes } = await scene();
  expect(truthOf(bytes)).toMatchObject({ scene: { place: 'forest' }, parts: [{ view: 'back', holding: 'map' }] });
  const { raster } = await decode(bytes);
  if (!raster) throw new Error('the picture must decode');
  expect(truthOf(encodePng(raster))).toBeNull();
});

describe('a judge, over the SDK', () => {
  let emulator: Awaited<ReturnType<typeof startEmulator>>;
  beforeAll(async () => void (emulator = await startEmulator()));
  afterAll(() => emulator.close());
  const sdk = () => new GoogleGenAI({ apiKey: 'k', apiVersion: 'v1beta', httpOptions: { baseUrl: emulator.url } });
  const answers = {
    type: Type.ARRAY,
    items: {
      type: Type.OBJECT,
      properties: { n: { type: Type.INTEGER }, holds: { type: Type.STRING, enum: ['yes', 'no', 'unsure'] } },
    },
  };
  const responseSchema = { type: Type.OBJECT, properties: { answers } };

  it('answers in JSON of the schema, and counts tokens of words', async () => {
    const data = Buffer.from((await scene()).bytes).toString('base64');
    const response = await sdk().models.generateContent({
      model: 'gemini-3.8-flash',
      contents: [
        {
          role: 'user',
          parts: [
            { text: '1. The robot holds a map\n2. It is in a town\n3. It hums' },
            { inlineData: { mimeType: 'image/png', data } },
          ],
        },
      ],
      config: { seed: 1, temperature: 0, responseMimeType: 'application/json', responseSchema },
    });
    expect(JSON.parse(response.text ?? '')).toEqual({
      answers: [
        { n: 1, holds: 'yes' },
        { n: 2, holds: 'no' },
        { n: 3, holds: 'unsure' },
      ],
    });
    expect(response.modelVersion).toBe('gemini-3.8-flash-emulated-1');
    expect(response.usageMetadata).toMatchObject({
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 14 },
        { modality: 'IMAGE', tokenCount: 1120 },
      ],
      candidatesTokenCount: Math.ceil((response.text ?? '').length / 4),
    });
  });

  it.each([
    ['a picture', { responseModalities: ['IMAGE'] }, /response modalities \(IMAGE\) is not supported/],
    ['a ratio', { imageConfig: { aspectRatio: '1:1' } }, /Image config is not supported/],
    ['a schema without JSON', { responseSchema }, /needs response_mime_type/],
    ['a thinking level it has not', { thinkingConfig: { thinkingLevel: 'minimal' as never } }, /not supported/],
  ])('is not asked for %s', async (_, config, message) => {
    const asked = sdk().models.generateContent({ model: 'gemini-3.8-flash', contents: 'hello', config });
    await expect(asked).rejects.toThrow(message);
  });

  it('is no image model, and image models have no JSON mode', async () => {
    const asked = sdk().models.generateContent({
      model: 'gemini-3-pro-image',
      contents: 'hello',
      config: { responseMimeType: 'application/json', responseSchema },
    });
    await expect(asked).rejects.toThrow('JSON mode is not enabled for models/gemini-3-pro-image');
  });
});
