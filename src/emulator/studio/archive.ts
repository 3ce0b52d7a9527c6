import { encodePng, rasterizeSvg } from '../../image/codec.js';
import { seededRandom } from '../../lib/random.js';
import { archiveRabbit, archiveRobot, type Character } from './character.js';
import { compose } from './compose.js';
import { feltFinish } from './felt.js';
import { writeNote } from './metadata.js';
import { readPrompt } from './reading/reading.js';
import { planScene } from './scene.js';
import { drawCast, STUDIO_VERSION } from './studio.js';

const size = [1280, 960] as const;
const subject =
  'A photo of a felt robot that stands on a shelf between books, a toy duck, a clock and a vase, front view, warm room light.';

/**
 * The PNG that the robot suite starts from (`suites/robot/assets/archive.png`): a snapshot of the robot on a shelf.
 * Run `evaluate`'s own studio again only when the suite should start from another picture; baselines depend on it.
 */
export async function archivePicture(): Promise<Uint8Array> {
  const reading = readPrompt(subject);
  const plan = planScene(reading, null);
  const { pose, view, holding } = plan;
  const { svg, finish } = compose({
    pixels: size,
    reading,
    plan,
    actors: [{ character: archiveRobot, part: { pose, view, holding, position: reading.position, depth: null } }],
    random: seededRandom(4),
  });
  const raster = feltFinish(await rasterizeSvg(svg, ...size), { ...finish, fibre: 0.6 });
  const { layout, place, light, things } = plan;
  const note = {
    emulated: true,
    studio: STUDIO_VERSION,
    character: archiveRobot,
    first: archiveRobot,
    scene: { layout, place, light, things },
    drift: 0,
  };
  return writeNote(encodePng(raster), note);
}

/** The photos that the suite with two characters starts from, `suites/cast/assets/*.jpg`, snapshots like the one above. */
export const duoPhotos = {
  robot: () =>
    photo(
      archiveRobot,
      'A photo of a felt robot that stands on a shelf between books, a clock and a vase, front view, warm room light.',
    ),
  rabbit: () =>
    photo(archiveRabbit, 'A photo of a felt rabbit that stands on a rug in a living room, front view, soft light.'),
};

async function photo(character: Character, prompt: string): Promise<Uint8Array> {
  const [width, height] = [1024, 768];
  return (await drawCast({ prompt, characters: [character], width, height, seed: 5, mime: 'image/jpeg' })).bytes;
}
