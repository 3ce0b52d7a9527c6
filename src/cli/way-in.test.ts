import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../lib/errors.js';
import { noEnvironment } from './__fixtures__/in-process.js';
import type { Environment } from './context.js';
import { wayIn } from './way-in.js';

const cwd = mkdtempSync(`${tmpdir()}/evaluate-way-`);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const write = (name: string, text: string) => writeFileSync(`${cwd}/${name}`, text);
write('good.json', JSON.stringify({ type: 'service_account', client_email: 'a@b', private_key: 'SECRET' }));
write('user.json', JSON.stringify({ type: 'authorized_user', refresh_token: 'SECRET' }));
write('half.json', JSON.stringify({ type: 'service_account', client_email: '', private_key_id: 'SECRET' }));
write('other.json', JSON.stringify({ key: 'SECRET' }));
write('list.json', '["SECRET"]');
write('pem.json', '-----BEGIN PRIVATE KEY-----\nSECRET');
mkdirSync(`${cwd}/folder.json`);

const way = (env: Partial<Environment>) => wayIn({ cwd, env: { ...noEnvironment, ...env } });
const place = { vertex: true, project: 'my-project', location: 'us-central1' };
const apiKey = 'SECRET-key';

describe('the way in', () => {
  it.each<[Partial<Environment>, string, string, string]>([
    [{ apiKey }, 'gemini', 'generativelanguage.googleapis.com', 'gemini'],
    [{ apiKey, project: 'p', location: 'l' }, 'gemini', 'generativelanguage.googleapis.com', 'gemini'],
    [
      { apiKey, baseUrl: 'https://generativelanguage.googleapis.com/' },
      'gemini',
      'generativelanguage.googleapis.com',
      'gemini',
    ],
    [{ apiKey, baseUrl: 'https://gateway.example/g' }, 'gemini', 'gateway.example', 'gemini at gateway.example'],
    [{ bearerToken: 'SECRET', baseUrl: 'http://127.0.0.1:8787' }, 'bearer', '127.0.0.1:8787', 'gemini at 127.0.0.1'],
    [{ apiKey, bearerToken: 'SECRET' }, 'bearer', 'generativelanguage.googleapis.com', 'gemini'],
    [{ vertex: true, apiKey }, 'vertex-express', 'aiplatform.googleapis.com', 'vertex'],
    [
      { vertex: true, apiKey, vertexBaseUrl: 'https://gateway.example' },
      'vertex-express',
      'gateway.example',
      'vertex at gateway.example',
    ],
    [place, 'vertex-project', 'us-central1-aiplatform.googleapis.com', 'vertex'],
    [{ ...place, apiKey }, 'vertex-project', 'us-central1-aiplatform.googleapis.com', 'vertex'],
    [{ ...place, location: 'eu' }, 'vertex-project', 'aiplatform.eu.rep.googleapis.com', 'vertex'],
    [{ ...place, location: 'global' }, 'vertex-project', 'aiplatform.googleapis.com', 'vertex'],
    [
      { ...place, vertexBaseUrl: 'https://aiplatform.googleapis.com.evil.example' },
      'vertex-project',
      'aiplatform.googleapis.com.evil.example',
      'vertex at aiplatform.googleapis.com.evil.example',
    ],
    [{ ...place, credentials: 'good.json' }, 'vertex-project', 'us-central1-aiplatform.googleapis.com', 'vertex'],
    [{ ...place, credentials: 'user.json' }, 'vertex-project', 'us-central1-aiplatform.googleapis.com', 'vertex'],
  ])('of %j is %s at %s', (env, kind, host, origin) => {
    expect(way(env)).toMatchObject({ kind, host, origin });
  });

  it('carries the key to where it was meant for, and nowhere else', () => {
    expect(way({ vertex: true, apiKey }).connection).toEqual({ apiKey, vertex: 'express' });
    expect(way({ ...place, apiKey, credentials: 'good.json' }).connection).toEqual({
      apiKey: '',
      vertex: { project: 'my-project', location: 'us-central1', credentialsFile: `${cwd}/good.json` },
    });
  });

  it.each<[Partial<Environment>, RegExp]>([
    [{}, /^there is no key for Gemini\n.*GEMINI_API_KEY.*--offline.*no network\.$/s],
    [{ project: 'p' }, /GOOGLE_GENAI_USE_VERTEXAI=true/],
    [{ vertex: true }, /neither a key nor a project.*\n.*GOOGLE_API_KEY.*GOOGLE_CLOUD_PROJECT.*--offline/s],
    [
      { vertex: true, project: 'p', apiKey },
      /^GOOGLE_CLOUD_PROJECT is set .* GOOGLE_CLOUD_LOCATION is not\n.*us-central1.*express/s,
    ],
    [{ vertex: true, location: 'l', apiKey }, /^GOOGLE_CLOUD_LOCATION is set .* GOOGLE_CLOUD_PROJECT is not\n/],
    [{ ...place, bearerToken: 'SECRET' }, /GOOGLE_GENAI_USE_VERTEXAI and EVALUATE_BEARER_TOKEN are both set/],
    [{ ...place, baseUrl: 'http://127.0.0.1:9' }, /and GOOGLE_GEMINI_BASE_URL are both set\n.*GOOGLE_VERTEX_BASE_URL/],
    [{ ...place, location: 'evil.example/' }, /no location/],
    [{ apiKey, baseUrl: 'localhost:1' }, /is not a web address/],
    [{ apiKey: 'SECRET\nkey' }, /API key holds/],
    [{ ...place, credentials: 'nowhere.json' }, /GOOGLE_APPLICATION_CREDENTIALS names no file that is there/],
    [{ ...place, credentials: 'SECRET'.repeat(1000) }, /names no file that is there/],
    [{ ...place, credentials: 'folder.json' }, /names no file that is there/],
    [{ ...place, credentials: '{"private_key":"SECRET"}' }, /holds JSON/],
    [{ ...place, credentials: 'pem.json' }, /cannot be read as JSON/],
    [{ ...place, credentials: 'list.json' }, /cannot be read as JSON/],
    [{ ...place, credentials: 'other.json' }, /without type/],
    [{ ...place, credentials: 'half.json' }, /without client_email, private_key/],
  ])('is refused for %j', (env, message) => {
    const find = () => way(env);
    expect(find).toThrow(UsageError);
    expect(find).toThrow(message);
    expect(find).not.toThrow(/SECRET/);
  });
});
