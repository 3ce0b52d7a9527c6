import { outcomes } from '../record-sample.js';
import { count } from './format.js';
import type { Outcome } from './matrix.js';

/** How an outcome looks: a shape and a word; the tone only adds to them. */
export interface OutcomeView {
  mark: string;
  word: string;
  tone: 'good' | 'bad' | 'open' | 'neutral';
}

export const outcomeViews: Record<Outcome, OutcomeView> = {
  ok: { mark: '✓', word: 'ok', tone: 'good' },
  refused: { mark: '⊘', word: 'refused', tone: 'bad' },
  no_image: { mark: '□', word: 'no image', tone: 'bad' },
  text_only: { mark: '¶', word: 'text only', tone: 'open' },
  bad_image: { mark: '▨', word: 'unreadable picture', tone: 'bad' },
  infra_error: { mark: '!', word: 'infrastructure error', tone: 'open' },
  skipped: { mark: '–', word: 'skipped', tone: 'neutral' },
};

/** `2 refused`, `2 infrastructure errors`. */
export function outcomeText({ outcome, n }: { outcome: Outcome; n: number }): string {
  const { word } = outcomeViews[outcome];
  return outcome === 'infra_error' || outcome === 'bad_image' ? count(n, word) : `${n} ${word}`;
}

/** `2 refused, 1 skipped`; empty without samples. */
export function outcomesText(samples: readonly { outcome: Outcome }[]): string {
  return outcomes
    .map((outcome) => ({ outcome, n: samples.filter((sample) => sample.outcome === outcome).length }))
    .filter(({ n }) => n > 0)
    .map(outcomeText)
    .join(', ');
}
