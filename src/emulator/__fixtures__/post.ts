import { expect } from 'vitest';

export type Json = Record<string, unknown>;
export const PRO = 'gemini-3-pro-image';

/** Sends one generate call by hand, so that no SDK tidies it up. A string goes out as it is. */
export async function post(
  url: string,
  body: unknown,
  {
    model = 'gemini-nano-banana-2.1',
    headers = { 'x-goog-api-key': 'k' } as Record<string, string>,
    prefix = '/v1beta',
  } = {},
) {
  const response = await fetch(`${url}${prefix}/models/${model}:generateContent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(response.headers.get('x-evaluate-emulator')).toBe('1');
  return {
    status: response.status,
    body: (await response.json()) as { error?: { code: number; message: string; status: string; details?: Json[] } },
  };
}

/** A request with one more part, or with some settings. */
export const one = (part: Json, rest: Json = {}) => ({
  contents: [{ role: 'user', parts: [{ text: 'a' }, part] }],
  ...rest,
});
export const config = (generationConfig: Json) => ({
  contents: [{ role: 'user', parts: [{ text: 'a' }] }],
  generationConfig,
});

/** An invalid request: what is wrong with it, the model it goes to, its body, and what the message says. */
export type Refused = [string, string, unknown, RegExp];

export async function expectRefused(url: string, [, model, body, message]: Refused): Promise<void> {
  const answer = await post(url, body, { model });
  expect(answer.body.error?.message).toMatch(message);
  expect([answer.status, answer.body.error?.code, answer.body.error?.status]).toEqual([400, 400, 'INVALID_ARGUMENT']);
}
