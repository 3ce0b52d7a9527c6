import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefused, one, post, PRO, type Refused } from './__fixtures__/post.js';
import { jpeg, png, smallDraw, webp } from './__fixtures__/tiny.js';
import { startEmulator } from './server.js';

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => void (emulator = await startEmulator({ draw: smallDraw })));
afterAll(() => emulator.close());

describe('an input is refused with', () => {
  const cases: Refused[] = [
    [
      'image/jpg',
      PRO,
      one({ inlineData: { mimeType: 'image/jpg', data: png() } }),
      /Unhandled generated data mime type: image\/jpg/,
    ],
    [
      'a GIF',
      PRO,
      one({ inlineData: { mimeType: 'image/gif', data: 'R0lGODlhAQABAAAAACw=' } }),
      /Unhandled generated data mime type: image\/gif/,
    ],
    [
      'no base64',
      PRO,
      one({ inlineData: { mimeType: 'image/png', data: '***' } }),
      /contents\[0\].parts\[1\].inline_data.data' \(TYPE_BYTES\), Base64 decoding failed/,
    ],
    ['no picture', PRO, one({ inlineData: { mimeType: 'image/png', data: 'AAAA' } }), /Unable to process input image/],
    [
      'a header without a picture',
      PRO,
      one({ inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }),
      /Unable to process input image/,
    ],
    [
      '15 pictures',
      PRO,
      {
        contents: [
          {
            role: 'user',
            parts: Array.from({ length: 15 }, () => ({ inlineData: { mimeType: 'image/png', data: png() } })),
          },
        ],
      },
      /15 input images; models\/gemini-3-pro-image takes at most 14/,
    ],
  ];
  it.each(cases)('%s', (...refused) => expectRefused(emulator.url, refused));
});

describe('a label', () => {
  it.each([
    ['image/png', jpeg],
    ['image/jpeg', async () => png()],
    ['image/png', webp],
  ])('a label %s on other bytes', async (mimeType, picture) => {
    const { body } = await post(emulator.url, one({ inlineData: { mimeType, data: await picture() } }));
    expect(body.error?.message).toMatch(/Unhandled generated data mime type/);
  });
});

it('refuses a file that was never uploaded', async () => {
  expect(await post(emulator.url, one({ fileData: { fileUri: 'files/abc', mimeType: 'image/png' } }))).toMatchObject({
    status: 403,
  });
});
