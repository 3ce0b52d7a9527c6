import type { GoogleGenAI } from '@google/genai';
import type { BatchProvider, ExchangeStore, Failure, GenerateRequest } from '../../provider.js';
import { openAsker, type Asker } from './ask.js';
import { durationOf, type Operation, readBatchAnswer, readOperation, readOperations, stateOf } from './batch-reply.js';
import type { Client } from './client.js';
import { explainStatus, say } from './failure.js';
import { parseJson } from './reply.js';
import { toSdk } from './request.js';
import { oneLine } from './server-error.js';

/** Answers that are part of the job come in one piece: with 1000 pictures the server gave up, and all were lost. */
const MOST_INLINE = 20;
const MOST_PAGES = 20;

/** Batch jobs of the Gemini API. Vertex AI has them between buckets only. */
export function createBatches(
  open: () => Promise<Client>,
  { store, now }: { store: ExchangeStore; now: () => number },
): BatchProvider {
  const asker = openAsker(open, { store, now });

  return {
    async submit({ name, model, requests, inlineBytes }, signal) {
      const bodies = await Promise.all(requests.map(async ({ request }) => asker.bodyOf(request)));
      const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
      const config = { displayName: name };
      if (bytes <= inlineBytes && requests.length <= MOST_INLINE) {
        const src = requests.map(({ key, request }) => inlined(key, request));
        return jobOf(await asker.ask(name, (ai) => ai.batches.create({ model, src, config }), signal), model);
      }
      const lines = requests.map(({ key }, index) => `{"key":"${key}","request":${bodies[index] ?? ''}}\n`);
      const uploading = { file: new Blob(lines), config: { mimeType: 'jsonl', displayName: name } };
      const uploaded = await asker.ask(name, (ai) => ai.files.upload(uploading), signal);
      const file = uploaded.status === 200 ? fileIn(uploaded.text()) : null;
      if (file === null) return { failure: failureOf(uploaded, model) };
      return jobOf(await asker.ask(name, (ai) => ai.batches.create({ model, src: file, config }), signal), model);
    },

    async find(name, signal) {
      let pageToken: string | undefined;
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const config = { pageSize: 100, ...(pageToken !== undefined && { pageToken }) };
        const asked = await asker.ask(name, (ai) => ai.batches.list({ config }), signal);
        const page = asked.status === 200 ? readOperations(asked.text()) : null;
        if (!page) return { failure: failureOf(asked, 'batch jobs') };
        const found = page.operations?.find(({ metadata }) => metadata?.displayName === name);
        if (found) return { job: found.name };
        pageToken = page.nextPageToken ?? undefined;
        if (!pageToken) break;
      }
      return { job: null };
    },

    async look(job, keys, signal) {
      const asked = await asker.ask(job, (ai) => ai.batches.get({ name: job }), signal);
      if (asked.status === 404) return { state: 'gone' };
      const operation = asked.status === 200 ? readOperation(asked.text()) : null;
      if (!operation) return { failure: failureOf(asked, job) };
      const state = stateOf(operation);
      if (state === 'waits' || state === 'runs') return { state };
      const reason = oneLine(asker.cut(operation.error?.message ?? ''));
      if (state !== 'succeeded')
        return { state, reason: say(`The batch job ${job} ${ends[state]}`, reason), failures: new Map() };
      const answers = await answersOf(asker, operation, signal);
      if ('failure' in answers) return answers;
      return { state, reason: null, failures: keep(answers.values, keys, durationOf(operation)) };
    },
  };

  /** Stores what was answered under keys that were asked for. Without names, answers stand in the order of requests. */
  function keep(values: unknown[], keys: readonly string[], latencyMs: number): Map<string, Failure> {
    const asked = new Set(keys);
    const failures = new Map<string, Failure>();
    values.forEach((value, index) => {
      const read = readBatchAnswer(value);
      const key = read?.key ?? (values.length === keys.length ? keys[index] : undefined);
      if (!read || key === undefined || !asked.has(key)) return;
      if ('body' in read) store.put(key, { status: 200, body: asker.cut(read.body), latencyMs });
      else failures.set(key, { ...read.failure, reason: read.failure.reason && asker.cut(read.failure.reason) });
    });
    return failures;
  }
}

const ends = { failed: 'failed', cancelled: 'was cancelled', expired: 'expired' };

function inlined(key: string, request: GenerateRequest) {
  const { contents, config } = toSdk(request);
  return { contents, ...(config && { config }), metadata: { key } };
}

type Asked = Awaited<ReturnType<Asker['ask']>>;

function failureOf(asked: Asked, what: string): Failure {
  if (asked.status === null) return asked.failure;
  return explainStatus(asked.status, asked.text(), what);
}

function jobOf(asked: Asked, model: string): { job: string } | { failure: Failure } {
  const operation = asked.status === 200 ? readOperation(asked.text()) : null;
  return operation ? { job: operation.name } : { failure: failureOf(asked, model) };
}

function fileIn(body: string): string | null {
  const { file } = (parseJson(body) ?? {}) as { file?: { name?: unknown } };
  return typeof file?.name === 'string' ? file.name : null;
}

/** The answers of a job that has some, however it brings them. */
async function answersOf(
  asker: Asker,
  { name, metadata }: Operation,
  signal: AbortSignal,
): Promise<{ values: unknown[] } | { failure: Failure }> {
  const file = metadata?.output?.responsesFile;
  if (!file) return { values: metadata?.output?.inlinedResponses?.inlinedResponses ?? [] };
  const download = (ai: GoogleGenAI) => ai.files.download({ file, downloadPath: 'unused' });
  const asked = await asker.ask(name, download, signal);
  if (asked.status !== 200) return { failure: failureOf(asked, name) };
  return { values: asked.lines().map((line) => parseJson(line)) };
}
