import { sha256 } from '../lib/hash.js';

/** Unbroken base64 of this length is data, such as a picture or a thought signature. */
const DATA = /[A-Za-z0-9+/_-]{256,}={0,2}/g;
const ONLY_DATA = new RegExp(`^${DATA.source}$`);

/** The JSON value of a body with its data replaced by type, size and hash; a body that is none as text. */
export function withoutData(body: string): unknown {
  try {
    return JSON.parse(body, function (this: { mimeType?: unknown }, name, value: unknown) {
      if (typeof value !== 'string') return value;
      const isPicture = name === 'data' && typeof this.mimeType === 'string';
      if (isPicture) return described(value, String(this.mimeType));
      return ONLY_DATA.test(value) ? described(value, 'base64') : value;
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return body.replace(DATA, (data) => described(data, 'base64'));
  }
}

function described(data: string, type: string): string {
  const bytes = Buffer.from(data, 'base64');
  return `<${type}, ${bytes.length} bytes, sha256 ${sha256(bytes)}>`;
}
