import { UsageError } from '../lib/errors.js';
import { webAddress } from './address.js';
import { pathOf, type Store } from './store.js';

/**
 * Files below an address, a PUT each. The address keeps its query (a signature, say), and `authorization` is the whole
 * header. @throws UsageError for what cannot be sent
 */
export function webStore(written: string, authorization: string | undefined): Store {
  const address = webAddress('--upload', written);
  if (authorization !== undefined && !/^[\x20-\x7e]*$/.test(authorization)) {
    throw new UsageError('EVALUATE_UPLOAD_AUTH holds a character that no header may hold');
  }
  const header = authorization ?? address.authorization;
  const below = (name: string) => `${address.url.pathname.replace(/\/$/, '')}/${pathOf(name)}`;
  return {
    host: address.url.host,
    shown: (name) => `${address.url.origin}${below(name)}`,
    put(name, bytes, type) {
      const url = new URL(address.url);
      url.pathname = below(name);
      const headers = { 'content-type': type, ...(header === null ? {} : { authorization: header }) };
      return { method: 'PUT', url, headers, body: bytes };
    },
  };
}
