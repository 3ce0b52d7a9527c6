import { ApiError, GoogleGenAI, type GenerateContentResponse } from '@google/genai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, dimensions, sniff } from '../image/codec.js';
import { tinyDraw } from './__fixtures__/tiny.js';
import type { FaultName, FaultPlan } from './faults.js';
import { faultKinds } from './faults/index.js';
import { startEmulator, type RequestEntry } from './server.js';

/** Each fault as the SDK meets it, asked for by the header. */
const MODEL = 'gemini-3-pro-image';
const seen: RequestEntry[] = [];
let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(
  async () => void (emulator = await startEmulator({ draw: tinyDraw, onRequest: (entry) => seen.push(entry) })),
);
afterAll(() => emulator.close());

const ask = (fault: string, timeout = 20_000, url = emulator.url) =>
  new GoogleGenAI({
    apiKey: 'k',
    apiVersion: 'v1beta',
    httpOptions: { baseUrl: url, timeout, headers: { 'x-evaluate-fault': fault } },
  }).models.generateContent({ model: MODEL, contents: 'a robot', config: { seed: 1, responseModalities: ['IMAGE'] } });

const failure = async (answer: Promise<unknown>): Promise<Error> => {
  const outcome = await answer.then(
    () => null,
    (error: Error) => error,
  );
  if (!outcome) throw new Error('the call did not fail');
  return outcome;
};
const pictureOf = (response: GenerateContentResponse) => {
  const blob = response.candidates?.[0]?.content?.parts?.find((part) => part.inlineData)?.inlineData;
  return { mime: blob?.mimeType, bytes: Buffer.from(blob?.data ?? '', 'base64') };
};

interface GoogleBody {
  error: { code: number; status: string; details?: ({ '@type': string } & Record<string, unknown>)[] };
}
const refusal = async (fault: FaultName): Promise<GoogleBody['error']> => {
  const error = await failure(ask(fault));
  expect(error).toBeInstanceOf(ApiError);
  const { error: body } = JSON.parse(error.message) as GoogleBody;
  expect(body.code).toBe((error as ApiError).status);
  return body;
};
const detail = (error: GoogleBody['error'], type: string) => error.details?.find((one) => one['@type'].endsWith(type));
const quotaId = (error: GoogleBody['error']) =>
  (detail(error, 'QuotaFailure')?.['violations'] as { quotaId: string }[] | undefined)?.[0]?.quotaId;

const broken = (name: RegExp, code?: RegExp) => async (fault: FaultName) => {
  const error = await failure(ask(fault));
  expect(error).not.toBeInstanceOf(ApiError);
  expect(`${error.name}: ${error.message}`).toMatch(name);
  if (code) expect((error.cause as { code?: string } | undefined)?.code).toMatch(code);
};
const unfinished = (finishReason: string) => async (fault: FaultName) => {
  const { candidates, usageMetadata } = await ask(fault);
  expect(candidates).toEqual([{ finishReason, index: 0 }]);
  expect(usageMetadata?.candidatesTokenCount).toBeUndefined();
  expect(usageMetadata?.totalTokenCount).toBe(usageMetadata?.promptTokenCount);
};

