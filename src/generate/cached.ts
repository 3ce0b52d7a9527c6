import type { InHand } from '../plan/estimate.js';
import type { PlannedInput, PlannedSample } from '../plan/plan.js';
import { keyOf } from '../plan/key.js';

/** Format and hash of a picture that is known before the run. */
type KnownPicture = { mime: string; sha256: string };

/**
 * What the cache holds of a plan, as far as keys can be told before the run: a sample that needs a picture of this
 * run has no key yet. Ids that are left out must be bought for certain.
 */
export function inHandBeforeRun(
  samples: readonly PlannedSample[],
  origin: string,
  sources: { has(key: string): boolean; asset(name: string): KnownPicture; approved(caseName: string): KnownPicture },
): ReadonlyMap<string, InHand> {
  const inHand = new Map<string, InHand>();
  const byId = new Map(samples.map((planned) => [planned.id, planned]));
  const settled = new Set<string>();
  const settle = (planned: PlannedSample): void => {
    if (settled.has(planned.id)) return;
    settled.add(planned.id);
    const parents = planned.parents.flatMap((id) => byId.get(id) ?? []);
    for (const parent of parents) settle(parent);
    if (parents.length > 0) {
      // With every parent in hand the key exists, but only the parents' pictures would tell it.
      if (parents.every((parent) => inHand.has(parent.id))) inHand.set(planned.id, 'unknown');
      return;
    }
    const images = planned.inputs.map((input) => known(input, sources));
    const { variant, prompt, generation, seed, sample, batch } = planned;
    if (sources.has(keyOf({ origin, model: variant.model, prompt, images, generation, seed, sample, batch })))
      inHand.set(planned.id, 'cached');
  };
  for (const planned of samples) settle(planned);
  return inHand;
}

function known(input: PlannedInput, sources: Parameters<typeof inHandBeforeRun>[2]): KnownPicture {
  if (input.from === 'asset') return sources.asset(input.asset);
  if (input.from === 'approved') return sources.approved(input.case);
  throw new Error(`${input.id} is made by the run`);
}
