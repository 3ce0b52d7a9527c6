import { canonicalJson } from '../lib/hash.js';
import type { Plan, PlannedInput, PlannedSample } from './plan.js';
import type { Variant } from './select.js';

/** Of the cases, those whose whole request is the same in both variants: nothing could differ but by chance. */
export function unchangedCases(plan: Pick<Plan, 'first'>, a: Variant, b: Variant): Set<string> {
  const own = (variant: Variant) => plan.first.filter((each) => each.variant === variant);
  const others = new Map(own(b).map((each) => [each.slot, each]));
  const cases = new Map<string, PlannedSample[]>();
  // A slot that only one of them begins with tells nothing.
  for (const sample of own(a))
    if (others.has(sample.slot)) cases.set(sample.case, [...(cases.get(sample.case) ?? []), sample]);
  const unchanged = new Set<string>();
  // Parents come before their children, in the order of the suite or by their level; a few passes settle any order.
  for (let before = -1; before !== unchanged.size;) {
    before = unchanged.size;
    for (const [name, samples] of cases) {
      if (samples.every((sample) => sameRequest(sample, others.get(sample.slot), unchanged))) unchanged.add(name);
    }
  }
  return unchanged;
}

function sameRequest(a: PlannedSample, b: PlannedSample | undefined, unchanged: ReadonlySet<string>): boolean {
  const content = ({ variant, prompt, generation, seed }: PlannedSample) =>
    canonicalJson([variant.model, prompt, generation, seed]);
  return (
    b !== undefined &&
    content(a) === content(b) &&
    a.inputs.length === b.inputs.length &&
    a.inputs.every((input, i) => sameInput(input, b.inputs[i], unchanged))
  );
}

/** A picture made in the run is the same one, or made by unchanged requests in each variant's own chain. */
function sameInput(a: PlannedInput, b: PlannedInput | undefined, unchanged: ReadonlySet<string>): boolean {
  if (!b || a.name !== b.name) return false;
  if (a.from !== 'sample' || b.from !== 'sample') return canonicalJson(a) === canonicalJson(b);
  const caseOf = (id: string) => id.slice(id.lastIndexOf('/') + 1, id.lastIndexOf('#'));
  return a.id === b.id || (caseOf(a.id) === caseOf(b.id) && unchanged.has(caseOf(a.id)));
}
