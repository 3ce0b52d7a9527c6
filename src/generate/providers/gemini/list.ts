import { z } from 'zod';
import { openClient } from './client.js';
import { checkConnection, type Connection } from './connection.js';
import { explainCredentials } from './credentials.js';
import { within } from './deadline.js';
import { explainLoss } from './failure.js';
import { parseJson } from './reply.js';
import { oneLine, readServerError } from './server-error.js';

/** Some servers end with an empty token, others with none. */
const nextPage = z.object({ nextPageToken: z.string().optional() });
const LIST_TIMEOUT_MS = 30_000;
/** More pages than any server has; one that always names a next page is left at this. */
const MOST_PAGES = 50;

/** A model as the server names it: without `models/` in front. */
export interface ListedModel {
  id: string;
  name: string;
}

/** The models that the server lists, all pages of them, or why they cannot be had. */
export type Listing = { models: ListedModel[]; failure?: never } | { failure: string; models?: never };

/** Asks the server which models it has, which costs nothing. Throws a UsageError for a connection that cannot be. */
export async function listModels(connection: Connection): Promise<Listing> {
  checkConnection(connection);
  const { models, send, cut } = await openClient(connection);
  const timeout = AbortSignal.timeout(LIST_TIMEOUT_MS);
  const failed = (reason: string | null): Listing => ({ failure: cut(reason ?? '') });
  let last: { status: number; body: string } | undefined;
  let lost: unknown;
  let pages = 0;
  const fetch: typeof globalThis.fetch = async (url, init) => {
    try {
      const response = await send(String(url), init ?? {});
      last = { status: response.status, body: await response.text() };
    } catch (thrown) {
      lost = thrown;
      throw thrown;
    }
    if (last.status !== 200 || (pages += 1) > MOST_PAGES) throw new Error(`HTTP ${last.status}`);
    return new Response(last.body, { headers: { 'content-type': 'application/json' } });
  };
  // Page by page: the SDK's own walk through the pages stumbles over one that is empty.
  const all = async (): Promise<ListedModel[]> => {
    const found: ListedModel[] = [];
    let pageToken: string | undefined;
    do {
      const signal = { abortSignal: AbortSignal.any([timeout]) };
      const from = pageToken ? { pageToken } : {};
      const { page } = await models.list({ config: { pageSize: 1000, ...from, ...signal, httpOptions: { fetch } } });
      for (const { name, displayName } of page) {
        found.push({ id: said(cut, name).split('/').at(-1) ?? '', name: said(cut, displayName) });
      }
      pageToken = nextPage.safeParse(parseJson(last?.body ?? '')).data?.nextPageToken;
    } while (pageToken);
    return found;
  };
  try {
    return { models: await within(timeout, all()) };
  } catch (thrown) {
    if (timeout.aborted) return failed(`No complete list of models came within ${LIST_TIMEOUT_MS / 1000} s.`);
    if (lost !== undefined) return failed(explainLoss(lost).reason);
    if (last === undefined) return failed(explainCredentials(thrown).reason);
    if (pages > MOST_PAGES) return failed(`The list of models has more than ${MOST_PAGES} pages.`);
    const { status, body } = last;
    if (status === 200) return failed("The list of models (200) is cut off, garbled or not one of Gemini's.");
    const message = readServerError(parseJson(body))?.message ?? oneLine(body);
    return failed(`The server does not list its models (${status})${message ? `: ${message}` : '.'}`);
  }
}

/** Text of the server's, on one line. */
function said(cut: (text: string) => string, text: unknown): string {
  return typeof text === 'string' ? oneLine(cut(text)) : '';
}
