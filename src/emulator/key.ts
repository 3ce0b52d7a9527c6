import { GoogleError, invalidArgument } from './google-error.js';

/** The one key and token the emulator turns down; every other non-empty one is good. */
export const INVALID_KEY = 'invalid';

/** Throws what Google answers to a request without a key, or with a bad one. The key may come as a header, in the query, or as a bearer token. */
export function checkKey(headers: Record<string, string | string[] | undefined>, query: URLSearchParams): void {
  const key = [headers['x-goog-api-key']].flat()[0] || query.get('key');
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers['authorization']?.toString() ?? '')?.[1];
  if (!key && !bearer) {
    throw new GoogleError(
      403,
      'PERMISSION_DENIED',
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
    );
  }
  if (bearer === INVALID_KEY) {
    throw new GoogleError(
      401,
      'UNAUTHENTICATED',
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
      [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'ACCESS_TOKEN_TYPE_UNSUPPORTED',
          domain: 'googleapis.com',
        },
      ],
    );
  }
  if (key === INVALID_KEY) {
    const message = 'API key not valid. Please pass a valid API key.';
    throw invalidArgument(message, [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
        domain: 'googleapis.com',
        metadata: { service: 'generativelanguage.googleapis.com' },
      },
      { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message },
    ]);
  }
}
