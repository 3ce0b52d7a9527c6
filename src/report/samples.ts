import type { SampleRecord } from '../record.js';
import { count } from './format.js';

type Turn = Pick<SampleRecord, 'case' | 'variant' | 'sample' | 'turn'>;

/** The turns of each sample, in order; of one that is no conversation there is one. */
export function bySample<T extends Turn>(turns: readonly T[]): T[][] {
  const samples = new Map<string, T[]>();
  for (const each of turns) {
    const key = JSON.stringify([each.variant, each.case, each.sample]);
    samples.set(key, [...(samples.get(key) ?? []), each]);
  }
  return [...samples.values()].map((each) => each.sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0)));
}

/** `8 samples`, or `4 samples in 12 turns` where there are conversations. */
export function samplesText(turns: readonly Turn[]): string {
  const samples = count(bySample(turns).length, 'sample');
  return turns.some(({ turn }) => turn !== undefined) ? `${samples} in ${count(turns.length, 'turn')}` : samples;
}

/** `1 of them after the verdict`: of its pictures a verdict's title counts none that were on their way; `null` if none were. */
export function lateText(turns: readonly Pick<SampleRecord, 'extra' | 'image'>[]): string | null {
  const late = turns.filter(({ extra, image }) => extra === 'inflight' && image !== null).length;
  return late > 0 ? `${late} of them after the verdict` : null;
}

/** The turns that ended samples without a picture: later ones were not asked for. */
export function lostIn<T extends Turn & Pick<SampleRecord, 'outcome'>>(turns: readonly T[]): T[] {
  return bySample(turns).flatMap((each) => each.find(({ outcome }) => outcome !== 'ok') ?? []);
}

/** Samples by their weakest turn, as `worse` orders turns, each with its turns in order. */
export function weakestFirst<T extends Turn>(turns: readonly T[], worse: (a: T, b: T) => number): T[] {
  return bySample([...turns].sort(worse)).flat();
}
