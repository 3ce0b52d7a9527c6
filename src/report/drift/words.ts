import { count, score, signed } from '../format.js';
import type { Drift, VariantDrift } from './drift.js';

/** Changes a hop are small and add up, so they get one decimal more than scores. */
const DECIMALS = 3;
/** A loss a hop that five hops make plain to anyone's eye: where it is not ruled out, nothing is said to be unseen. */
const PLAIN = 0.05;

/** What things are called: pictures handed on from scene to scene, or changed from turn to turn. */
export const driftWords = {
  hop: { step: 'hop', unit: 'chain', approved: 'approved inputs', places: 'scenes' },
  turn: { step: 'turn', unit: 'conversation', approved: 'the approved conversations', places: 'turns' },
} as const;

/** What the chains of a variant show, as the rest of a sentence that begins with its name. No verdict: the gate has its own rule. */
export function driftSentence(
  { slope, beside }: Pick<VariantDrift, 'slope' | 'beside'>,
  by: Drift['by'] = 'hop',
): string {
  const { step, unit, approved } = driftWords[by];
  const [each, against] = beside ? [beside, ` against ${approved}`] : [slope, ''];
  // Without approved inputs beside it a slope may come from the scenes, so the words do not say that anything was lost.
  const [down, up] = beside ? ['loses', 'gains'] : ['falls', 'rises'];
  if (!each) return `no slope: no ${unit} has a score at two ${step}s`;
  const { perHop, interval, chains } = each;
  const n = count(chains, unit);
  const plain = (value: number) => score(value, DECIMALS);
  const change = `${signed(perHop, DECIMALS)} a ${step}${against}`;
  if (!interval) return `${change} (${n}, too few for an interval)`;
  const [low, high] = interval;
  if (high < 0) return `${down} ${plain(-perHop)} a ${step}${against} (${plain(-high)} to ${plain(-low)}, ${n})`;
  if (low > 0) return `${up} ${plain(perHop)} a ${step}${against} (${plain(low)} to ${plain(high)}, ${n})`;
  const found = low < -PLAIN ? 'cannot tell yet' : 'no drift seen';
  return `${found}: ${change} (${signed(low, DECIMALS)} to ${signed(high, DECIMALS)}, ${n})`;
}

/** How far the means lie from the approved ones at the first and the last hop that have both; `null` without any. */
export function distanceSentence(
  { by, hops }: Pick<Drift, 'by' | 'hops'>,
  { spreads }: Pick<VariantDrift, 'spreads'>,
): string | null {
  const { step, approved: what } = driftWords[by];
  const places = hops.flatMap(({ hop, approved }, i) => {
    const mean = spreads[i]?.mean;
    return approved && mean !== undefined ? [{ hop, distance: mean - approved.mean }] : [];
  });
  const [first, last] = [places[0], places.at(-1)];
  if (!first || !last) return null;
  const end = last === first ? '' : `, ${apart(last.distance)} at ${step} ${last.hop}`;
  const start = apart(first.distance);
  return `${start}${start === LEVEL ? ' with' : ''} ${what} at ${step} ${first.hop}${end}`;
}

const LEVEL = 'level';

function apart(distance: number): string {
  const text = score(Math.abs(distance));
  return Number(text) === 0 ? LEVEL : `${text} ${distance < 0 ? 'below' : 'above'}`;
}

/** What stands beside the chains, or why nothing does. */
export function approvedNotes({ by, approved, variants }: Drift): string[] {
  const { unit, approved: what, places } = driftWords[by];
  const { values, sources, without } = approved;
  const sizes = [...values.values()].map((set) => set.length);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const size = least === most ? count(least, 'sample') : `${least} to ${most} samples`;
  const alone = values.size === 0 && without.length === 1;
  return [
    ...(values.size > 0
      ? [
          by === 'hop'
            ? `Approved inputs: the same scenes in the baseline (${sources.join(', ')}), ${size} each.`
            : `Approved: the conversations in the baseline (${sources.join(', ')}), ${size}.`,
        ]
      : []),
    ...without.map(
      ({ why, cases }) => `No ${what.replace('the ', '')} beside ${alone ? `the ${unit}s` : cases.join(', ')}: ${why}.`,
    ),
    ...(variants.some(({ slope, beside }) => slope && !beside)
      ? [
          `A slope with no ${what.replace('the ', '')} beside it may be that of the ${places}: later ones can be harder.`,
        ]
      : []),
  ];
}

/** Reasons told one by one before the rest is only counted. */
const FEW = 4;

/** Which scenes are not in the means, and why. */
export function missingNotes({ missing }: Pick<VariantDrift, 'missing'>): string[] {
  const told = missing
    .slice(0, FEW)
    .map(({ why, scenes }) => `${scenes.join(', ')} ${scenes.length === 1 ? 'has' : 'have'} no score: ${why}.`);
  const rest = missing.length - told.length;
  return rest > 0 ? [...told, `${count(rest, 'more reason')} for missing scores: see the cases.`] : told;
}
