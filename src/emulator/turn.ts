import type { ModelInfo } from '../catalog/catalog.js';
import { pixelsOf } from '../catalog/catalog.js';
import { invalidArgument } from './google-error.js';
import { readImages, type InputImage } from './input-images.js';
import type { Payload, Part } from './payload.js';
import { readSettings, type Settings } from './settings.js';
import { checkSignatures } from './signature.js';

/** The turn that is to be drawn, checked. */
export interface Turn {
  model: ModelInfo;
  settings: Settings;
  /** System instruction and the words of the last turn. */
  prompt: string;
  /** "Image 1" first. In a later turn the picture made before comes first: it is the one being changed. */
  images: Uint8Array[];
  /** px of the answer. */
  width: number;
  height: number;
  /** The `imageSize` in force; `default` where the model has none. */
  size: string;
  /** What the service counts as input. */
  input: { characters: number; images: number };
}

/** Runs every check that is about the model and gives what to draw. Throws a `GoogleError`. */
export async function readTurn(payload: Payload, model: ModelInfo): Promise<Turn> {
  const { contents } = payload;
  checkRoles(payload);
  const settings = readSettings(payload, model);
  const images = await readImages(contents, model);
  checkSignatures(contents, model);

  const last = contents[contents.length - 1]?.parts ?? [];
  const made = contents
    .filter((content) => content.role === 'model')
    .flatMap((content) => content.parts)
    .filter((part) => part.inlineData && !part.thought)
    .slice(-1);
  const shown = [...made, ...last].flatMap((part) => images.get(part) ?? []);
  const ratio = settings.aspectRatio ?? nearestRatio(model, shown[shown.length - 1]);
  const pixels = pixelsOf(model.id, ratio, settings.imageSize);
  if (!pixels) throw new Error(`the catalogue has no pixels for ${model.id} at ${ratio} ${settings.imageSize ?? ''}`);
  return {
    model,
    settings,
    prompt: promptOf(payload),
    images: shown.map((image) => image.bytes),
    width: pixels[0],
    height: pixels[1],
    size: settings.imageSize ?? model.sizes[0] ?? 'default',
    input: { characters: charactersOf(payload), images: images.size },
  };
}

const words = (parts: readonly Part[]) => parts.flatMap((part) => part.text ?? []).join('\n');

/** System instruction and the words of the last turn. */
export function promptOf({ systemInstruction, contents }: Payload): string {
  return [words(systemInstruction?.parts ?? []), words(contents.at(-1)?.parts ?? [])].filter(Boolean).join('\n');
}

/** Of all turns. */
export function charactersOf({ systemInstruction, contents }: Payload): number {
  const all = [...(systemInstruction ? [systemInstruction] : []), ...contents];
  return all.reduce((sum, { parts }) => sum + words(parts).length, 0);
}

export function checkRoles({ contents }: Payload): void {
  contents.forEach((content, index) => {
    const { role = 'user', parts } = content;
    if (role !== 'user' && role !== 'model') throw invalidArgument('Please use a valid role: user, model.');
    // A refused turn comes back from the SDK's chat as a model content without parts.
    if (parts.length === 0 && role === 'user') {
      throw invalidArgument(`* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.\n`);
    }
    parts.forEach((part, position) => {
      if (part.text === undefined && !part.inlineData && !part.fileData) {
        const field = `contents[${index}].parts[${position}].data`;
        throw invalidArgument(
          `* GenerateContentRequest.${field}: required oneof field 'data' must have one initialized field\n`,
        );
      }
    });
  });
  if (contents[contents.length - 1]?.role === 'model') {
    throw invalidArgument('Please ensure that multiturn requests end with a user role.');
  }
}

/** A request without a ratio gets that of its last picture, as near as the model has one; without pictures a square. */
function nearestRatio(model: ModelInfo, image: InputImage | undefined): string {
  if (!image) return '1:1';
  const target = Math.log(image.width / image.height);
  const off = (ratio: string) => {
    const [width = 1, height = 1] = ratio.split(':').map(Number);
    return Math.abs(Math.log(width / height) - target);
  };
  return model.ratios.reduce((best, ratio) => (off(ratio) < off(best) ? ratio : best), '1:1');
}
