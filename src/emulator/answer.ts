import type { Emulator } from './call.js';
import type { Fault } from './faults.js';
import type { Output } from './faults/kind.js';
import { thinks } from './find-model.js';
import type { Answer, AnswerPart } from './response.js';
import { signatureFor } from './signature.js';
import { STUDIO_VERSION, type StudioRequest } from './studio/studio.js';
import { strayOf } from './stray.js';
import type { Turn } from './turn.js';
import { promptUsage, withOutput } from './usage.js';

const CAPTION = 'Here is the picture you asked for.';
const THOUGHT = '**Composing the picture**\n\nI keep to the character of the reference and set the scene around it.';
/** Gemini answers in JPEG nearly always; one answer in eight is PNG here, so that nobody relies on either. */
const PNG_EVERY = 8;

/** Draws the turn and wraps the picture. `seed` is the request's own; `drawSeed` also depends on everything else in it. */
export async function answerTo(
  turn: Turn,
  { seed, drawSeed, fault }: { seed: number; drawSeed: number; fault: Fault | null },
  draw: Emulator['draw'],
): Promise<Answer> {
  const { model, settings } = turn;
  const prompt = promptUsage(model, turn.input);
  const stamp = {
    modelVersion: `${model.id}-emulated-${STUDIO_VERSION}`,
    responseId: `emulated-${seed}-${drawSeed.toString(16)}`,
  };
  if (fault?.kind.end) return { ...fault.kind.end(prompt, model), ...stamp };

  const order: StudioRequest = {
    prompt: turn.prompt,
    images: turn.images,
    width: turn.width,
    height: turn.height,
    seed: drawSeed,
    stray: strayOf(model.id),
    mime: settings.mime ?? (drawSeed % PNG_EVERY === 0 ? 'image/png' : 'image/jpeg'),
  };
  const picture = settings.withImage ? await drawn(order, turn, fault, draw) : null;
  const parts = partsOf(picture, turn);
  const characters = parts.reduce((sum, part) => sum + (part.thought ? 0 : (part.text?.length ?? 0)), 0);
  const answer: Answer = {
    candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0 }],
    usageMetadata: withOutput(prompt, model, { picture: picture && { size: turn.size }, characters, seed: drawSeed }),
    ...stamp,
  };
  return fault?.kind.answer ? fault.kind.answer(answer) : answer;
}

async function drawn(
  order: StudioRequest,
  { model }: Turn,
  fault: Fault | null,
  draw: Emulator['draw'],
): Promise<Output> {
  const { bytes, mime } = await draw(fault?.kind.order ? fault.kind.order(order, model) : order);
  return fault?.kind.picture ? fault.kind.picture({ bytes, mime }) : { bytes, mime };
}

/** Thoughts first, and the last thought is the picture itself, as users have reported; then words; then the picture. */
function partsOf(picture: Output | null, { model, settings }: Turn): AnswerPart[] {
  const inlineData = picture && { mimeType: picture.mime, data: Buffer.from(picture.bytes).toString('base64') };
  const signed = (content: string) => (thinks(model) ? { thoughtSignature: signatureFor(content) } : {});
  const parts: AnswerPart[] = [];
  if (settings.includeThoughts) {
    parts.push({ text: THOUGHT, thought: true });
    if (inlineData) parts.push({ inlineData, thought: true });
  }
  if (settings.withText) parts.push({ text: CAPTION, ...signed(CAPTION) });
  if (inlineData) parts.push({ inlineData, ...signed(inlineData.data) });
  return parts;
}
