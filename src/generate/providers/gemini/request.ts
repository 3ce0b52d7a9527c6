import type { Content, GenerateContentConfig, GenerateContentParameters, ThinkingLevel } from '@google/genai';
import type { GenerateRequest } from '../../provider.js';

/**
 * A request in the SDK's words: one user turn of the prompt and then the pictures, "Image 1" first. A later turn of a
 * conversation comes after all that was said before, as the API keeps no state: the pictures in the first turn, and the
 * model's own turns whole, since it refuses pictures that come back without their thought signatures. Settings that the request leaves out are left out, so that the model's own defaults hold.
 */
export function toSdk(request: GenerateRequest): GenerateContentParameters {
  const { aspectRatio, imageSize, responseModalities, thinkingLevel, temperature, topP } = request.generation;
  const imageConfig = { ...(aspectRatio && { aspectRatio }), ...(imageSize && { imageSize }) };
  const config: GenerateContentConfig = { seed: request.seed };
  if (responseModalities) config.responseModalities = responseModalities;
  if (Object.keys(imageConfig).length > 0) config.imageConfig = imageConfig;
  // The SDK's enum is upper-case; the API documents, and the SDK passes on, the lower-case words.
  if (thinkingLevel) config.thinkingConfig = { thinkingLevel: thinkingLevel as unknown as ThinkingLevel };
  if (temperature !== undefined) config.temperature = temperature;
  if (topP !== undefined) config.topP = topP;
  if (request.words) {
    config.responseMimeType = 'application/json';
    config.responseSchema = request.words.schema;
  }
  const pictures = request.images.map(({ mime, bytes }) => ({
    inlineData: {
      mimeType: mime,
      data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    },
  }));
  const said = request.history ?? [];
  const prompts = [...said.map(({ prompt }) => prompt), request.prompt];
  const contents = prompts.flatMap((text, turn): Content[] => {
    const answer = said[turn]?.answer.content as Content | undefined;
    const parts = [{ text }, ...(turn === 0 ? pictures : [])];
    return [{ role: 'user', parts }, ...(answer ? [answer] : [])];
  });
  return { model: request.model, contents, config };
}
