import { UsageError } from '../../../lib/errors.js';

/** How to reach Gemini's models, or something that speaks like them. */
export interface Connection {
  /** Empty where a bearer token or Google's credentials do. */
  apiKey: string;
  /** Google's own address when absent; may carry a path. */
  baseUrl?: string;
  /** For gateways that want `Authorization: Bearer`. */
  bearerToken?: string;
  /** Vertex AI in place of the Gemini API. */
  vertex?: 'express' | VertexProject;
}

/** A project of Google Cloud, entered with application default credentials; in `express` mode the key alone does. */
export interface VertexProject {
  project: string;
  /** `global`, a multi-region (`us`, `eu`) or a region. */
  location: string;
  /** A JSON file, absolute. When absent, Google's library looks where gcloud puts one, and asks the machine it is on. */
  credentialsFile?: string;
}

/** Throws a UsageError for an address, a key or a project that cannot be sent at all. */
export function checkConnection(connection: Connection): void {
  const { apiKey, baseUrl, bearerToken, vertex } = connection;
  if (typeof vertex === 'object') checkProject(vertex);
  const address = addressOf(connection);
  const parsed = URL.canParse(address) ? new URL(address) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new UsageError(`The base URL '${baseUrl}' is not a web address.`, {
      fix: 'Write it like https://host/path.',
    });
  }
  if (parsed.username || parsed.password) {
    throw new UsageError('The base URL carries a user name or password.', { fix: 'Give a bearer token instead.' });
  }
  for (const [name, secret] of [['API key', apiKey] as const, ['bearer token', bearerToken ?? ''] as const]) {
    if (!/^[\x21-\x7e]*$/.test(secret)) {
      throw new UsageError(`The ${name} holds a space, a line break or another character that no header may hold.`);
    }
  }
  if (!apiKey && !bearerToken && typeof vertex !== 'object') {
    throw new UsageError('There is neither an API key nor a bearer token.');
  }
}

/** Both become part of the address that an access token is sent to: the location even of its host. */
function checkProject({ project, location }: VertexProject): void {
  if (!/^[a-z0-9.:-]+$/i.test(project)) {
    throw new UsageError('The project of Google Cloud is no project id.', {
      fix: 'GOOGLE_CLOUD_PROJECT holds letters, digits and hyphens, such as my-project-123.',
    });
  }
  if (!/^[a-z0-9-]+$/i.test(location)) {
    throw new UsageError('The location in Google Cloud is no location.', {
      fix: 'GOOGLE_CLOUD_LOCATION is one such as global or us-central1.',
    });
  }
}

/** Locations that stand for several regions, which Vertex AI serves at addresses of their own. */
const MULTI_REGIONS = new Set(['us', 'eu']);

/** Where requests go: the base URL, or Google's own; those of Vertex AI are the SDK's. */
export function addressOf({ baseUrl, vertex }: Connection): string {
  if (baseUrl !== undefined) return baseUrl;
  if (vertex === undefined) return 'https://generativelanguage.googleapis.com';
  if (vertex === 'express' || vertex.location === 'global') return 'https://aiplatform.googleapis.com';
  const { location } = vertex;
  return MULTI_REGIONS.has(location)
    ? `https://aiplatform.${location}.rep.googleapis.com`
    : `https://${location}-aiplatform.googleapis.com`;
}
