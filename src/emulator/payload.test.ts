import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { config, expectRefused, one, post, PRO, type Refused } from './__fixtures__/post.js';
import { smallDraw } from './__fixtures__/tiny.js';
import { startEmulator } from './server.js';

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => void (emulator = await startEmulator({ draw: smallDraw, bodyLimit: 200_000 })));
afterAll(() => emulator.close());

describe('a payload is refused with', () => {
  const cases: Refused[] = [
    [
      'a seed of 32 bits',
      PRO,
      config({ seed: 2 ** 31 }),
      /Invalid value at 'generation_config.seed' \(TYPE_INT32\), 2147483648/,
    ],
    [
      'a seed that is a word',
      PRO,
      config({ seed: 'x' }),
      /Invalid value at 'generation_config.seed' \([A-Z0-9_]+\), "x"/,
    ],
    [
      'an unknown field',
      PRO,
      { ...config({}), prompt: 'a' },
      /^Invalid JSON payload received. Unknown name "prompt": Cannot find field.$/,
    ],
    [
      'an unknown setting',
      PRO,
      config({ aspectRatio: '1:1' }),
      /^Invalid JSON payload received. Unknown name "aspectRatio" at 'generation_config': Cannot find field.$/,
    ],
    [
      'an unknown picture setting',
      PRO,
      config({ imageConfig: { size: '1K' } }),
      /Unknown name "size" at 'generation_config.image_config'/,
    ],
    [
      'a setting of Vertex',
      PRO,
      config({ imageConfig: { imageOutputOptions: { mimeType: 'image/png' } } }),
      /Unknown name "imageOutputOptions"/,
    ],
    ['labels', PRO, { ...config({}), labels: { a: 'b' } }, /Unknown name "labels"/],
    ['an unknown part', PRO, one({ image: 'x' }), /Unknown name "image" at 'contents\[0\].parts\[1\]'/],
    ['an empty part', PRO, one({}), /contents\[0\].parts\[1\].data: required oneof field/],
    ['no contents', PRO, {}, /contents is not specified/],
    [
      'no parts',
      PRO,
      { contents: [{ role: 'user', parts: [] }] },
      /contents\[0\].parts: contents.parts must not be empty/,
    ],
    ['a role', PRO, { contents: [{ role: 'system', parts: [{ text: 'a' }] }] }, /Please use a valid role: user, model/],
    ['an answer at the end', PRO, { contents: [{ role: 'model', parts: [{ text: 'a' }] }] }, /end with a user role/],
    ['JSON that ends early', PRO, '{"contents": [', /^Invalid JSON payload received/],
    ['an empty body', PRO, '', /^Invalid JSON payload received/],
    ['a bottomless body', PRO, `{"contents": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`, /Message too deep/],
    ['a list', PRO, '[]', /Root element must be a message/],
  ];
  it.each(cases)('%s', (...refused) => expectRefused(emulator.url, refused));
});

it('names every unknown field at once, also where programs look for it', async () => {
  const { body } = await post(emulator.url, config({ wide: 1, imageConfig: { tall: 2 } }));
  expect(body.error?.message.split('\n')).toHaveLength(2);
  expect(body.error?.details?.[0]).toMatchObject({
    '@type': 'type.googleapis.com/google.rpc.BadRequest',
    fieldViolations: [{}, {}],
  });
});

it('refuses a body over the limit with an answer that can be read', async () => {
  const { status, body } = await post(emulator.url, one({ text: 'a'.repeat(300_000) }));
  expect([status, body.error?.message]).toEqual([413, 'Request payload size exceeds the limit: 200000 bytes.']);
});
