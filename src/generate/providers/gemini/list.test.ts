import { describe, expect, it } from 'vitest';
import { KEY } from './__fixtures__/call.js';
import { scriptedServer, type Scene } from './__fixtures__/scripted-server.js';
import { listModels } from './list.js';

const page = (names: string[], nextPageToken?: string): Scene => ({
  body: { models: names.map((name) => ({ name: `models/${name}`, displayName: name.toUpperCase() })), nextPageToken },
});

describe('listModels', () => {
  it('reads every page', async () => {
    await using server = await scriptedServer(page(['a', 'b'], 'p2'), page([], 'p3'), page(['c'], ''));
    const listing = await listModels({ apiKey: KEY, baseUrl: server.url });
    expect(listing).toEqual({ models: ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() })) });
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1beta/models?pageSize=1000',
      'GET /v1beta/models?pageSize=1000&pageToken=p2',
      'GET /v1beta/models?pageSize=1000&pageToken=p3',
    ]);
  });

  it("reads Vertex AI's list", async () => {
    const name = 'publishers/google/models/gemini-3-pro-image';
    await using server = await scriptedServer({ body: { publisherModels: [{ name }] } });
    const listing = await listModels({ apiKey: KEY, baseUrl: server.url, vertex: 'express' });
    expect(listing).toEqual({ models: [{ id: 'gemini-3-pro-image', name: '' }] });
    expect(server.seen[0]?.url).toMatch(/^\/v1beta1\/publishers\/google\/models\?/);
  });

  it('takes names for what they are: text from outside', async () => {
    const models = [
      { name: `models/x\u001b[31m${KEY}`, displayName: 'a\nb <b>c</b>' },
      { name: 7, displayName: null },
    ];
    await using server = await scriptedServer({ body: { models } });
    expect(await listModels({ apiKey: KEY, baseUrl: server.url })).toEqual({
      models: [
        { id: 'x [31m[key cut]', name: 'a b c' },
        { id: '', name: '' },
      ],
    });
  });

  it.each<[string, Scene, RegExp]>([
    [
      'the key is bad',
      { status: 400, body: { error: { message: `No ${KEY}.` } } },
      /^The server does not list its models \(400\): No \[key cut\]\.$/,
    ],
    ['there is no list', { status: 404, body: '<p>Not here</p>' }, /\(404\): Not here$/],
    ['there is no word', { status: 503, body: '' }, /\(503\)\.$/],
    ['it is garbled', { body: '{"models": [' }, /\(200\) is cut off, garbled/],
    ['it hangs up', (response) => response.socket?.resetAndDestroy(), /^The connection broke/],
    ['it never ends', page(['a'], 'again'), /more than 50 pages/],
  ])('says so when %s', async (_, scene, reason) => {
    await using server = await scriptedServer(scene);
    const { failure } = await listModels({ apiKey: KEY, baseUrl: server.url });
    expect(failure).toMatch(reason);
  });
});
