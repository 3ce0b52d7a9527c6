import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { tinyDraw } from '../emulator/__fixtures__/tiny.js';
import { startEmulator, type RequestEntry } from '../emulator/server.js';
import { federated, granted, TOKEN } from '../generate/providers/gemini/__fixtures__/credentials.js';
import { scriptedServer } from '../generate/providers/gemini/__fixtures__/scripted-server.js';
import { runRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';
import type { Environment } from './context.js';

afterEach(() => void vi.unstubAllEnvs());

const secret = 'secret-key-0123456789-abcdef/';
const path = '/publishers/google/models/gemini-3-pro-image:generateContent';

/** A suite of one picture, in a place of its own with the environment of one way in. */
function placeWith(env: Partial<Environment>): Workplace {
  const place = new Workplace(env);
  mkdirSync(place.path('tiny/prompts/v1'), { recursive: true });
  writeFileSync(place.path('tiny/prompts/v1/hill.hbs'), 'A hill.');
  writeFileSync(
    place.path('tiny/suite.yaml'),
    'name: tiny\nmodels: [gemini-3-pro-image]\nrevisions: [v1]\nsamples: 1\ncases:\n  hill: { prompt: hill }\n',
  );
  return place;
}

/** Every file that a command wrote, as text. */
const everythingIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n');

it('runs with a bearer token, an express key and in a project, and keeps none of their secrets', async () => {
  await using tokens = await scriptedServer({ body: granted });
  const seen: RequestEntry[] = [];
  const emulator = await startEmulator({
    draw: (order) => tinyDraw({ ...order, width: 128, height: 128 }),
    onRequest: (entry) => seen.push(entry),
  });
  const { url } = emulator;
  await using keys = placeWith({});
  const { file, secret: subject } = federated(keys.folder, tokens.url);
  const project = { vertex: true, project: 'my-project', location: 'us-central1', vertexBaseUrl: url };
  const ways: [Partial<Environment>, string][] = [
    [{ bearerToken: secret, baseUrl: url }, '/v1beta/models/gemini-3-pro-image:generateContent'],
    [{ vertex: true, apiKey: secret, vertexBaseUrl: url }, `/v1beta1${path}`],
    [{ ...project, credentials: file }, `/v1beta1/projects/my-project/locations/us-central1${path}`],
  ];
  // At once: starting the scoring thread is most of what a run of one picture takes.
  const runs = ways.map(async ([env, expected]) => {
    await using place = placeWith(env);
    const { code, stdout, stderr } = await place.run('tiny', '--json', '--debug', 'debug');
    expect(stderr).not.toContain('error');
    expect(runRecord.parse(JSON.parse(stdout))).toMatchObject({ emulated: true, totals: { calls: 1, images: 1 } });
    expect(code).toBe(0);
    expect(seen.filter(({ path: asked }) => asked === expected)).toMatchObject([{ method: 'POST', status: 200 }]);
    const all = [stdout, stderr, everythingIn(place.folder)].join('\n');
    for (const hidden of [secret, TOKEN, subject, 'Bearer ']) expect(all).not.toContain(hidden);
  });
  await Promise.all(runs);
  await emulator.close();
}, 120_000);

it('ends before it begins when the credentials give no token', async () => {
  await using tokens = await scriptedServer({
    status: 400,
    body: { error: 'invalid_target', error_description: 'Who?' },
  });
  await using keys = placeWith({});
  const { file } = federated(keys.folder, tokens.url);
  const project = { vertex: true, project: 'p', location: 'global', vertexBaseUrl: 'http://127.0.0.1:9' };
  await using place = placeWith({ ...project, credentials: file });
  const { code, stdout, stderr } = await place.run('tiny');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/no access token.*invalid_target.*Who\?\n.*GOOGLE_APPLICATION_CREDENTIALS.*gcloud auth/s);
  expect(readdirSync(place.folder)).not.toContain('reports');
});
