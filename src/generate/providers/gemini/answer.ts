import type { Answer, WordsWanted } from '../../provider.js';
import type { Part, Reply } from './reply.js';
import { oneLine } from './server-error.js';
import { readUsage } from './usage.js';

/** Finish reasons that mean "blocked", those of tomorrow included (`IMAGE_` or not, safety, rights, personal data). */
const BLOCKED = /SAFETY|PROHIBITED|BLOCKLIST|RECITATION|SPII|LANGUAGE|MODEL_ARMOR|JAILBREAK/;
const NO_PICTURE = new Set(['NO_IMAGE', 'IMAGE_OTHER']);

type Verdict = Pick<Answer, 'outcome' | 'reason'>;

/**
 * What a complete answer amounts to. `reply` is the whole answer, continuations included; `last` is the final body as
 * it came, with the words that the SDK drops (`finishMessage`, finish reasons it does not know).
 */
export function readAnswer(reply: Reply, last: Reply, words?: WordsWanted): Omit<Answer, 'exchange'> {
  const parts = reply.candidates?.[0]?.content?.parts ?? [];
  const images = picturesOf(parts);
  const text = parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join('') || null;
  return {
    ...judge(images.length > 0, parts.length > 0, text, last),
    finishReason: last.candidates?.[0]?.finishReason ?? null,
    images,
    text,
    usage: readUsage(reply.usageMetadata, images.length > 0),
    modelVersion: reply.modelVersion ?? null,
    responseId: reply.responseId ?? null,
    retry: 'no',
    ...(words && judgeWords(text, last, words)),
  };
}

/** Words of another form than was asked for, and none at all, are worth asking for again; what was blocked is not. */
function judgeWords(text: string | null, last: Reply, { fits }: WordsWanted): Partial<Answer> {
  if (text !== null && fits(text)) return { outcome: 'ok', reason: null };
  if (judge(false, text !== null, text, last).outcome === 'refused') return {};
  const what = text === null ? 'is empty' : `is not of the form asked for: ${quoted(text)}`;
  return { outcome: 'infra_error', reason: `The answer ${what}`, retry: 'yes' };
}

/** The pictures outside of thoughts, in order; the only picture may stand in a thought, and then the last one counts. */
function picturesOf(parts: readonly Part[]): Uint8Array[] {
  const pictures = parts.filter(
    ({ inlineData }) => inlineData && !/^(text|audio|video)\//.test(inlineData.mimeType ?? ''),
  );
  const final = pictures.filter((part) => !part.thought);
  return (final.length > 0 ? final : pictures.slice(-1)).map((part) =>
    Buffer.from(part.inlineData?.data ?? '', 'base64'),
  );
}

function judge(hasPicture: boolean, hasParts: boolean, text: string | null, last: Reply): Verdict {
  if (hasPicture) return { outcome: 'ok', reason: null };
  const candidate = last.candidates?.[0];
  const { blockReason, blockReasonMessage } = last.promptFeedback ?? {};
  const finish = candidate?.finishReason ?? null;
  const message = oneLine(blockReasonMessage ?? candidate?.finishMessage ?? '');
  const tell = (outcome: Answer['outcome'], what: string, why: string | null): Verdict => {
    const sentence = why ? `${what} (${why})` : what;
    return { outcome, reason: message ? `${sentence}: ${message}` : `${sentence}.` };
  };
  if (blockReason) return tell('refused', 'The prompt was blocked', blockReason);
  if (finish && BLOCKED.test(finish)) return tell('refused', 'The answer was blocked', finish);
  if (finish && NO_PICTURE.has(finish)) return tell('no_image', 'The model made no picture', finish);
  if (!hasParts) return tell('no_image', candidate ? 'The answer is empty' : 'The answer has no candidates', finish);
  if (finish && finish !== 'STOP') return tell('infra_error', 'The answer broke off without a picture', finish);
  if (text === null) return tell('no_image', 'The model thought, and made no picture', finish);
  return { outcome: 'text_only', reason: `The model answered in words and made no picture: ${quoted(text)}` };
}

function quoted(text: string): string {
  const words = oneLine(text);
  return words.length > 160 ? `${words.slice(0, 159)}…` : words;
}
