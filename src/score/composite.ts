import type { Channels } from './likeness.js';
import type { Scale } from './reference.js';
import weights from './weights.json' with { type: 'json' };

/** Goes up with the weights and with the search: values of different versions are never compared. */
export const compositeVersion: string = weights.version;

export interface Calibrated {
  /** The weighted mean of the channels: 0 is another character, 1 the character itself; not cut off at the ends. */
  value: number;
  /** Each on the same scale. */
  channels: Channels;
}

/** Below this distance of floor and ceiling a channel says nothing about this character. */
const SMALLEST_SPAN = 0.02;

/**
 * Puts each channel on the character's own scale and weighs them: one set of weights for encoders with patches, one for
 * those without, both fitted by `npm run fit`. Channels that cannot tell this character from others are left out.
 * @returns `null` when none of the encoder's is left: colours alone do not make a character
 */
export function composite(raw: Channels, { floor, ceiling }: Scale): Calibrated | null {
  const fitted: Record<string, number> = 'patches' in raw ? weights.patches : weights.pooled;
  const channels: Channels = {};
  let [sum, total] = [0, 0];
  for (const [name, value] of Object.entries(raw)) {
    const [low, high, weight] = [floor[name] ?? NaN, ceiling[name] ?? NaN, fitted[name] ?? 0];
    if (!(high - low >= SMALLEST_SPAN)) continue;
    const calibrated = (value - low) / (high - low);
    channels[name] = calibrated;
    sum += weight * calibrated;
    total += weight;
  }
  const seen = Object.keys(channels).some((name) => name !== 'palette');
  return seen && total > 0 ? { value: sum / total, channels } : null;
}
