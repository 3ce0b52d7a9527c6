import { canonicalJson, hash31, sha256 } from '../lib/hash.js';
import { answerTo } from './answer.js';
import type { AnyModelInfo } from '../catalog/catalog.js';
import type { Call, Emulator, Surface } from './call.js';
import type { Fault } from './faults.js';
import { findModel, makesPictures } from './find-model.js';
import { judgeAnswer } from './judge/judge.js';
import { readQuestion } from './judge/question.js';
import { latencyOf } from './latency.js';
import { parseJson, parsePayload } from './payload.js';
import type { Reply } from './reply.js';
import type { Answer } from './response.js';
import { readTurn } from './turn.js';

/** Answers one generate call, in the order a service would: model, quota, payload, settings, then the work. */
export async function generate(call: Call, emulator: Emulator): Promise<{ answer: Answer; fault: Fault | null }> {
  const model = findModel(call.names['model'] ?? '');
  const leave = emulator.limiter.enter(model.id);
  try {
    const front = { surface: call.surface, header: call.headers['x-evaluate-fault']?.toString() };
    const { answer, fault, drawSeed } = await answerRequest(parseJson(call.body), model, front, emulator);
    if (emulator.latencyScale > 0)
      await emulator.clock.sleep(latencyOf(model, drawSeed) * emulator.latencyScale, call.signal);
    return { answer, fault };
  } finally {
    leave();
  }
}

/** Checks and answers one request, whichever way it came. `header` is the fault that it brought. */
export async function answerRequest(
  json: unknown,
  model: AnyModelInfo,
  { surface, header }: { surface: Surface; header: string | undefined },
  emulator: Omit<Emulator, 'batches'>,
): Promise<{ answer: Answer; fault: Fault | null; drawSeed: number }> {
  const payload = parsePayload(json, surface);
  const turn = makesPictures(model) ? await readTurn(payload, model) : await readQuestion(payload, model);
  const request = sha256(canonicalJson([model.id, payload]));
  const fault = emulator.faults.pick({ model: model.id, prompt: turn.prompt, request, header });
  if (fault?.kind.refuse) throw fault.kind.refuse(model, fault.delayMs);
  const seed = turn.settings.seed ?? emulator.freshSeed();
  const drawSeed = hash31([request, seed]);
  const how = { seed, drawSeed, fault };
  const answer = 'schema' in turn ? judgeAnswer(turn, how) : await answerTo(turn, how, emulator.draw);
  return { answer, fault, drawSeed };
}

/** Lets a wire fault have its way with the reply. */
export const struck = (reply: Reply, fault: Fault | null): Reply =>
  fault?.kind.reply ? fault.kind.reply(reply, fault.delayMs) : reply;
