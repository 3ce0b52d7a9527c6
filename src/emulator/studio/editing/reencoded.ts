import { bell } from '../vary.js';
import { type Canvas, mixed, type Paint } from './canvas.js';

/** Up to here only the light changes. */
const USUAL = 0.05;

/**
 * What comes of a picture that is to stay as it is: a model sends all of it through its own encoder, so that the light of
 * each channel is a little off; and one that strays more than usual often changes something that nobody asked for.
 * @param inside whether a place belongs to what is to stay
 * @param other what stands where something was changed
 */
export function reencoded(
  { width, height, stray, random }: Canvas,
  paint: Paint,
  other: Paint,
  inside: (x: number, y: number) => boolean,
): Paint {
  const gain = [0, 1, 2].map(() => 1 + bell(random) * (0.006 + 0.03 * stray));
  const chance = random();
  const radius = Math.min(width, height) * (0.05 + 0.1 * random());
  let [x0, y0] = [0, 0];
  for (let tries = 0; tries < 20; tries += 1) {
    [x0, y0] = [Math.floor(random() * width), Math.floor(random() * height)];
    if (inside(x0, y0)) break;
  }
  const changed = chance < 2 * (stray - USUAL);
  return (x, y, at) => {
    const own = paint(x, y, at).map((value, channel) => value * (gain[channel] ?? 1));
    const near = changed ? Math.max(0, 1 - Math.hypot(x - x0, y - y0) / radius) : 0;
    return near === 0 ? (own as [number, number, number]) : mixed(own, other(x, y, at), Math.min(0.9, 3 * near));
  };
}
