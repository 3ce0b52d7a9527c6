import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg, png, tinyDraw, webp } from './__fixtures__/tiny.js';
import { startEmulator } from './server.js';

/**
 * What is refused, and how. The bodies are what @google/genai 2.32 and 3.1 were seen to send to a recording server, with
 * real pictures in the place of its eight-byte ones; no code of this project had a hand in them.
 */
type Json = Record<string, unknown>;
const PRO = 'gemini-3-pro-image';
const captured = async (): Promise<Json> => ({
  contents: [
    {
      parts: [
        { text: 'Combine A and B' },
        { inlineData: { mimeType: 'image/png', data: png() } },
        { inlineData: { mimeType: 'image/jpeg', data: await jpeg() } },
      ],
      role: 'user',
    },
  ],
  systemInstruction: { parts: [{ text: 'You are an illustrator' }], role: 'user' },
  safetySettings: [{ category: 'HARM_CATEGORY_DANGEROUS_CONTENT', threshold: 'BLOCK_ONLY_HIGH' }],
  generationConfig: {
    temperature: 0.4,
    topP: 0.9,
    candidateCount: 1,
    seed: 42,
    responseModalities: ['TEXT', 'IMAGE'],
    thinkingConfig: { includeThoughts: true, thinkingLevel: 'high' },
    imageConfig: { aspectRatio: '16:9', imageSize: '2K' },
  },
});
const chat = (): { parts: Json[]; role: string }[] => [
  { parts: [{ text: 'make' }, { inlineData: { mimeType: 'image/png', data: png() } }], role: 'user' },
  {
    parts: [
      { text: 'thinking about it', thought: true },
      { inlineData: { mimeType: 'image/png', data: png() }, thought: true },
      { text: 'Here is it.', thoughtSignature: 'c2lnLXRleHQ=' },
      { inlineData: { mimeType: 'image/png', data: png() }, thoughtSignature: 'c2lnLWltYWdl' },
    ],
    role: 'model',
  },
  { parts: [{ text: 'now blue' }], role: 'user' },
];

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(
  async () =>
    void (emulator = await startEmulator({
      draw: (order) => tinyDraw({ ...order, width: 8, height: 8 }),
      bodyLimit: 200_000,
    })),
);
afterAll(() => emulator.close());

