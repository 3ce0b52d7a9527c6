import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { config, post } from './__fixtures__/post.js';
import { smallDraw } from './__fixtures__/tiny.js';
import { startEmulator } from './server.js';

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => void (emulator = await startEmulator({ draw: smallDraw })));
afterAll(() => emulator.close());

describe('keys', () => {
  it.each([
    ['none', {}, 403, 'PERMISSION_DENIED', /unregistered callers/],
    ['an empty one', { 'x-goog-api-key': '' }, 403, 'PERMISSION_DENIED', /unregistered callers/],
    ['a bad one', { 'x-goog-api-key': 'invalid' }, 400, 'INVALID_ARGUMENT', /^API key not valid/],
    ['a bad token', { authorization: 'Bearer invalid' }, 401, 'UNAUTHENTICATED', /invalid authentication credentials/],
  ])('%s', async (_, headers, code, status, message) => {
    const answer = await post(emulator.url, config({}), { headers });
    expect(answer.status).toBe(code);
    expect(answer.body.error).toMatchObject({ code, status, message: expect.stringMatching(message) });
  });
  it('names the reason where programs look for it', async () => {
    const { body } = await post(emulator.url, config({}), { headers: { 'x-goog-api-key': 'invalid' } });
    expect(body.error?.details?.[0]).toMatchObject({ reason: 'API_KEY_INVALID' });
  });
  it.each([{ authorization: 'Bearer t' }, { authorization: 'Bearer t', 'x-goog-api-key': 'unused' }])(
    'takes %o',
    async (headers) => expect((await post(emulator.url, config({}), { headers })).status).toBe(200),
  );
});

describe('models', () => {
  it.each([
    ['gemini-3-pro-imag', /not found for API version.*Did you mean 'gemini-3-pro-image'/],
    ['google/gemini-3-pro-image', /is not found/],
    ['gemini-3-pro-image-preview', /shut down on 2026-06-25/],
    ['gemini-2.5-flash-image-preview', /shut down on 2026-01-15/],
  ])('404 for %s', async (model, message) => {
    const { status, body } = await post(emulator.url, config({}), { model });
    expect([status, body.error?.status, body.error?.message]).toEqual([
      404,
      'NOT_FOUND',
      expect.stringMatching(message),
    ]);
  });
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

describe('the paths of Vertex AI', () => {
  const projects = '/projects/my-project/locations/us-central1';
  it.each([
    '/v1/publishers/google',
    '/v1beta1/publishers/google',
    `/v1${projects}/publishers/google`,
    `/v1beta1${projects}/publishers/google`,
  ])('%s answers as the others do', async (prefix) => {
    const headers = { authorization: 'Bearer t' };
    const request = config({ seed: 7, imageConfig: { aspectRatio: '16:9' } });
    const there = await post(emulator.url, request, { prefix, headers });
    expect(there.status).toBe(200);
    expect(there.body).toEqual((await post(emulator.url, request)).body);
    const shutDown = await post(emulator.url, request, { prefix, model: 'gemini-3-pro-image-preview' });
    expect([shutDown.status, shutDown.body.error?.status]).toEqual([404, 'NOT_FOUND']);
    expect((await post(emulator.url, request, { prefix, headers: {} })).status).toBe(403);
  });
});
