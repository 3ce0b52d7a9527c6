import { ApiError, GoogleGenAI, type GenerateContentResponse } from '@google/genai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dimensions, sniff } from '../image/codec.js';
import { jpeg, png, tinyDraw } from './__fixtures__/tiny.js';
import { startEmulator, type RequestEntry } from './server.js';
import { STUDIO_VERSION } from './studio/studio.js';

const PRO = 'gemini-3-pro-image';
const seen: RequestEntry[] = [];
let emulator: Awaited<ReturnType<typeof startEmulator>>;
let ai: GoogleGenAI;
beforeAll(async () => {
  emulator = await startEmulator({ draw: tinyDraw, onRequest: (entry) => seen.push(entry), freshSeed: () => 77 });
  ai = new GoogleGenAI({ apiKey: 'k', apiVersion: 'v1beta', httpOptions: { baseUrl: emulator.url } });
});
afterAll(() => emulator.close());

const partsOf = (response: GenerateContentResponse) => response.candidates?.[0]?.content?.parts ?? [];
const pictureOf = (response: GenerateContentResponse) => {
  const blob = partsOf(response).find((part) => part.inlineData && !part.thought)?.inlineData;
  return { mime: blob?.mimeType, bytes: Buffer.from(blob?.data ?? '', 'base64') };
};