async function post(
  body: unknown,
  {
    model = 'gemini-nano-banana-2.1',
    headers = { 'x-goog-api-key': 'k' } as Record<string, string>,
    prefix = '/v1beta',
  } = {},
) {
  const response = await fetch(`${emulator.url}${prefix}/models/${model}:generateContent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(response.headers.get('x-evaluate-emulator')).toBe('1');
  return {
    status: response.status,
    body: (await response.json()) as { error?: { code: number; message: string; status: string; details?: Json[] } },
  };
}
const one = (part: Json, rest: Json = {}) => ({ contents: [{ role: 'user', parts: [{ text: 'a' }, part] }], ...rest });
const config = (generationConfig: Json) => ({ contents: [{ role: 'user', parts: [{ text: 'a' }] }], generationConfig });

describe('captured bodies', () => {
  it('are taken by a model that has all they ask for', async () => {
    expect((await post(await captured())).status).toBe(200);
  });
  it.each([
    '/v1',
    '/v1beta',
    '/v1beta1',
    '/v1beta1/publishers/google',
    '/v1beta1/projects/p/locations/global/publishers/google',
  ])('are taken under %s', async (prefix) => expect((await post(await captured(), { prefix })).status).toBe(200));
  it('are taken with snake_case names, as gateways send them', async () => {
    const snake = JSON.stringify(await captured()).replace(
      /"([a-zA-Z]+)":/g,
      (_, key: string) => `"${key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}":`,
    );
    expect(snake).toContain('"inline_data"');
    expect((await post(snake)).status).toBe(200);
  });
  it('of a chat are taken as long as every picture has its signature', async () => {
    const contents = chat();
    expect((await post({ contents }, { model: PRO })).status).toBe(200);
    delete contents[1]?.parts[3]?.['thoughtSignature'];
    const { status, body } = await post({ contents }, { model: PRO });
    expect([status, body.error?.message]).toEqual([
      400,
      expect.stringContaining('Image part is missing a thought_signature in content position 2, part position 4'),
    ]);
    expect((await post({ contents }, { model: 'gemini-2.5-flash-image' })).status).toBe(200);
  });
  it('of a chat with a refused turn in it are taken', async () => {
    const [first] = chat();
    expect(
      (await post({ contents: [first, { role: 'model', parts: [] }, { role: 'user', parts: [{ text: 'again' }] }] }))
        .status,
    ).toBe(200);
  });
});

it('refuses a signature of its own on another part', async () => {
  const answer = await (
    await fetch(`${emulator.url}/v1beta/models/${PRO}:generateContent?key=k`, {
      method: 'POST',
      body: JSON.stringify(config({ responseModalities: ['IMAGE'] })),
    })
  ).json();
  const part = answer.candidates[0].content.parts[0];
  const again = (data: string) => ({
    contents: [
      { role: 'user', parts: [{ text: 'a' }] },
      {
        role: 'model',
        parts: [
          {
            ...part,
            inlineData: { mimeType: data === part.inlineData.data ? part.inlineData.mimeType : 'image/png', data },
          },
        ],
      },
      { role: 'user', parts: [{ text: 'b' }] },
    ],
  });
  expect((await post(again(part.inlineData.data), { model: PRO })).status).toBe(200);
  expect((await post(again(png()), { model: PRO })).body.error?.message).toMatch(/^Corrupted thought signature/);
});

describe('keys', () => {
  it.each([
    ['none', {}, 403, 'PERMISSION_DENIED', /unregistered callers/],
    ['an empty one', { 'x-goog-api-key': '' }, 403, 'PERMISSION_DENIED', /unregistered callers/],
    ['a bad one', { 'x-goog-api-key': 'invalid' }, 400, 'INVALID_ARGUMENT', /^API key not valid/],
    ['a bad token', { authorization: 'Bearer invalid' }, 401, 'UNAUTHENTICATED', /invalid authentication credentials/],
  ])('%s', async (_, headers, code, status, message) => {
    const answer = await post(config({}), { headers });
    expect(answer.status).toBe(code);
    expect(answer.body.error).toMatchObject({ code, status, message: expect.stringMatching(message) });
  });
  it('names the reason where programs look for it', async () => {
    const { body } = await post(config({}), { headers: { 'x-goog-api-key': 'invalid' } });
    expect(body.error?.details?.[0]).toMatchObject({ reason: 'API_KEY_INVALID' });
  });
  it.each([{ authorization: 'Bearer t' }, { authorization: 'Bearer t', 'x-goog-api-key': 'unused' }])(
    'takes %o',
    async (headers) => expect((await post(config({}), { headers })).status).toBe(200),
  );
});

describe('models', () => {
  it.each([
    ['gemini-3-pro-imag', /not found for API version.*Did you mean 'gemini-3-pro-image'/],
    ['google/gemini-3-pro-image', /is not found/],
    ['gemini-3-pro-image-preview', /shut down on 2026-06-25/],
    ['gemini-2.5-flash-image-preview', /shut down on 2026-01-15/],
  ])('404 for %s', async (model, message) => {
    const { status, body } = await post(config({}), { model });
    expect([status, body.error?.status, body.error?.message]).toEqual([
      404,
      'NOT_FOUND',
      expect.stringMatching(message),
    ]);
  });
});

describe('400', () => {
  const cases: [string, string, unknown, RegExp][] = [
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
    ['JSON mode', PRO, config({ responseMimeType: 'application/json' }), /JSON mode is not enabled/],
    ['functions', PRO, { ...config({}), tools: [{ functionDeclarations: [] }] }, /Function calling is not enabled/],
    [
      'an unknown safety category',
      PRO,
      { ...config({}), safetySettings: [{ category: 'FUN', threshold: 'OFF' }] },
      /safety_settings\[0\].category/,
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
  it.each(cases)('%s', async (_, model, body, message) => {
    const answer = await post(body, { model });
    expect(answer.body.error?.message).toMatch(message);
    expect([answer.status, answer.body.error?.code, answer.body.error?.status]).toEqual([400, 400, 'INVALID_ARGUMENT']);
  });

  it.each([
    ['image/png', jpeg],
    ['image/jpeg', async () => png()],
    ['image/png', webp],
  ])('a label %s on other bytes', async (mimeType, picture) => {
    const { body } = await post(one({ inlineData: { mimeType, data: await picture() } }));
    expect(body.error?.message).toMatch(/Unhandled generated data mime type/);
  });
});

it('names every unknown field at once, also where programs look for it', async () => {
  const { body } = await post(config({ wide: 1, imageConfig: { tall: 2 } }));
  expect(body.error?.message.split('\n')).toHaveLength(2);
  expect(body.error?.details?.[0]).toMatchObject({
    '@type': 'type.googleapis.com/google.rpc.BadRequest',
    fieldViolations: [{}, {}],
  });
});

it('refuses a file that was never uploaded', async () => {
  expect(await post(one({ fileData: { fileUri: 'files/abc', mimeType: 'image/png' } }))).toMatchObject({ status: 403 });
});

it('refuses a body over the limit with an answer that can be read', async () => {
  const { status, body } = await post(one({ text: 'a'.repeat(300_000) }));
  expect([status, body.error?.message]).toEqual([413, 'Request payload size exceeds the limit: 200000 bytes.']);
});

it.each([
  ['GET', '/v1beta/nothing'],
  ['GET', '/v2/models'],
  ['POST', '/v1beta/models'],
  ['GET', '//'],
])('has no %s %s', async (method, path) => {
  const response = await fetch(`${emulator.url}${path}`, { method, headers: { 'x-goog-api-key': 'k' } });
  expect(response.status).toBe(404);
});
