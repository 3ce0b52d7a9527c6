import { UsageError } from '../lib/errors.js';

/** Where something is sent. Only its host may be shown: of many webhooks even the path is a secret. */
export interface Address {
  /** As it is sent to, without user name and password. */
  url: URL;
  /** `Authorization: Basic`, where the address came with a user name or password. */
  authorization: string | null;
}

/** Reads an http or https address that a flag was given. @throws UsageError, which never repeats the address */
export function webAddress(flag: string, text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.hash !== '') {
    throw new UsageError(`${flag}: that is no web address`, { fix: 'Write it like https://host/path.' });
  }
  const authorization = basic(url, flag);
  url.username = '';
  url.password = '';
  return { url, authorization };
}

function basic({ username, password }: URL, flag: string): string | null {
  if (username === '' && password === '') return null;
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  } catch {
    throw new UsageError(`${flag}: a '%' in the user name or password is to be written as %25`);
  }
}