describe('generateContent through the SDK', () => {
  it('answers with words, a picture, a signature, usage and a stamp', async () => {
    const response = await ai.models.generateContent({
      model: PRO,
      contents: [
        {
          role: 'user',
          parts: [{ text: 'a robot on a summit..' }, { inlineData: { mimeType: 'image/png', data: png() } }],
        },
      ],
      config: { seed: 5, imageConfig: { aspectRatio: '16:9', imageSize: '4K' } },
    });
    expect(partsOf(response).map((part) => [typeof part.text, typeof part.thoughtSignature, part.thought])).toEqual([
      ['string', 'string', undefined],
      ['undefined', 'string', undefined],
    ]);
    const { mime, bytes } = pictureOf(response);
    expect(sniff(bytes)).toBe(mime);
    expect(await dimensions(bytes)).toEqual({ width: 5504, height: 3072 });
    expect(response.candidates?.[0]?.finishReason).toBe('STOP');
    expect(response.modelVersion).toBe(`${PRO}-emulated-${STUDIO_VERSION}`);
    expect(response.responseId).toMatch(/^emulated-5-[0-9a-f]+$/);
    expect(response.sdkHttpResponse?.headers?.['x-evaluate-emulator']).toBe('1');

    const usage = response.usageMetadata;
    // 21 characters are 6 tokens; a reference is 560; the caption's 34 characters are 9; a picture in 4K is 2000.
    expect(usage).toMatchObject({
      promptTokenCount: 566,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 6 },
        { modality: 'IMAGE', tokenCount: 560 },
      ],
      candidatesTokenCount: 2009,
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 2000 }],
    });
    expect(usage?.thoughtsTokenCount).toBeGreaterThan(0);
    expect(usage?.totalTokenCount).toBe(566 + 2009 + (usage?.thoughtsTokenCount ?? 0));
  });

  const ask = (config: object, contents: object[] = [{ text: 'a robot' }], model = PRO) =>
    ai.models.generateContent({ model, contents: [{ role: 'user', parts: contents }], config });

  it('gives the same bytes for the same request, others for another seed, prompt or model', async () => {
    const first = await ask({ seed: 1 });
    expect(await ask({ seed: 1 })).toMatchObject({ candidates: first.candidates, responseId: first.responseId });
    for (const other of [
      ask({ seed: 2 }),
      ask({ seed: 1 }, [{ text: 'a robot.' }]),
      ask({ seed: 1 }, undefined, 'emulated-steady'),
    ]) {
      expect(pictureOf(await other).bytes.equals(pictureOf(first).bytes)).toBe(false);
    }
  });

  it('makes up a seed for a request without one and names it in the response id', async () => {
    expect((await ask({})).responseId).toMatch(/^emulated-77-/);
  });

  it.each([
    ['a square without pictures', [], [1024, 1024]],
    ['the ratio of a tall picture', [png(90, 160)], [768, 1376]],
    ['the ratio of the last picture', [png(90, 160), png(300, 200)], [1264, 848]],
    ['the nearest ratio that the model has', [png(1000, 100)], [1584, 672]],
  ])('draws %s when no ratio is given', async (_, images, [width, height]) => {
    const response = await ask({}, [
      { text: 'x' },
      ...images.map((data) => ({ inlineData: { mimeType: 'image/png', data } })),
    ]);
    expect(await dimensions(pictureOf(response).bytes)).toEqual({ width, height });
  });

  it('leaves words out on request, and shows its thoughts on request', async () => {
    const silent = await ask({ responseModalities: ['IMAGE'] });
    expect(partsOf(silent).map((part) => Object.keys(part).sort())).toEqual([['inlineData', 'thoughtSignature']]);
    expect(silent.usageMetadata?.candidatesTokenCount).toBe(1120);
    const open = await ask({ thinkingConfig: { includeThoughts: true } });
    expect(partsOf(open).map((part) => part.thought ?? false)).toEqual([true, true, false, false]);
    expect(partsOf(open)[1]?.inlineData).toEqual(partsOf(open)[3]?.inlineData);
  });

  it('does not think and does not sign where the model does not', async () => {
    const response = await ask({}, undefined, 'gemini-2.5-flash-image');
    expect(partsOf(response).some((part) => part.thoughtSignature)).toBe(false);
    expect(response.usageMetadata).not.toHaveProperty('thoughtsTokenCount');
    expect(response.usageMetadata?.candidatesTokensDetails).toEqual([{ modality: 'IMAGE', tokenCount: 1290 }]);
  });

  it('streams the same answer part by part', async () => {
    const request = { model: PRO, contents: 'a robot', config: { seed: 9 } };
    const whole = await ai.models.generateContent(request);
    const chunks: GenerateContentResponse[] = [];
    for await (const chunk of await ai.models.generateContentStream(request)) chunks.push(chunk);
    expect(chunks.flatMap(partsOf)).toEqual(partsOf(whole));
    expect(chunks.map((chunk) => chunk.candidates?.[0]?.finishReason)).toEqual([undefined, 'STOP']);
    expect(chunks.at(-1)?.usageMetadata).toEqual(whole.usageMetadata);
  });

  it('carries a chat on from the picture it made', async () => {
    const chat = ai.chats.create({ model: PRO });
    const message = [{ text: 'draw' }, { inlineData: { mimeType: 'image/jpeg', data: await jpeg(90, 160) } }];
    const first = await chat.sendMessage({ message, config: { imageConfig: { aspectRatio: '21:9' } } });
    expect(await dimensions(pictureOf(first).bytes)).toEqual({ width: 1584, height: 672 });
    const second = await chat.sendMessage({ message: 'now blue' });
    expect(await dimensions(pictureOf(second).bytes)).toEqual({ width: 1584, height: 672 });
    expect(second.usageMetadata?.promptTokensDetails).toContainEqual({ modality: 'IMAGE', tokenCount: 2 * 560 });
  });

  it('counts tokens as the answer will bill them', async () => {
    const contents = [
      { role: 'user', parts: [{ text: 'abcd' }, { inlineData: { mimeType: 'image/png', data: png() } }] },
    ];
    expect((await ai.models.countTokens({ model: PRO, contents })).totalTokens).toBe(561);
  });

  it('answers on the Vertex paths, where the encoding can be chosen', async () => {
    const vertex = new GoogleGenAI({ enterprise: true, apiKey: 'k', httpOptions: { baseUrl: emulator.url } });
    for (const mimeType of ['image/png', 'image/jpeg']) {
      const response = await vertex.models.generateContent({
        model: PRO,
        contents: 'a robot',
        config: { labels: { team_name: 'a' }, imageConfig: { outputMimeType: mimeType } },
      });
      expect(sniff(pictureOf(response).bytes)).toBe(mimeType);
    }
    expect(seen.at(-1)?.path).toBe(`/v1beta1/publishers/google/models/${PRO}:generateContent`);
    const project = await fetch(
      `${emulator.url}/v1beta1/projects/p/locations/global/publishers/google/models/${PRO}:generateContent`,
      {
        method: 'POST',
        headers: { authorization: 'Bearer t' },
        body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'a' }] }] }),
      },
    );
    expect(project.status).toBe(200);
  });

  it('tells of each request', async () => {
    seen.length = 0;
    await ask({ seed: 3 });
    await expect(ask({}, undefined, 'gemini-3-pro-imagine')).rejects.toBeInstanceOf(ApiError);
    expect(seen).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: `/v1beta/models/${PRO}:generateContent`,
        model: PRO,
        status: 200,
      }),
      expect.objectContaining({
        model: 'gemini-3-pro-imagine',
        status: 404,
        bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    ]);
    expect(seen.every((entry) => entry.finishedAt >= entry.startedAt)).toBe(true);
  });
});

describe('models', () => {
  it('lists what answers, page by page, and shows one', async () => {
    const names: (string | undefined)[] = [];
    for await (const model of await ai.models.list({ config: { pageSize: 2 } })) names.push(model.name);
    expect(names).toContain(`models/${PRO}`);
    expect(names).toContain('models/emulated-drifting');
    expect(names).not.toContain('models/gemini-3-pro-image-preview');
    expect(new Set(names).size).toBe(names.length);
    expect(await ai.models.get({ model: PRO })).toMatchObject({
      name: `models/${PRO}`,
      supportedActions: expect.arrayContaining(['generateContent']),
    });
  });
});
