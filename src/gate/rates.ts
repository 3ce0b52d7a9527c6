import type { Tally } from '../stats/rate-test.js';
import type { GateSample } from './input.js';

/** What the model answered in place of a usable picture. Infrastructure errors and skipped samples say nothing of it. */
const unusable = new Set(['refused', 'no_image', 'text_only', 'bad_image']);

/** Shares of samples that may not rise; they can only give REGRESSION. */
export const rates = [
  {
    id: 'no_usable_picture',
    words: 'no usable picture',
    /** `null` when the sample says nothing about it. */
    event: ({ outcome }: GateSample) => (outcome === 'ok' ? false : unusable.has(outcome) ? true : null),
  },
  {
    id: 'character_not_found',
    words: 'character not found',
    event: ({ outcome, characterFound }: GateSample) =>
      outcome === 'ok' && characterFound !== null ? !characterFound : null,
  },
] as const;

export type RateId = (typeof rates)[number]['id'];

export interface RateCounts {
  candidate: Tally;
  reference: Tally;
}
