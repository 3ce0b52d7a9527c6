import type { Fault } from '../faults.js';
import type { Answer } from '../response.js';
import { promptUsage, withOutput } from '../usage.js';
import { filled, numberedLines } from './fill.js';
import type { Question } from './question.js';
import { judged } from './statement.js';
import { truthOf } from './truth.js';

/** Goes up whenever any answer would change. */
const JUDGE_VERSION = '1';

const WORDS = 'I look at pictures, and answer statements about them in JSON.';

/**
 * Answers by what the studio wrote into the picture when it drew it, so that an emulated checklist is about the picture.
 * Of a picture from elsewhere, and of a statement beyond its vocabulary, it is unsure.
 */
export function judgeAnswer(
  { model, prompt, images, schema, input }: Question,
  { seed, drawSeed, fault }: { seed: number; drawSeed: number; fault: Fault | null },
): Answer {
  const usage = promptUsage(model, input);
  const stamp = {
    modelVersion: `${model.id}-emulated-${JUDGE_VERSION}`,
    responseId: `emulated-${seed}-${drawSeed.toString(16)}`,
  };
  if (fault?.kind.end) return { ...fault.kind.end(usage, model), ...stamp };
  const last = images.at(-1);
  const truth = last ? truthOf(last) : null;
  const answer = (says: string) => (truth ? judged(says, truth) : 'unsure');
  const text = schema === null ? WORDS : JSON.stringify(filled(schema, numberedLines(prompt), answer));
  const whole: Answer = {
    candidates: [{ content: { parts: [{ text }], role: 'model' }, finishReason: 'STOP', index: 0 }],
    usageMetadata: withOutput(usage, model, { picture: null, characters: text.length, seed: drawSeed }),
    ...stamp,
  };
  return fault?.kind.answer ? fault.kind.answer(whole) : whole;
}
