import { bySample, endOf, type Turn } from './conversation.js';
import { count } from './words.js';

/** More than this share of all samples lost to infrastructure errors, and the run says nothing about the pictures. */
const LIMIT = 0.2;

export interface MadeSample extends Turn {
  outcome: string;
}

/** Why the infrastructure failed the run as a whole, or `null` when it did not. */
export function infraFailure(turns: readonly MadeSample[]): string | null {
  const samples = bySample(turns).map(endOf);
  const errors = samples.filter((sample) => sample.outcome === 'infra_error');
  if (errors.length > samples.length * LIMIT)
    return `${errors.length} of ${count(samples.length, 'sample')} ended in infrastructure errors`;
  for (const { case: name, variant } of errors) {
    const cell = samples.filter((sample) => sample.case === name && sample.variant === variant);
    if (cell.every((sample) => sample.outcome === 'infra_error'))
      return `${name} has no usable sample on ${variant}, for infrastructure errors alone`;
  }
  return null;
}