const effects: Record<FaultName, (fault: FaultName) => Promise<void>> = {
  'rate-limit': async (fault) => {
    const error = await refusal(fault);
    expect([error.code, error.status]).toEqual([429, 'RESOURCE_EXHAUSTED']);
    expect(detail(error, 'RetryInfo')?.['retryDelay']).toBe('2s');
    expect(quotaId(error)).toMatch(/PerMinute/);
  },
  'rate-limit-silent': async (fault) => {
    const error = await refusal(fault);
    expect(error.code).toBe(429);
    expect(detail(error, 'RetryInfo')).toBeUndefined();
  },
  'daily-quota': async (fault) => expect(quotaId(await refusal(fault))).toMatch(/PerDay/),
  internal: async (fault) => expect(await refusal(fault)).toMatchObject({ code: 500, status: 'INTERNAL' }),
  unavailable: async (fault) => expect(await refusal(fault)).toMatchObject({ code: 503, status: 'UNAVAILABLE' }),
  deadline: async (fault) => expect(await refusal(fault)).toMatchObject({ code: 504, status: 'DEADLINE_EXCEEDED' }),
  'prompt-blocked': async (fault) => {
    const response = await ask(fault);
    expect(response.candidates).toBeUndefined();
    expect(response.promptFeedback?.blockReason).toBe('PROHIBITED_CONTENT');
    expect(response.usageMetadata?.promptTokenCount).toBe(2);
  },
  'image-safety': unfinished('IMAGE_SAFETY'),
  'no-image': unfinished('NO_IMAGE'),
  'text-only': async (fault) => {
    const { candidates, usageMetadata } = await ask(fault);
    expect(candidates?.[0]?.finishReason).toBe('STOP');
    expect(candidates?.[0]?.content?.parts?.map((part) => Object.keys(part))).toEqual([['text']]);
    expect(usageMetadata?.candidatesTokensDetails).toBeUndefined();
    expect(usageMetadata?.candidatesTokenCount).toBeGreaterThan(0);
  },
  'batch-expired': async (fault) => expect((await ask(fault)).candidates?.[0]?.finishReason).toBe('STOP'),
  'batch-failed': async (fault) => expect((await ask(fault)).candidates?.[0]?.finishReason).toBe('STOP'),
  'no-candidates': async (fault) => expect((await ask(fault)).candidates ?? []).toEqual([]),
  'no-parts': async (fault) => {
    const [candidate] = (await ask(fault)).candidates ?? [];
    expect([candidate?.finishReason, candidate?.content]).toEqual(['STOP', { role: 'model' }]);
  },
  'thought-only': async (fault) => {
    const parts = (await ask(fault)).candidates?.[0]?.content?.parts ?? [];
    expect(parts.map((part) => [part.thought, Boolean(part.inlineData), part.thoughtSignature])).toEqual([
      [true, true, undefined],
    ]);
  },
  // What is cut of an answer to an image model is its caption, and here none was asked for.
  'cut-text': async (fault) => expect(pictureOf(await ask(fault)).bytes.length).toBeGreaterThan(0),
  mislabelled: async (fault) => {
    const { mime, bytes } = pictureOf(await ask(fault));
    expect([mime, sniff(bytes)]).toEqual(['image/png', 'image/jpeg']);
  },
  'cut-image': async (fault) => {
    const { mime, bytes } = pictureOf(await ask(fault));
    expect(sniff(bytes)).toBe(mime);
    expect((await decode(bytes)).reason).toMatch(/cannot be decoded/);
  },
  'tiny-image': async (fault) =>
    expect(await dimensions(pictureOf(await ask(fault)).bytes)).toEqual({ width: 1, height: 1 }),
  oversize: async (fault) => {
    const { bytes } = pictureOf(await ask(fault));
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([30_000, 30_000]);
    expect((await decode(bytes)).reason).toMatch(/pixel limit/);
  },
  'wrong-ratio': async (fault) =>
    expect(await dimensions(pictureOf(await ask(fault)).bytes)).toEqual({ width: 1376, height: 768 }),
  'cut-body': broken(/TypeError: terminated/, /UND_ERR_SOCKET/),
  'bad-json': broken(/SyntaxError/),
  html: broken(/SyntaxError/),
  'bad-gateway': async (fault) => {
    const error = await failure(ask(fault));
    expect(error).toMatchObject({ name: 'ApiError', status: 502 });
    expect(error.message).toContain('<html>');
  },
  'empty-body': broken(/SyntaxError/),
  reset: broken(/TypeError: fetch failed/, /ECONNRESET/),
  hang: async () => {
    const before = seen.length;
    expect((await failure(ask('hang', 200))).name).toBe('AbortError');
    await expect.poll(() => seen.slice(before).map((entry) => entry.status)).toEqual([null]);
  },
  drip: async () => {
    const plan: FaultPlan = { rules: [{ fault: { name: 'drip', delay: 0.02 } }] };
    const slow = await startEmulator({ draw: tinyDraw, faults: plan });
    const started = performance.now();
    const response = await new GoogleGenAI({
      apiKey: 'k',
      apiVersion: 'v1beta',
      httpOptions: { baseUrl: slow.url },
    }).models.generateContent({
      model: MODEL,
      contents: 'a robot',
    });
    expect(performance.now() - started).toBeGreaterThan(19 * 20);
    expect((await decode(pictureOf(response).bytes)).raster).toBeDefined();
    await slow.close();
  },
};

describe('faults', () => {
  it.each(Object.entries(effects))('%s', (name, effect) => effect(name as FaultName));

  it('has a sentence on each for people', () => {
    expect(Object.values(faultKinds).every((kind) => kind.about.length > 5)).toBe(true);
  });

  it('names the nearest fault for a header that is none', async () => {
    expect((await failure(ask('rate-limits'))).message).toMatch(
      /unknown fault 'rate-limits'. Did you mean 'rate-limit'/,
    );
  });

  it('also strike streams', async () => {
    const ai = new GoogleGenAI({
      apiKey: 'k',
      apiVersion: 'v1beta',
      httpOptions: { baseUrl: emulator.url, headers: { 'x-evaluate-fault': 'cut-body' } },
    });
    const chunks: GenerateContentResponse[] = [];
    const error = await failure(
      (async () => {
        for await (const chunk of await ai.models.generateContentStream({ model: MODEL, contents: 'a robot' }))
          chunks.push(chunk);
      })(),
    );
    expect(error.message).toMatch(/terminated/);
  });

  it('goes on after a client has left in the middle of an answer', async () => {
    const controller = new AbortController();
    const left = fetch(`${emulator.url}/v1beta/models/${MODEL}:generateContent`, {
      method: 'POST',
      headers: { 'x-goog-api-key': 'k', 'x-evaluate-fault': 'drip' },
      body: JSON.stringify({ contents: [{ parts: [{ text: 'a' }] }] }),
      signal: controller.signal,
    });
    await (await left).body?.getReader().read();
    controller.abort();
    expect((await ask('no-image')).candidates?.[0]?.finishReason).toBe('NO_IMAGE');
  });
});
