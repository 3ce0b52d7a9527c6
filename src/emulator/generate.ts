import { canonicalJson, hash31, sha256 } from '../lib/hash.js';
import { answerTo } from './answer.js';
import type { Call, Emulator } from './call.js';
import type { Fault } from './faults.js';
import { findModel } from './find-model.js';
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
    const payload = parsePayload(parseJson(call.body), call.surface);
    const turn = await readTurn(payload, model);
    const request = sha256(canonicalJson([model.id, payload]));
    const fault = emulator.faults.pick({
      model: model.id,
      prompt: turn.prompt,
      request,
      header: call.headers['x-evaluate-fault']?.toString(),
    });
    if (fault?.kind.refuse) throw fault.kind.refuse(model, fault.delayMs);

    const seed = turn.settings.seed ?? emulator.freshSeed();
    const drawSeed = hash31([request, seed]);
    const answer = await answerTo(turn, { seed, drawSeed, fault }, emulator.draw);
    if (emulator.latencyScale > 0)
      await emulator.clock.sleep(latencyOf(model, drawSeed) * emulator.latencyScale, call.signal);
    return { answer, fault };
  } finally {
    leave();
  }
}

/** Lets a wire fault have its way with the reply. */
export const struck = (reply: Reply, fault: Fault | null): Reply =>
  fault?.kind.reply ? fault.kind.reply(reply, fault.delayMs) : reply;
