import type { JudgeInfo } from '../../catalog/catalog.js';
import { invalidArgument } from '../google-error.js';
import { readImages } from '../input-images.js';
import type { Payload } from '../payload.js';
import { checkedConfig } from '../settings.js';
import { charactersOf, checkRoles, promptOf } from '../turn.js';

/** Pictures that a request to a text model may hold. */
const MOST_PICTURES = 3600;

/** A question in words about pictures, checked. */
export interface Question {
  model: JudgeInfo;
  settings: { seed: number | null };
  prompt: string;
  images: Uint8Array[];
  /** What the answer has to look like; `null` where any words will do. */
  schema: unknown;
  /** What the service counts as input. */
  input: { characters: number; images: number };
}

/** Runs every check that is about the model. Throws a `GoogleError`. */
export async function readQuestion(payload: Payload, model: JudgeInfo): Promise<Question> {
  checkRoles(payload);
  const config = checkedConfig(payload, model);
  const { responseMimeType = 'text/plain', responseSchema, responseJsonSchema, seed } = config;
  if (config.imageConfig) throw invalidArgument(`Image config is not supported for models/${model.id}`);
  if (config.responseModalities?.some((modality) => modality !== 'TEXT')) {
    throw invalidArgument(
      `The requested combination of response modalities (${config.responseModalities.join(', ')}) is not supported by the model.`,
    );
  }
  const schema = responseSchema ?? responseJsonSchema ?? null;
  if (responseMimeType !== 'application/json' && responseMimeType !== 'text/plain') {
    throw invalidArgument(`Invalid response_mime_type: '${responseMimeType}'.`);
  }
  if (schema !== null && responseMimeType !== 'application/json') {
    throw invalidArgument("A response schema needs response_mime_type 'application/json'.");
  }
  const images = await readImages(payload.contents, { id: model.id, references: { max: MOST_PICTURES } });
  return {
    model,
    settings: { seed: seed ?? null },
    prompt: promptOf(payload),
    images: [...images.values()].map(({ bytes }) => bytes),
    schema: responseMimeType === 'application/json' ? (schema ?? {}) : null,
    input: { characters: charactersOf(payload), images: images.size },
  };
}
