import { encodeLossy, encodePng, rasterizeSvg, resize } from '../../image/codec.js';
import { hash31 } from '../../lib/hash.js';
import { seededRandom } from '../../lib/random.js';
import { compose } from './compose.js';
import { feltFinish } from './felt.js';
import { assignRoles, driftOf, identify, see } from './identity.js';
import { writeNote } from './metadata.js';
import { readPrompt } from './reading/reading.js';
import { planScene } from './scene.js';

/** Goes up whenever any picture would change. */
export const STUDIO_VERSION = '1';

export interface StudioRequest {
  prompt: string;
  /** Input pictures, PNG or JPEG or whatever else can be decoded. */
  images: Uint8Array[];
  width: number;
  height: number;
  seed: number;
  /** How far the character strays from its reference in this call: 0 steady, 0.05 usual, 0.5 plainly another look. */
  stray: number;
  mime: 'image/jpeg' | 'image/png';
}

export interface StudioPicture {
  bytes: Uint8Array;
  mime: string;
  /** True distance of the character from the first one of its chain, 0..1. For experiments: scoring never sees it. */
  drift: number;
}

/** Pictures above this are drawn smaller and enlarged: a 4K answer costs its encoding, not sixteen times the drawing. */
const DRAWN_PIXELS = 1_700_000;
const JPEG_QUALITY = 90;

/** Draws what the prompt asks for with the character it is shown. The same request gives the same bytes. */
export async function draw(request: StudioRequest): Promise<StudioPicture> {
  const { prompt, images, width, height, seed, mime } = request;
  const reading = readPrompt(prompt);
  const seen = await Promise.all(images.map(see));
  const plan = planScene(reading, assignRoles(reading, seen).scene);
  const identity = identify(reading, seen, request);
  const shrink = Math.min(1, Math.sqrt(DRAWN_PIXELS / (width * height)));
  const [drawnWidth, drawnHeight] = [Math.round(width * shrink), Math.round(height * shrink)];
  const random = seededRandom(hash31(['layout', seed, reading.hash]));
  const { svg, finish } = compose({
    pixels: [drawnWidth, drawnHeight],
    reading,
    plan,
    character: identity.character,
    random,
  });
  const felt = feltFinish(await rasterizeSvg(svg, drawnWidth, drawnHeight), finish);
  const raster = shrink < 1 ? await resize(felt, width, height) : felt;
  const bytes = mime === 'image/png' ? encodePng(raster) : await encodeLossy(raster, mime, JPEG_QUALITY);
  const drift = driftOf(identity);
  const { layout, place, light, things } = plan;
  const note = { emulated: true, studio: STUDIO_VERSION, ...identity, scene: { layout, place, light, things }, drift };
  return { bytes: writeNote(bytes, note), mime, drift };
}
