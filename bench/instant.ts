import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnswerCache } from '../src/generate/answers.js';
import { Budget } from '../src/generate/budget.js';
import type { GenerateContext } from '../src/generate/context.js';
import { Journal, resume } from '../src/generate/journal.js';
import { Limiter } from '../src/generate/limiter.js';
import { PictureStore } from '../src/generate/pictures.js';
import type { Answer, GenerateRequest, Provider } from '../src/generate/provider.js';
import { systemClock } from '../src/lib/clock.js';
import { seededRandom } from '../src/lib/random.js';
import type { Case, Suite } from '../src/suite/suite.js';

/** A provider that answers with ready-made pictures after `latencyMs`, storing each answer as the real one does. */
export function instantProvider(pictures: readonly Uint8Array[], latencyMs: number, answers: AnswerCache): Provider {
  let next = 0;
  return {
    id: 'instant',
    emulated: true,
    said: () => null,
    async generate(_request: GenerateRequest, key: string) {
      if (latencyMs > 0) await systemClock.sleep(latencyMs);
      const bytes = pictures[(next += 1) % pictures.length] ?? new Uint8Array();
      const exchange = {
        status: 200,
        body: JSON.stringify({ data: Buffer.from(bytes).toString('base64') }),
        latencyMs,
      };
      answers.put(key, exchange);
      return { ...okAnswer, images: [bytes], exchange, cached: false };
    },
  };
}

const okAnswer: Omit<Answer, 'images' | 'exchange'> = {
  outcome: 'ok',
  reason: null,
  finishReason: 'STOP',
  text: null,
  usage: { prompt: { text: 100, image: 1120 }, output: { text: 0, image: 1120 }, thoughts: 0, total: 2340 },
  modelVersion: 'instant',
  responseId: null,
  retry: 'no',
};

/** Everything `generate` needs, in a new temporary folder. */
export function benchContext(
  provide: (answers: AnswerCache) => Provider,
  concurrency: number,
  suite: Suite,
): GenerateContext {
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-bench-'));
  const answers = new AnswerCache(`${folder}/answers`);
  const pictures = new PictureStore(folder);
  return {
    provider: provide(answers),
    origin: 'bench',
    answers,
    pictures,
    journal: new Journal(`${folder}/journal.jsonl`, systemClock.now),
    resumed: resume([]),
    limiter: new Limiter({ now: systemClock.now }),
    budget: new Budget(null),
    clock: systemClock,
    random: seededRandom(1),
    signal: new AbortController().signal,
    concurrency,
    maxFailures: null,
    asset: (name) => {
      const asset = suite.assets[name];
      if (!asset) throw new Error(`no asset ${name}`);
      return { picture: pictures.put(asset.bytes, asset), bytes: asset.bytes };
    },
    approved: (name) => {
      throw new Error(`no approved picture of ${name}`);
    },
    made: new Map(),
    onSample: () => undefined,
    onPause: () => undefined,
  };
}

/** A suite in memory. */
export function benchSuite(cases: Case[], assets: Suite['assets']): Suite {
  return {
    name: 'bench',
    description: '',
    folder: '/nowhere',
    hash: '0'.repeat(64),
    models: [{ id: 'gemini-nano-banana-2.1', name: 'gemini-nano-banana-2.1', generation: {} }],
    revisions: ['v1'],
    commits: {},
    limits: { each: {}, models: {} },
    generation: {},
    samples: { min: 1, max: 1 },
    inputs: 'generated',
    assets,
    characters: { robot: { name: 'robot', sheet: { asset: 'sheet' }, views: [{ name: 'front', box: null }] } },
    cases,
    metrics: {},
    checks: {},
    warnings: [],
  };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
