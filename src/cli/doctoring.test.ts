import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../emulator/server.js';
import { scriptedServer } from '../generate/providers/gemini/__fixtures__/scripted-server.js';
import { Workplace } from './__fixtures__/in-process.js';
import type { Environment, SetVariable } from './context.js';

const secret = 'SECRET-key-0123456789';
const set = (...names: SetVariable['name'][]): Pick<Environment, 'set'> => ({
  set: names.map((name) => ({ name, characters: 21, from: 'environment' })),
});

/** The lines about the way in and what belongs to it. */
const onTheWay = (stdout: string) =>
  stdout.split('\n').filter((line) => /^[✓!✕] (a run would|there is n|set,|no cred|the cred|GOOGLE|127)/.test(line));

describe('evaluate doctor', () => {
  it.each<[string, Partial<Environment>, number, string[]]>([
    ['nothing', {}, 3, ['✕ there is no key for Gemini']],
    [
      'a key',
      { apiKey: secret, ...set('GEMINI_API_KEY') },
      0,
      ['✓ a run would use the Gemini API, at generativelanguage.googleapis.com'],
    ],
    [
      'two keys',
      { apiKey: secret, ...set('GOOGLE_API_KEY', 'GEMINI_API_KEY') },
      0,
      [
        '✓ a run would use the Gemini API, at generativelanguage.googleapis.com',
        '! set, and not used on this way: GEMINI_API_KEY',
      ],
    ],
    [
      'a gateway',
      {
        bearerToken: secret,
        baseUrl: 'https://gateway.example/x',
        ...set('EVALUATE_BEARER_TOKEN', 'GOOGLE_GEMINI_BASE_URL'),
      },
      0,
      ['✓ a run would use the Gemini API with a bearer token, at gateway.example'],
    ],
    [
      'an express key',
      { vertex: true, apiKey: secret, ...set('GOOGLE_GENAI_USE_VERTEXAI', 'GOOGLE_API_KEY') },
      0,
      ['✓ a run would use Vertex AI in express mode, at aiplatform.googleapis.com'],
    ],
    [
      'a project and a key',
      {
        vertex: true,
        apiKey: secret,
        project: 'p',
        location: 'global',
        ...set('GOOGLE_API_KEY', 'GOOGLE_CLOUD_PROJECT'),
      },
      0,
      [
        '✓ a run would use Vertex AI in a project, at aiplatform.googleapis.com',
        '! set, and not used on this way: GOOGLE_API_KEY',
        "! no credentials file is named: Google's library would look for gcloud's, then ask this machine",
      ],
    ],
    [
      'a credentials file that is not there',
      { vertex: true, project: 'p', location: 'global', credentials: secret },
      3,
      ['✕ GOOGLE_APPLICATION_CREDENTIALS names no file that is there'],
    ],
  ])('with %s', async (_, env, expected, lines) => {
    await using place = new Workplace(env);
    const { code, stdout, stderr } = await place.run('doctor');
    expect({ code, stderr }).toEqual({ code: expected, stderr: '' });
    expect(onTheWay(stdout)).toEqual(lines);
    expect(stdout).not.toContain('SECRET');
    expect(stdout).toContain(expected === 0 ? '\nA run against Gemini could start.\n' : 'could not start');
  });

  it('looks at the machine and the folder, and leaves nothing there', async () => {
    await using place = new Workplace({ apiKey: secret, ...set('GEMINI_API_KEY') });
    const before = readdirSync(place.folder, { recursive: true });
    const { stdout } = await place.run('doctor');
    expect(stdout).toMatch(/^✓ Node \d+\.\d+\.\d+$/m);
    expect(stdout).toMatch(/^✓ git version/m);
    expect(stdout).toMatch(/^✓ reports, baselines and the cache can be written$/m);
    expect(stdout).toMatch(/^! there are no baselines here.*\n {4}Approve a run: evaluate approve$/m);
    expect(stdout).toMatch(
      /^! the encoder is Xenova\/clip-vit-base-patch32, and its files are not there yet\n.*--encoder pocket/m,
    );
    expect(stdout).toMatch(/^✓ captions are read by tesseract\.js-core 7\.0\.0, eng [0-9a-f]{8}$/m);
    expect(stdout).toMatch(/^ {2}GEMINI_API_KEY +set, 21 characters, in the environment$/m);
    expect(stdout).toMatch(/^ {2}GOOGLE_API_KEY +not set$/m);
    expect(readdirSync(place.folder, { recursive: true })).toEqual(before);

    mkdirSync(place.path('baselines/fox'), { recursive: true });
    for (const name of ['_lock', 'forest', 'bridge']) writeFileSync(place.path(`baselines/fox/${name}.json`), '{}');
    const model = '.evaluate/cache/models/Xenova/clip-vit-base-patch32';
    mkdirSync(place.path(model, 'onnx'), { recursive: true });
    for (const name of ['config.json', 'onnx/vision_model.onnx'])
      writeFileSync(place.path(model, name), Buffer.alloc(1e6));
    const after = (await place.run('doctor')).stdout;
    expect(after).toContain('✓ baselines: fox (2 cases)\n');
    expect(after).toContain('✓ the encoder is Xenova/clip-vit-base-patch32, and its files are there\n');
    expect(after).toMatch(/^✓ the cache holds \d+(\.\d)? [KM]?B \(.*\.evaluate\/cache\)$/m);
  });

  it('says that nothing can be written where a file stands in the way', async () => {
    await using place = new Workplace({ apiKey: secret, cacheFolder: 'file/below' });
    writeFileSync(place.path('file'), '');
    const { code, stdout } = await place.run('doctor', '--json');
    expect(code).toBe(3);
    const { ready, findings } = JSON.parse(stdout) as { ready: boolean; findings: { about: string }[] };
    expect(ready).toBe(false);
    expect(findings.find(({ about }) => about === 'disk')).toMatchObject({
      state: 'error',
      what: expect.stringMatching(/^cannot be written: .*file\/below \(ENOTDIR\)$/) as string,
    });
  });

  it('calls nobody, unless it is to check', async () => {
    await using server = await scriptedServer({ status: 401, body: { error: { message: `Who is ${secret}?` } } });
    await using place = new Workplace({ apiKey: secret, baseUrl: server.url });
    expect((await place.run('doctor')).code).toBe(0);
    expect(server.seen).toEqual([]);
    const { code, stdout } = await place.run('doctor', '--check');
    expect(stdout).toMatch(/^✕ The server does not list its models \(401\): Who is \[key cut\]\?\n {4}Asked was 127/m);
    expect(code).toBe(3);
  });

  it('knows an emulator when it meets one', async () => {
    const emulator = await startEmulator();
    await using place = new Workplace({ vertex: true, apiKey: secret, vertexBaseUrl: emulator.url });
    const { code, stdout } = await place.run('doctor', '--check').finally(() => emulator.close());
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^✓ 127\.0\.0\.1:\d+ answers, and lists 9 models \(an emulator: its pictures are not Gemini's\)$/m,
    );
    expect(stdout).toContain('the encoder is pocket');
  });
});
