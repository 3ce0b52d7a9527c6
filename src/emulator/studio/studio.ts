import { encodeLossy, encodePng, rasterizeSvg, resize } from '../../image/codec.js';
import type { Raster } from '../../image/raster.js';
import { hash31 } from '../../lib/hash.js';
import { seededRandom } from '../../lib/random.js';
import { type Box, boxOn } from './box.js';
import { castOf, identifyCast, type Member, rolesFor, sceneBefore } from './cast.js';
import type { Character } from './character.js';
import { compose } from './compose.js';
import { editPicture } from './editing/editing.js';
import { feltFinish } from './felt.js';
import { assignRoles, driftOf, identify, type Known, MOST, type Seen, see } from './identity.js';
import { writeNote } from './metadata.js';
import { type Reading, readPrompt } from './reading/reading.js';
import { type Part, type Plan, planParts, planScene } from './scene.js';

/** Goes up whenever any picture would change. */
export const STUDIO_VERSION = '3';

/** What the picture has to be, whoever is in it. */
interface PictureRequest {
  prompt: string;
  width: number;
  height: number;
  seed: number;
  mime: 'image/jpeg' | 'image/png';
}

export interface StudioRequest extends PictureRequest {
  /** Input pictures, PNG or JPEG or whatever else can be decoded. */
  images: Uint8Array[];
  /** How far a character strays from its reference in this call: 0 steady, 0.05 usual, 0.5 plainly another look. */
  stray: number;
}

export interface CastRequest extends PictureRequest {
  /** 1 to 5, drawn as they are. "Image 1" of a label is the first; else the first whom the prompt names is. */
  characters: Character[];
}

/** The truth about somebody in a picture. For experiments: scoring never sees it. */
export interface Shown extends Known {
  /** True distance from the first one of its chain, 0..1. */
  drift: number;
  /** Around all that is drawn of them; `null` when they ended up outside the picture. */
  box: Box | null;
}

export interface StudioPicture {
  bytes: Uint8Array;
  mime: string;
  /** The mean drift of those who are in it. */
  drift: number;
  /** Everyone who is in it. */
  cast: Shown[];
}

/** Pictures above this are drawn smaller and enlarged: a 4K answer costs its encoding, not sixteen times the drawing. */
const DRAWN_PIXELS = 1_700_000;
const JPEG_QUALITY = 90;

/**
 * Draws what the prompt asks for with the characters it is shown. The same request gives the same bytes. Pictures of
 * several characters draw all of them where the prompt speaks of them.
 */
export async function draw(request: StudioRequest): Promise<StudioPicture> {
  const reading = readPrompt(request.prompt);
  const seen = await Promise.all(request.images.map(see));
  const edited = await editPicture(request, reading, seen);
  if (edited) return signed(edited, request, seen[0]);
  const cast = castOf(reading, seen);
  if (cast.length > 0) {
    const plan = planScene(reading, sceneBefore(reading, seen));
    return paintCast(request, reading, plan, identifyCast(cast, reading, request));
  }
  const plan = planScene(reading, assignRoles(reading, seen).scene);
  return paintOne(request, reading, plan, identify(reading, seen, request));
}

/** Draws the prompt's scene with exactly these characters, without any picture of them. Throws a RangeError for none or too many. */
export async function drawCast(request: CastRequest): Promise<StudioPicture> {
  const { characters, prompt } = request;
  if (characters.length < 1 || characters.length > MOST)
    throw new RangeError(`a scene takes 1 to ${MOST} characters, not ${characters.length}`);
  const reading = readPrompt(prompt);
  const plan = planScene(reading, null);
  const known = characters.map((character) => ({ character, first: character }));
  const [only, ...others] = known;
  return only && others.length === 0
    ? paintOne(request, reading, plan, only)
    : paintCast(request, reading, plan, rolesFor(reading, known));
}

function paintOne(request: PictureRequest, reading: Reading, plan: Plan, known: Known): Promise<StudioPicture> {
  const { pose, view, holding } = plan;
  const part: Part = { pose, view, holding, position: reading.position, depth: null };
  return paint(request, reading, plan, [{ ...known, part }]);
}

function paintCast(
  request: PictureRequest,
  reading: Reading,
  plan: Plan,
  cast: readonly Member[],
): Promise<StudioPicture> {
  const roles = cast.map(({ role }) => role);
  const parts = planParts(plan, reading, roles);
  return paint(
    request,
    reading,
    plan,
    parts.flatMap((part, i) => (cast[i] ? [{ ...cast[i], part }] : [])),
  );
}

async function paint(
  { width, height, seed, mime }: PictureRequest,
  reading: Reading,
  plan: Plan,
  cast: readonly (Known & { part: Part })[],
): Promise<StudioPicture> {
  const shrink = Math.min(1, Math.sqrt(DRAWN_PIXELS / (width * height)));
  const pixels = [Math.round(width * shrink), Math.round(height * shrink)] as const;
  const random = seededRandom(hash31(['layout', seed, reading.hash]));
  const { svg, finish, alone } = compose({ pixels, reading, plan, actors: cast, random });
  const felt = feltFinish(await rasterizeSvg(svg, ...pixels), finish);
  const raster = shrink < 1 ? await resize(felt, width, height) : felt;
  const bytes = await encoded(raster, mime);
  const boxes = await Promise.all(alone.map(boxOn));
  const shown = cast.map(({ character, first }, i): Shown => {
    const known = { character, first };
    return { ...known, drift: driftOf(known), box: boxes[i] ?? null };
  });
  const { layout, place, light, things } = plan;
  const drift = shown.reduce((sum, one) => sum + one.drift, 0) / shown.length;
  const note = {
    emulated: true,
    studio: STUDIO_VERSION,
    character: shown[0]?.character,
    first: shown[0]?.first,
    scene: { layout, place, light, things },
    drift,
    parts: cast.map(({ part: { pose, view, holding } }) => ({ pose, view, holding })),
    captions: reading.captions,
    ...(shown.length > 1 ? { cast: shown } : {}),
  };
  return { bytes: writeNote(bytes, note), mime, drift, cast: shown };
}

/** A changed picture shows what the picture before showed, wherever that is now. */
async function signed(raster: Raster, { mime }: PictureRequest, before: Seen | undefined): Promise<StudioPicture> {
  const known = before ? [before, ...before.company] : [];
  const cast = known.map(({ character, first }): Shown => {
    return { character, first, drift: driftOf({ character, first }), box: null };
  });
  const drift = cast.reduce((sum, one) => sum + one.drift, 0) / Math.max(1, cast.length);
  const { character, first } = cast[0] ?? {};
  const note = { emulated: true, studio: STUDIO_VERSION, edited: true, character, first, scene: before?.scene, drift };
  const bytes = await encoded(raster, mime);
  return { bytes: writeNote(bytes, { ...note, ...(cast.length > 1 ? { cast } : {}) }), mime, drift, cast };
}

async function encoded(raster: Raster, mime: PictureRequest['mime']): Promise<Uint8Array> {
  return mime === 'image/png' ? encodePng(raster) : encodeLossy(raster, mime, JPEG_QUALITY);
}
