import type { AnyModelInfo, ModelInfo } from '../catalog/catalog.js';
import { thinks } from './find-model.js';
import { invalidArgument } from './google-error.js';
import type { Payload } from './payload.js';

/** What the answer has to look like, after every setting was found to be one the model takes. */
export interface Settings {
  /** `null`: follows the last input picture. */
  aspectRatio: string | null;
  imageSize: string | undefined;
  /** With a text part beside the picture. */
  withText: boolean;
  withImage: boolean;
  includeThoughts: boolean;
  /** The encoding asked for; only Vertex takes one. */
  mime: 'image/jpeg' | 'image/png' | null;
  /** `null`: none was sent. */
  seed: number | null;
}

const FIELD = '* GenerateContentRequest.generation_config';
const CATEGORY = /^HARM_CATEGORY_[A-Z_]+$/;
const THRESHOLDS = [
  'BLOCK_NONE',
  'OFF',
  'BLOCK_ONLY_HIGH',
  'BLOCK_MEDIUM_AND_ABOVE',
  'BLOCK_LOW_AND_ABOVE',
  'HARM_BLOCK_THRESHOLD_UNSPECIFIED',
];

/** Checks every setting against the model. Throws the 400 of the first that does not fit. */
export function readSettings(payload: Payload, model: ModelInfo): Settings {
  const config = checkedConfig(payload, model);
  if (config.responseMimeType !== undefined && config.responseMimeType !== 'text/plain') {
    throw invalidArgument(`JSON mode is not enabled for models/${model.id}`);
  }
  if (payload.tools?.some((tool) => 'functionDeclarations' in tool)) {
    throw invalidArgument(`Function calling is not enabled for models/${model.id}`);
  }
  const { aspectRatio, imageSize, imageOutputOptions } = config.imageConfig ?? {};
  checkOneOf('image_config.aspect_ratio', aspectRatio, model.ratios, model);
  checkOneOf('image_config.image_size', imageSize, model.sizes, model);
  const mime = imageOutputOptions?.mimeType ?? null;
  if (mime !== null && mime !== 'image/png' && mime !== 'image/jpeg') {
    throw invalidArgument(
      `${FIELD}.image_config.image_output_options.mime_type: must be one of 'image/png', 'image/jpeg', not '${mime}'.`,
    );
  }
  const modalities = config.responseModalities ?? ['TEXT', 'IMAGE'];
  if (modalities.some((modality) => modality !== 'TEXT' && modality !== 'IMAGE')) {
    throw invalidArgument(
      `The requested combination of response modalities (${modalities.join(', ')}) is not supported by the model.`,
    );
  }
  return {
    aspectRatio: aspectRatio ?? null,
    imageSize,
    withText: modalities.includes('TEXT') || modalities.length === 0,
    withImage: modalities.includes('IMAGE') || modalities.length === 0,
    includeThoughts: config.thinkingConfig?.includeThoughts ?? false,
    mime,
    seed: config.seed ?? null,
  };
}

type Config = NonNullable<Payload['generationConfig']>;

/** The settings that models of any kind take; throws the 400 of the first that does not fit. */
export function checkedConfig(payload: Payload, model: AnyModelInfo): Config {
  const config = payload.generationConfig ?? {};
  checkSampling(config);
  checkThinking(config.thinkingConfig, model);
  checkSafety(payload.safetySettings ?? []);
  return config;
}

function checkOneOf(field: string, value: string | undefined, known: readonly string[], model: ModelInfo): void {
  if (value === undefined || known.includes(value)) return;
  const name = field.slice(field.lastIndexOf('.') + 1);
  const why =
    known.length === 0
      ? `${name} is not supported for models/${model.id}`
      : `${name} must be one of ${known.map((one) => `'${one}'`).join(', ')}`;
  throw invalidArgument(`${FIELD}.${field}: ${why}, got '${value}'.\n`);
}

function checkSampling(config: Config): void {
  const ranges = [
    ['temperature', config.temperature, 2],
    ['top_p', config.topP, 1],
  ] as const;
  for (const [name, value, most] of ranges) {
    if (value !== undefined && !(value >= 0 && value <= most)) {
      throw invalidArgument(`${FIELD}.${name}: must be in the range [0.0, ${most.toFixed(1)}], got ${value}.\n`);
    }
  }
  if (config.candidateCount !== undefined && config.candidateCount !== 1) {
    throw invalidArgument('Multiple candidates is not enabled for this model');
  }
}

function checkThinking(thinking: Config['thinkingConfig'], model: AnyModelInfo): void {
  if (!thinking) return;
  if (!thinks(model)) throw invalidArgument(`Thinking is not enabled for models/${model.id}`);
  const level = thinking.thinkingLevel;
  if (level === undefined) return;
  if (model.thinking.length === 0) throw invalidArgument('Thinking level is not supported for this model.');
  if (!model.thinking.some((known) => known.toUpperCase() === level)) {
    throw invalidArgument(
      `Thinking level ${level} is not supported for this model. Supported: ${model.thinking.join(', ').toUpperCase()}.`,
    );
  }
  if (thinking.thinkingBudget !== undefined) {
    throw invalidArgument('You can only set only one of thinking budget and thinking level.');
  }
}

function checkSafety(settings: NonNullable<Payload['safetySettings']>): void {
  settings.forEach(({ category, threshold }, index) => {
    const wrong = !CATEGORY.test(category)
      ? ['category', category]
      : !THRESHOLDS.includes(threshold)
        ? ['threshold', threshold]
        : null;
    if (wrong)
      throw invalidArgument(`Invalid value at 'safety_settings[${index}].${wrong[0]}' (TYPE_ENUM), "${wrong[1]}"`);
  });
}
