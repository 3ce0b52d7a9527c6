import { sha256 } from '../lib/hash.js';
import type { AnyModelInfo } from '../catalog/catalog.js';
import { thinks } from './find-model.js';
import { invalidArgument } from './google-error.js';
import type { Content } from './payload.js';

const OURS = 'emulated-thought:';

/** The signature that goes out with a part, and has to come back with it. `content` is its text or its base64 data. */
export const signatureFor = (content: string): string => Buffer.from(`${OURS}${sha256(content)}`).toString('base64');

/**
 * Thinking models draw the next turn only when each picture they made comes back with its signature; thought parts carry
 * none. One signed here must sit on its own part. Those from elsewhere cannot be judged and pass.
 */
export function checkSignatures(contents: readonly Content[], model: AnyModelInfo): void {
  if (!thinks(model)) return;
  contents.forEach((content, index) => {
    if (content.role !== 'model') return;
    content.parts.forEach((part, position) => {
      const where = `in content position ${index + 1}, part position ${position + 1}`;
      if (part.inlineData && !part.thought && !part.thoughtSignature) {
        throw invalidArgument(
          `Image part is missing a thought_signature ${where}. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.`,
        );
      }
      const signature = Buffer.from(part.thoughtSignature ?? '', 'base64').toString();
      const signed = part.inlineData?.data ?? part.text ?? '';
      if (signature.startsWith(OURS) && part.thoughtSignature !== signatureFor(signed)) {
        throw invalidArgument(`Corrupted thought signature ${where}.`);
      }
    });
  });
}
