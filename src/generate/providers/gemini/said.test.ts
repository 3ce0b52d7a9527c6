import { describe, expect, it } from 'vitest';
import type { SaidTurn } from '../../provider.js';
import { call, callKey, memoryStore, request } from './__fixtures__/call.js';
import { hopKey } from './exchanges.js';
import { saidUnder } from './said.js';

const data = 'iVBORw0KGgo=';
const picture = { inlineData: { mimeType: 'image/jpeg', data } };
/** As Gemini answers: thoughts in words and as a picture, then the answer with its signatures. */
const parts = [
  { text: 'thinking about it', thought: true },
  { ...picture, thought: true },
  { text: 'Here it is.', thoughtSignature: 'c2lnLXRleHQ=' },
  { ...picture, thoughtSignature: 'c2lnLWltYWdl' },
];
const bodyOf = (content: object[], finishReason = 'STOP') =>
  JSON.stringify({ candidates: [{ content: { role: 'model', parts: content }, finishReason }] });
const kept = (...bodies: string[]) => {
  const { store } = memoryStore();
  bodies.forEach((body, index) => store.put(hopKey(callKey, index), { status: 200, body, latencyMs: 1 }));
  return saidUnder(callKey, store);
};

describe('what the model said', () => {
  it('is every part as it came, and what it adds to the input', () => {
    expect(kept(bodyOf(parts))).toMatchObject({ content: { role: 'model', parts }, images: 2, characters: 28 });
  });

  it('is put together where the answer was continued', () => {
    const whole = kept(bodyOf(parts.slice(0, 2), 'CONTINUATION'), bodyOf(parts.slice(2)));
    expect(whole).toEqual(kept(bodyOf(parts)));
    expect(kept(bodyOf(parts.slice(0, 2), 'CONTINUATION'))).toBeNull();
  });

  it('is another one with another signature', () => {
    const other = parts.map((part) => ({
      ...part,
      ...('thoughtSignature' in part && { thoughtSignature: 'b3RoZXI=' }),
    }));
    expect(kept(bodyOf(other))?.sha256).not.toBe(kept(bodyOf(parts))?.sha256);
  });

  it.each([[], ['{"candidates": [{"content"'], ['{"candidates": []}']])(
    'is nothing without a whole answer: %#',
    (...bodies) => {
      expect(kept(...bodies)).toBeNull();
    },
  );
});

/** The order and the fields of what @google/genai 2.32 sends for chats.create and sendMessage twice. */
it('goes back as the chat of the SDK sends it, before the words of the next turn', async () => {
  const bytes = Buffer.from(data, 'base64');
  const answer = kept(bodyOf(parts));
  const history: SaidTurn[] = answer ? [{ prompt: 'make', answer }] : [];
  const images = [{ name: 'photo', mime: 'image/png', sha256: 'a'.repeat(64), bytes }];
  const { seen } = await call(
    { body: bodyOf(parts) },
    { request: { ...request, prompt: 'now blue', images, history } },
  );
  expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
    contents: [
      { role: 'user', parts: [{ text: 'make' }, { inlineData: { mimeType: 'image/png', data } }] },
      { role: 'model', parts },
      { role: 'user', parts: [{ text: 'now blue' }] },
    ],
  });
});
