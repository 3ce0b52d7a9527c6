import { dimensions, sniff } from '../image/codec.js';
import { GoogleError, invalidArgument } from './google-error.js';
import type { Content, Part } from './payload.js';

/** A picture of the request, readable, with its size in px. */
export interface InputImage {
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** Labels an image model takes -> what the bytes then must be. `image/jpg` is no MIME type, and GIF is not taken. */
const TAKEN: Record<string, string> = {
  'image/png': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/webp': 'image/webp',
  'image/heic': 'image/heic',
  'image/heif': 'image/heic',
};
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** Every picture in the order of the contents, by the part that holds it. Throws the 400 of the first bad one. */
export async function readImages(
  contents: readonly Content[],
  model: { id: string; references: { max: number } },
): Promise<Map<Part, InputImage>> {
  const given = contents.filter((content) => content.role !== 'model').flatMap((content) => content.parts);
  const count = given.filter((part) => part.inlineData).length;
  if (count > model.references.max) {
    throw invalidArgument(
      `Request contains ${count} input images; models/${model.id} takes at most ${model.references.max}.`,
    );
  }
  const images = new Map<Part, InputImage>();
  for (const [index, content] of contents.entries()) {
    for (const [position, part] of content.parts.entries()) {
      if (part.fileData) throw noSuchFile(part.fileData.fileUri);
      if (part.inlineData)
        images.set(part, await readImage(part.inlineData, `contents[${index}].parts[${position}].inline_data`));
    }
  }
  return images;
}

async function readImage({ mimeType, data }: NonNullable<Part['inlineData']>, field: string): Promise<InputImage> {
  const expected = TAKEN[mimeType];
  if (expected === undefined) throw invalidArgument(`Unhandled generated data mime type: ${mimeType}`);
  if (!BASE64.test(data)) {
    throw invalidArgument(
      `Invalid value at '${field}.data' (TYPE_BYTES), Base64 decoding failed for "${data.slice(0, 40)}"`,
    );
  }
  const bytes = Buffer.from(data, 'base64');
  const actual = sniff(bytes);
  if (actual === null) throw invalidArgument(`Unable to process input image at '${field}': the bytes are no picture.`);
  if (actual !== expected) {
    throw invalidArgument(
      `Unhandled generated data mime type: '${field}' is labelled ${mimeType} but holds ${actual}.`,
    );
  }
  const size = await dimensions(bytes);
  if (size) return { bytes, ...size };
  if (actual === 'image/heic') {
    throw new GoogleError(
      501,
      'UNIMPLEMENTED',
      'Gemini takes HEIC, but the emulator cannot decode it. Send PNG, JPEG or WebP.',
    );
  }
  throw invalidArgument(`Unable to process input image at '${field}': the picture is cut or garbled.`);
}

/** The service answers so for files of others and for files that were never uploaded. */
const noSuchFile = (uri: string) =>
  new GoogleError(
    403,
    'PERMISSION_DENIED',
    `You do not have permission to access the File ${uri} or it may not exist.`,
  );
