import { z } from 'zod';
import type { Surface } from './call.js';
import { badPayload, invalidArgument, type GoogleError } from './google-error.js';
import { violationsOf } from './payload-errors.js';

/**
 * The fields of `GenerateContentRequest` that an image model can be sent, from the API reference and from what
 * @google/genai 2.32 puts on the wire. Protobuf's JSON parser refuses every other name, and so does this.
 */
const INT32 = z
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1);
/** Names of protobuf enums arrive as the SDK was given them (`high`, `HIGH`); the service takes both. */
const name = z.string().transform((written) => written.toUpperCase());

const part = z.strictObject({
  text: z.string().optional(),
  inlineData: z.strictObject({ mimeType: z.string(), data: z.string(), displayName: z.string().optional() }).optional(),
  fileData: z
    .strictObject({ fileUri: z.string(), mimeType: z.string().optional(), displayName: z.string().optional() })
    .optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
});
const content = z.strictObject({ role: z.string().optional(), parts: z.array(part).default([]) });

const imageConfig = { aspectRatio: z.string().optional(), imageSize: z.string().optional() };
/** Vertex alone lets one choose the encoding of the picture and the people in it. */
const vertexImageConfig = {
  ...imageConfig,
  personGeneration: z.string().optional(),
  imageOutputOptions: z
    .strictObject({ mimeType: z.string().optional(), compressionQuality: INT32.optional() })
    .optional(),
};

const generationConfig = {
  temperature: z.number().optional(),
  topP: z.number().optional(),
  topK: z.number().optional(),
  seed: INT32.optional(),
  candidateCount: INT32.optional(),
  maxOutputTokens: INT32.optional(),
  stopSequences: z.array(z.string()).optional(),
  presencePenalty: z.number().optional(),
  frequencyPenalty: z.number().optional(),
  mediaResolution: z.string().optional(),
  responseMimeType: z.string().optional(),
  responseSchema: z.unknown().optional(),
  responseJsonSchema: z.unknown().optional(),
  responseModalities: z.array(name).optional(),
  thinkingConfig: z
    .strictObject({
      includeThoughts: z.boolean().optional(),
      thinkingLevel: name.optional(),
      thinkingBudget: INT32.optional(),
    })
    .optional(),
};

const request = {
  model: z.string().optional(),
  contents: z.array(content).default([]),
  systemInstruction: content.optional(),
  safetySettings: z
    .array(z.strictObject({ category: z.string(), threshold: z.string(), method: z.string().optional() }))
    .optional(),
  tools: z.array(z.looseObject({})).optional(),
  toolConfig: z.looseObject({}).optional(),
  cachedContent: z.string().optional(),
  serviceTier: z.string().optional(),
};

const developerPayload = z.strictObject({
  ...request,
  generationConfig: z
    .strictObject({ ...generationConfig, imageConfig: z.strictObject(imageConfig).optional() })
    .optional(),
});
const vertexPayload = z.strictObject({
  ...request,
  labels: z.record(z.string(), z.string()).optional(),
  generationConfig: z
    .strictObject({ ...generationConfig, imageConfig: z.strictObject(vertexImageConfig).optional() })
    .optional(),
});

/** A request in the form Vertex takes, which holds the Developer API's. */
export type Payload = z.infer<typeof vertexPayload>;
export type Content = z.infer<typeof content>;
export type Part = z.infer<typeof part>;

const schemas: Record<Surface, z.ZodType<Payload>> = { developer: developerPayload, vertex: vertexPayload };

/** Parses a body that must be one JSON object. Throws Google's 400. */
export function parseJson(body: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : String(error));
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw malformed('Root element must be a message.');
  return value as Record<string, unknown>;
}

const malformed = (why: string): GoogleError =>
  badPayload([{ field: '', description: `Invalid JSON payload received. ${why}` }]);

/** Checks names and types only, as the parser in front of the model does. Throws Google's 400 naming every wrong field. */
export function parsePayload(json: unknown, surface: Surface): Payload {
  const written = camelKeys(json);
  const result = schemas[surface].safeParse(written);
  if (!result.success) throw badPayload(violationsOf(result.error, written));
  if (result.data.contents.length === 0) {
    throw invalidArgument('* GenerateContentRequest.contents: contents is not specified\n');
  }
  return result.data;
}

/** Protobuf's parser follows a message no deeper. */
const DEEPEST = 100;

/** Protobuf JSON takes `inline_data` for `inlineData`; gateways send both. Label names belong to the user and stay. */
function camelKeys(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) throw malformed('Message too deep. Max recursion depth reached.');
  if (Array.isArray(value)) return value.map((member) => camelKeys(member, depth + 1));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      key === 'labels' ? member : camelKeys(member, depth + 1),
    ]),
  );
}
