import { join } from 'node:path';
import { encodePng, rasterizeSvg } from '../src/image/codec.js';
import { writeFileAtomic } from '../src/lib/files.js';
import { sha256 } from '../src/lib/hash.js';
import type { RunRecord } from '../src/record.js';
import { drawScene, size } from '../src/report/__fixtures__/scene.js';
import { record, sample } from '../src/report/__fixtures__/small-record.js';

const PICTURES = 24;
const SIDE = 1024;

/** A run whose pictures are all different PNGs of 1024 px, as models send them, and have no small copies yet. */
export async function newPictures(folder: string): Promise<RunRecord> {
  const samples = [];
  for (let i = 0; i < PICTURES; i += 1) {
    const { svg, box } = drawScene({ sky: 15 * i, hue: 205, antennae: 2, at: 0.3 + 0.015 * i, scale: 0.8 });
    const bytes = encodePng(await rasterizeSvg(svg, SIDE, SIDE));
    const path = `images/${sha256(bytes)}.png`;
    writeFileAtomic(join(folder, path), bytes);
    const [across, down] = [SIDE / size.width, SIDE / size.height];
    const found = [box.x * across, box.y * down, box.width * across, box.height * down];
    samples.push(
      sample({
        sample: i + 1,
        image: { sha256: sha256(bytes), mime: 'image/png', width: SIDE, height: SIDE, path },
        scores: { consistency: { value: 0.8, version: '1', evidence: { characterFound: true, box: found } } },
      }),
    );
  }
  return record({ samples });
}
