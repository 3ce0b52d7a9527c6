import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { config, post, PRO, type Json } from './__fixtures__/post.js';
import { jpeg, png, smallDraw } from './__fixtures__/tiny.js';
import { startEmulator } from './server.js';

/**
 * Bodies that @google/genai 2.32 and 3.1 were seen to send to a recording server, with real pictures in the place of its
 * eight-byte ones. No code of this project had a hand in them, so the emulator and the provider cannot share a mistake.
 */
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
beforeAll(async () => void (emulator = await startEmulator({ draw: smallDraw })));
afterAll(() => emulator.close());

describe('captured bodies', () => {
  it('are taken by a model that has all they ask for', async () => {
    expect((await post(emulator.url, await captured())).status).toBe(200);
  });
  it.each([
    '/v1',
    '/v1beta',
    '/v1beta1',
    '/v1beta1/publishers/google',
    '/v1beta1/projects/p/locations/global/publishers/google',
  ])('are taken under %s', async (prefix) =>
    expect((await post(emulator.url, await captured(), { prefix })).status).toBe(200),
  );
  it('are taken with snake_case names, as gateways send them', async () => {
    const snake = JSON.stringify(await captured()).replace(
      /"([a-zA-Z]+)":/g,
      (_, key: string) => `"${key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}":`,
    );
    expect(snake).toContain('"inline_data"');
    expect((await post(emulator.url, snake)).status).toBe(200);
  });
  it('of a chat are taken as long as every picture has its signature', async () => {
    const contents = chat();
    expect((await post(emulator.url, { contents }, { model: PRO })).status).toBe(200);
    delete contents[1]?.parts[3]?.['thoughtSignature'];
    const { status, body } = await post(emulator.url, { contents }, { model: PRO });
    expect([status, body.error?.message]).toEqual([
      400,
      expect.stringContaining('Image part is missing a thought_signature in content position 2, part position 4'),
    ]);
    expect((await post(emulator.url, { contents }, { model: 'gemini-2.5-flash-image' })).status).toBe(200);
  });
  it('of a chat with a refused turn in it are taken', async () => {
    const [first] = chat();
    expect(
      (
        await post(emulator.url, {
          contents: [first, { role: 'model', parts: [] }, { role: 'user', parts: [{ text: 'again' }] }],
        })
      ).status,
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
  expect((await post(emulator.url, again(part.inlineData.data), { model: PRO })).status).toBe(200);
  expect((await post(emulator.url, again(png()), { model: PRO })).body.error?.message).toMatch(
    /^Corrupted thought signature/,
  );
});
