import { addressOf, checkConnection, type Connection } from '../generate/providers/index.js';
import { UsageError } from '../lib/errors.js';
import type { CommandContext, Environment } from './context.js';
import { credentialsIn } from './credentials-file.js';

/** A way to image models, as the environment names it. */
export interface WayIn {
  kind: 'gemini' | 'bearer' | 'vertex-express' | 'vertex-project';
  /** For people. */
  name: string;
  connection: Connection;
  /** Host that is called. */
  host: string;
  /** See `KeyContent.origin`. */
  origin: string;
}

const names: Record<WayIn['kind'], string> = {
  gemini: 'the Gemini API',
  bearer: 'the Gemini API with a bearer token',
  'vertex-express': 'Vertex AI in express mode',
  'vertex-project': 'Vertex AI in a project',
};

/**
 * The way in that the environment names: it never falls back from one to another, because they are paid by different
 * accounts. Nothing is asked of the network.
 * @throws UsageError when something is missing, does not fit together, or is no credentials file.
 */
export function wayIn({ cwd, env }: Pick<CommandContext, 'cwd' | 'env'>): WayIn {
  const { kind, connection } = env.vertex ? vertexWay(env, cwd) : geminiWay(env);
  checkConnection(connection);
  const { host, hostname } = new URL(addressOf(connection));
  const service = env.vertex ? 'vertex' : 'gemini';
  const own = env.vertex
    ? /^([a-z0-9-]+-)?aiplatform(\.\w+\.rep)?\.googleapis\.com$/
    : /^generativelanguage\.googleapis\.com$/;
  // What one host made up must not stand in the cache for what another would have made.
  const origin = own.test(hostname) ? service : `${service} at ${hostname}`;
  return { kind, name: names[kind], connection, host, origin };
}

type Found = Pick<WayIn, 'kind' | 'connection'>;

function geminiWay({ apiKey = '', baseUrl, bearerToken, project, credentials }: Environment): Found {
  const base = baseUrl === undefined ? {} : { baseUrl };
  if (bearerToken !== undefined) return { kind: 'bearer', connection: { apiKey, ...base, bearerToken } };
  if (apiKey !== '') return { kind: 'gemini', connection: { apiKey, ...base } };
  const vertex =
    project === undefined && credentials === undefined ? '' : ' For Vertex AI, set GOOGLE_GENAI_USE_VERTEXAI=true.';
  throw new UsageError('there is no key for Gemini', {
    fix: `Set GEMINI_API_KEY (or GOOGLE_API_KEY) here or in .env, or add --offline to use the emulator: no key, no network.${vertex}`,
  });
}

/** As in the SDK, a project goes before a key. Half of one is an error: it is not guessed who is to pay. */
function vertexWay(env: Environment, cwd: string): Found {
  const { apiKey = '', baseUrl, bearerToken, vertexBaseUrl, project, location, credentials } = env;
  for (const [name, value, fix] of [
    [
      'EVALUATE_BEARER_TOKEN',
      bearerToken,
      'Unset one of them: the token is for gateways that speak like the Gemini API.',
    ],
    ['GOOGLE_GEMINI_BASE_URL', baseUrl, 'Unset one of them, or name the address in GOOGLE_VERTEX_BASE_URL.'],
  ] as const) {
    if (value !== undefined) throw new UsageError(`GOOGLE_GENAI_USE_VERTEXAI and ${name} are both set`, { fix });
  }
  const base = vertexBaseUrl === undefined ? {} : { baseUrl: vertexBaseUrl };
  if (project !== undefined && location !== undefined) {
    const file = credentials === undefined ? {} : { credentialsFile: credentialsIn(credentials, cwd) };
    return { kind: 'vertex-project', connection: { apiKey: '', ...base, vertex: { project, location, ...file } } };
  }
  if (project !== undefined)
    throw halfAProject('GOOGLE_CLOUD_LOCATION', 'GOOGLE_CLOUD_PROJECT', ', such as global or us-central1');
  if (location !== undefined) throw halfAProject('GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_LOCATION', '');
  if (apiKey !== '') return { kind: 'vertex-express', connection: { apiKey, ...base, vertex: 'express' } };
  throw new UsageError('there is neither a key nor a project for Vertex AI', {
    fix: 'Set GOOGLE_API_KEY (express mode), or GOOGLE_CLOUD_PROJECT and GOOGLE_CLOUD_LOCATION; or add --offline to use the emulator: no key, no network.',
  });
}

const halfAProject = (missing: string, there: string, example: string) =>
  new UsageError(`${there} is set for Vertex AI, and ${missing} is not`, {
    fix: `Set ${missing}${example}; or set neither, and GOOGLE_API_KEY (express mode).`,
  });
