import { decode, resize } from '../../image/codec.js';
import type { Raster } from '../../image/raster.js';
import { hash31 } from '../../lib/hash.js';
import { seededRandom } from '../../lib/random.js';
import type { Character } from './character.js';
import { type Colour, distance, fromRgb, oklch } from './colour.js';
import { randomCharacter } from './vary.js';

const SIDE = 48;

/**
 * A character for a picture that says nothing about itself: its main colours, the rest settled by a hash of its coarse
 * look, so that saving the picture anew mostly gives the same character.
 */
export async function characterOfPicture(bytes: Uint8Array): Promise<Character> {
  const { raster } = await decode(bytes);
  if (!raster) return randomCharacter(seededRandom(hash31([...bytes.subarray(0, 64)])));
  const small = await resize(raster, SIDE, SIDE);
  const made = randomCharacter(seededRandom(hash31(coarseLook(small))));
  const [torso, head, limbs, hands, accent] = mainColours(small, 5);
  return {
    ...made,
    torsoColour: torso ?? made.torsoColour,
    headColour: head ?? made.headColour,
    limbColour: limbs ?? made.limbColour,
    handColour: hands ?? made.handColour,
    accentColour: accent ?? made.accentColour,
  };
}

/** Sixteen bits: which cells of a 4 x 4 grid are brighter than the middle one of them. */
function coarseLook({ data }: Raster): string {
  const cell = SIDE / 4;
  const sums = Array.from({ length: 16 }, () => 0);
  for (let i = 0; i < SIDE * SIDE; i += 1) {
    const index = Math.floor(Math.floor(i / SIDE) / cell) * 4 + Math.floor((i % SIDE) / cell);
    sums[index] = (sums[index] ?? 0) + (data[i * 4 + 1] ?? 0);
  }
  const middle = [...sums].sort((a, b) => a - b)[8] ?? 0;
  return sums.map((sum) => (sum >= middle ? 1 : 0)).join('');
}

/** Up to `count` colours that differ visibly, the most telling first; what looks like the border counts as background. */
function mainColours({ data }: Raster, count: number): Colour[] {
  const at = (x: number, y: number) =>
    fromRgb(data[(y * SIDE + x) * 4] ?? 0, data[(y * SIDE + x) * 4 + 1] ?? 0, data[(y * SIDE + x) * 4 + 2] ?? 0);
  const border = [at(1, 1), at(SIDE - 2, 1), at(1, SIDE - 2), at(SIDE - 2, SIDE - 2)];
  const bins = new Map<string, { weight: number; colour: Colour }>();
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const colour = at(x, y);
      if (border.some((edge) => distance(edge, colour) < 0.07)) continue;
      const central = 1 - Math.hypot(x / SIDE - 0.5, y / SIDE - 0.5);
      const key = `${Math.round(colour.l * 5)} ${colour.c < 0.03 ? 'grey' : Math.round(colour.h / 30)}`;
      const bin = bins.get(key) ?? { weight: 0, colour };
      bins.set(key, {
        weight: bin.weight + central * (0.3 + colour.c * 6),
        colour: colour.c > bin.colour.c ? colour : bin.colour,
      });
    }
  }
  const ranked = [...bins.values()].sort((a, b) => b.weight - a.weight);
  const chosen: Colour[] = [];
  for (const { colour } of ranked) {
    if (chosen.length < count && chosen.every((other) => distance(other, colour) > 0.09))
      chosen.push(oklch(colour.l, colour.c, colour.h));
  }
  return chosen;
}
