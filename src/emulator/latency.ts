import type { AnyModelInfo } from '../catalog/catalog.js';
import { seededRandom } from '../lib/random.js';

/** Spread of the natural logarithm of a call's time: about one call in twenty takes 1.6 times the typical. */
const SPREAD = 0.3;

/** ms a call would take: log-normal around the model's typical time (Box-Muller), never above its worst. */
export function latencyOf(model: AnyModelInfo, seed: number): number {
  const random = seededRandom(seed);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(model.latencyMs.worst, model.latencyMs.typical * Math.exp(SPREAD * normal));
}
