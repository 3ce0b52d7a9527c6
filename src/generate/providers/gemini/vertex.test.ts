import { verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { KEY, callKey, memoryStore, request } from './__fixtures__/call.js';
import { federated, granted, serviceAccount, TOKEN } from './__fixtures__/credentials.js';
import { scriptedServer, type Scene } from './__fixtures__/scripted-server.js';
import { addressOf, checkConnection, type Connection } from './connection.js';
import { credentialsFailure } from './credentials.js';
import { createGemini } from './gemini.js';

const folder = mkdtempSync(`${tmpdir()}/evaluate-vertex-`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => void vi.unstubAllEnvs().restoreAllMocks());

const inline = { inlineData: { mimeType: 'image/png', data: 'cGljdHVyZQ==' } };
const ok = { body: { candidates: [{ content: { parts: [inline] }, finishReason: 'STOP' }] } };
const never = new AbortController().signal;
const place = { project: 'my-project', location: 'us-central1' };

function ask(connection: Connection) {
  const memory = memoryStore();
  const gemini = createGemini({ ...connection, emulated: false, store: memory.store, timeoutMs: 5_000 });
  return gemini.generate(request, callKey, never).then((answer) => ({ answer, memory }));
}

describe('addressOf', () => {
  it.each<[Partial<Connection>, string]>([
    [{}, 'https://generativelanguage.googleapis.com'],
    [{ vertex: 'express' }, 'https://aiplatform.googleapis.com'],
    [{ vertex: { ...place, location: 'global' } }, 'https://aiplatform.googleapis.com'],
    [{ vertex: { ...place, location: 'eu' } }, 'https://aiplatform.eu.rep.googleapis.com'],
    [{ vertex: place }, 'https://us-central1-aiplatform.googleapis.com'],
    [{ vertex: place, baseUrl: 'https://gateway.example/v' }, 'https://gateway.example/v'],
  ])('of %j is %s', (connection, expected) => {
    expect(addressOf({ apiKey: KEY, ...connection })).toBe(expected);
  });

  it.each([
    { ...place, location: 'evil.example/' },
    { ...place, location: '' },
    { ...place, project: '../../x' },
  ])('is not made of %j', (vertex) => {
    expect(() => checkConnection({ apiKey: '', vertex })).toThrow(/no (location|project id)/);
  });
});

describe('Vertex AI', () => {
  it('is asked with a key alone in express mode', async () => {
    await using server = await scriptedServer(ok);
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'another-project');
    const debug = vi.spyOn(console, 'debug');
    const { answer } = await ask({ apiKey: KEY, baseUrl: server.url, vertex: 'express' });
    expect(answer).toMatchObject({ outcome: 'ok', cached: false });
    expect(server.seen).toMatchObject([
      { method: 'POST', url: '/v1beta1/publishers/google/models/gemini-3-pro-image:generateContent' },
    ]);
    expect(server.seen[0]?.headers).toMatchObject({ 'x-goog-api-key': KEY });
    expect(debug).not.toHaveBeenCalled();
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
      contents: [{ parts: [{ text: 'Combine A and B' }], role: 'user' }],
      generationConfig: { seed: 42 },
    });
  });

  it("is asked in a project with a token for the workload's own", async () => {
    await using tokens = await scriptedServer({ body: granted });
    await using server = await scriptedServer(ok);
    vi.stubEnv('GOOGLE_API_KEY', 'a-key-that-is-not-meant');
    const { file, secret } = federated(folder, `${tokens.url}/v1/token`);
    const vertex = { ...place, credentialsFile: file };
    const { answer } = await ask({ apiKey: '', baseUrl: server.url, vertex });
    expect(answer.outcome).toBe('ok');
    expect(tokens.seen).toMatchObject([{ method: 'POST', url: '/v1/token' }]);
    expect(new URLSearchParams(tokens.seen[0]?.body).get('subject_token')).toBe(secret);
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]?.url).toBe(
      '/v1beta1/projects/my-project/locations/us-central1/publishers/google/models/gemini-3-pro-image:generateContent',
    );
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(server.seen[0]?.headers['x-goog-api-key']).toBeUndefined();
  });

  it('is asked in a project with a token that a service account signs for', async () => {
    await using tokens = await scriptedServer({ body: granted });
    await using server = await scriptedServer(ok);
    const { file, publicKey } = serviceAccount(folder);
    // Google's library asks this one address, whatever the file says.
    const asked = vi.spyOn(https, 'request').mockImplementation(((url: URL, options: object) => {
      expect(String(url)).toBe('https://oauth2.googleapis.com/token');
      return http.request(`${tokens.url}/token`, { ...options, agent: undefined } as http.RequestOptions);
    }) as typeof https.request);
    const { answer } = await ask({ apiKey: '', baseUrl: server.url, vertex: { ...place, credentialsFile: file } });
    expect(answer.outcome).toBe('ok');
    expect(asked).toHaveBeenCalledOnce();
    const [head, claims, signature] = new URLSearchParams(tokens.seen[0]?.body).get('assertion')?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString())).toMatchObject({
      iss: 'robot@my-project.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
    });
    const signed = Buffer.from(`${head}.${claims}`);
    expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature ?? '', 'base64url'))).toBe(true);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it.each<[string, Scene, unknown, RegExp]>([
    [
      'turns them down',
      { status: 400, body: { error: 'invalid_grant', error_description: 'No such pool: eyJhbGciOi.eyJpc3M.c2ln' } },
      'model-ended',
      /^Google's credentials give no access token \(400\): .*invalid_grant.*No such pool: \[claims cut\]$/,
    ],
    ['is down', { status: 404, body: '<h1>Nothing here</h1>' }, 'model-ended', /no access token \(404\)/],
    ['hangs', () => undefined, 'yes', /^No complete answer came within 0.3 s\.$/],
  ])('is not asked when the server of tokens %s', async (_, scene, retry, reason) => {
    await using tokens = await scriptedServer(scene);
    await using server = await scriptedServer(ok);
    const { file } = federated(folder, tokens.url);
    const connection = { apiKey: '', baseUrl: server.url, vertex: { ...place, credentialsFile: file } };
    const memory = memoryStore();
    const gemini = createGemini({ ...connection, emulated: false, store: memory.store, timeoutMs: 300 });
    const answer = await gemini.generate(request, callKey, never);
    expect(answer).toMatchObject({ outcome: 'infra_error', retry, exchange: { status: null, body: '' } });
    expect(answer.reason).toMatch(reason);
    expect(server.seen).toEqual([]);
    expect(memory.log).toEqual([]);
  });

  it('has its tokens cut, wherever a server echoes them', async () => {
    await using tokens = await scriptedServer({ body: granted });
    const echo =
      (status: number): Scene =>
      (response, { headers }) =>
        response.writeHead(status).end(JSON.stringify({ error: { message: `No to ${headers.authorization}` } }));
    for (const status of [200, 403, 500]) {
      await using server = await scriptedServer(echo(status));
      const { file } = federated(folder, tokens.url);
      const { answer, memory } = await ask({
        apiKey: '',
        baseUrl: server.url,
        vertex: { ...place, credentialsFile: file },
      });
      expect(JSON.stringify(answer)).toContain('No to Bearer [key cut]');
      expect(JSON.stringify([answer, ...memory.kept.values()])).not.toContain('ya29');
    }
  });

  it('says that nothing is there to sign in with', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '');
    vi.stubEnv('CLOUDSDK_CONFIG', folder);
    vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
    expect(await credentialsFailure({ apiKey: '', vertex: place })).toMatch(
      /^Google's credentials give no access token: Could not load the default credentials\./,
    );
  });

  it('needs no asking beforehand where there is a key', async () => {
    await using server = await scriptedServer(ok);
    expect(await credentialsFailure({ apiKey: KEY, baseUrl: server.url, vertex: 'express' })).toBeNull();
    expect(server.seen).toEqual([]);
  });
});
