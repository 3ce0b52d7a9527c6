import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { encodePng } from '../../image/codec.js';
import { filled } from '../../image/raster.js';
import type { Clock } from '../../lib/clock.js';
import { sha256 } from '../../lib/hash.js';
import { seededRandom } from '../../lib/random.js';
import type { PlannedSample } from '../../plan/plan.js';
import { AnswerCache } from '../answers.js';
import { Budget } from '../budget.js';
import type { GenerateContext } from '../context.js';
import { Journal, readJournal, resume } from '../journal.js';
import { Limiter } from '../limiter.js';
import { PictureStore } from '../pictures.js';
import type { Answer, GenerateRequest, Provider } from '../provider.js';
import type { Sample } from '../sample.js';

/** A clock that stands still but for sleeping, which passes at once. */
export function fakeClock(): Clock & { slept: number[] } {
  let now = Date.parse('2026-11-20T12:00:00Z');
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
      await Promise.resolve();
    },
  };
}

/** A picture of one colour that follows from the request. */
export function pictureFor(request: GenerateRequest): Uint8Array {
  const [r, g, b] = Buffer.from(
    sha256(`${request.prompt}${request.seed}${request.images.map((image) => image.sha256).join()}`),
    'hex',
  );
  return encodePng(filled(80, 64, [r ?? 0, g ?? 0, b ?? 0, 255]));
}

export const usage = {
  prompt: { text: 100, image: 1120 },
  output: { text: 0, image: 1120 },
  thoughts: 100,
  total: 2440,
};

export function okAnswer(request: GenerateRequest, changes: Partial<Answer> = {}): Answer {
  return {
    outcome: 'ok',
    reason: null,
    finishReason: 'STOP',
    images: [pictureFor(request)],
    text: null,
    usage,
    modelVersion: 'scripted-1',
    responseId: 'r',
    retry: 'no',
    exchange: { status: 200, body: '', latencyMs: 1000 },
    ...changes,
  };
}

export function failedAnswer(status: number | null, retry: Answer['retry'], reason = `HTTP ${status}`): Answer {
  return {
    ...okAnswer({ model: '', prompt: '', images: [], generation: {}, seed: 0 }),
    outcome: 'infra_error',
    reason,
    finishReason: null,
    images: [],
    usage: null,
    retry,
    exchange: {
      body: '',
      latencyMs: 10,
      ...(status === null ? { status, failure: { reason, retry } } : { status }),
    },
  };
}

/**
 * A provider that answers as `script` says, and keeps answers as the real one does: in the store before it returns.
 * `calls` lists what was sent.
 */
export function scripted(script: (request: GenerateRequest, call: number) => Answer | Promise<Answer>) {
  const calls: GenerateRequest[] = [];
  const provide = (answers: AnswerCache): Provider => ({
    id: 'scripted',
    emulated: true,
    said(key) {
      const stored = answers.get(key);
      return stored && { sha256: sha256(stored.body), content: stored.body, images: 1, characters: 0 };
    },
    async generate(request, key) {
      const stored = answers.get(key);
      if (stored) return { ...(JSON.parse(stored.body) as Answer), images: [pictureFor(request)], cached: true };
      calls.push(request);
      const answer = await script(request, calls.length);
      if (answer.outcome !== 'infra_error')
        answers.put(key, { ...answer.exchange, body: JSON.stringify({ ...answer, images: [] }) });
      return { ...answer, cached: false };
    },
  });
  return { calls, provide };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
  folders.push(folder);
  return folder;
}

export interface Workshop {
  context: GenerateContext;
  landed: Sample[];
  clock: ReturnType<typeof fakeClock>;
}

/** Everything `generate` needs, in a folder of its own; the same folder again goes on where it stopped. */
export function workshop(
  provide: (answers: AnswerCache) => Provider,
  changes: Partial<GenerateContext> & { folder?: string; maxCost?: number } = {},
): Workshop & { folder: string } {
  const { folder = newFolder(), maxCost, ...rest } = changes;
  const clock = fakeClock();
  const answers = new AnswerCache(`${folder}/answers`);
  const pictures = new PictureStore(`${folder}/run`);
  const journal = new Journal(`${folder}/run/journal.jsonl`, clock.now);
  journal.write({ type: 'started', run: 'run', matrix: 'm' });
  const landed: Sample[] = [];
  const archive = encodePng(filled(100, 100, [200, 100, 50, 255]));
  const input = () => ({
    picture: pictures.put(archive, { mime: 'image/png', width: 100, height: 100 }),
    bytes: archive,
  });
  const context: GenerateContext = {
    provider: provide(answers),
    origin: 'scripted',
    answers,
    pictures,
    journal,
    resumed: resume(readJournal(`${folder}/run/journal.jsonl`)),
    limiter: new Limiter({ now: clock.now, random: seededRandom(1) }),
    budget: new Budget(maxCost ?? null),
    clock,
    random: seededRandom(1),
    signal: new AbortController().signal,
    concurrency: 3,
    maxFailures: null,
    asset: input,
    approved: input,
    made: new Map(),
    onSample: (sample) => landed.push(sample),
    onPause: () => undefined,
    ...rest,
  };
  return { context, landed, clock, folder };
}

/** The turns of a conversation of a made-up variant. */
export function plannedTurns(name: string, sample: number, turns: number): PlannedSample[] {
  const first = planned(name, sample);
  const said = Array.from({ length: turns }, (_, index) => ({
    id: `${first.id}.${index + 1}`,
    prompt: `Turn ${index + 1} of ${name}.`,
  }));
  return said.map(({ id, prompt }, index) => ({
    ...first,
    id,
    slot: `${first.slot}.${index + 1}`,
    seed: 10 * sample + index,
    prompt,
    turn: { number: index + 1, earlier: said.slice(0, index) },
    parents: said.slice(index - 1, index).map((each) => each.id),
  }));
}

/** A planned sample of a made-up variant; `parents` are case names of the same index. */
export function planned(
  name: string,
  sample: number,
  parents: string[] = [],
  model = 'gemini-nano-banana-2.1',
): PlannedSample {
  const variant = { id: `${model}@v1`, model, name: model, settings: {}, revision: 'v1', candidate: true };
  const idOf = (each: string) => `${variant.id}/${each}#${sample}`;
  return {
    id: idOf(name),
    slot: `${name}#${sample}`,
    case: name,
    variant,
    sample,
    seed: sample,
    prompt: `Draw ${name}.`,
    generation: {},
    inputs: [
      { name: 'archive', from: 'asset', asset: 'archive' },
      ...parents.map((parent) => ({ name: parent, from: 'sample' as const, id: idOf(parent) })),
    ],
    parents: parents.map(idOf),
  };
}
