import { nothingToJudge, obstacles } from './gateable.js';
import type { GateInput } from './input.js';
import { numbersOf } from './numbers.js';
import { replay } from './replay.js';
import type { Verdict } from './verdict.js';
import { words } from './words.js';

/**
 * The gate: numbers in, verdict out; why it is right is in rationale.md. Pure, and blind to the order of the samples. It can
 * be asked at any time: a "pass" of the suite or a "regression" stays what it is whatever lands later.
 *
 * A regression that the samples prove stands whatever else went wrong; an infrastructure failure comes before a pass; and
 * what cannot be judged is "not gateable", never a pass.
 *
 * @throws RangeError for input that no run can have made (input.ts)
 */
export function gate(input: GateInput): Verdict {
  const played = replay(input);
  const blocked = obstacles(input, played);
  const silent = blocked.length === 0 ? nothingToJudge(input, played) : null;
  const hindered = silent ? [silent] : blocked;
  const state = stateOf(input.infra, played.findings.state, hindered.length > 0);
  const numbers = numbersOf(input, played);
  return { state, ...words(state, input, numbers, hindered), ...numbers };
}

function stateOf(infra: string | null, found: 'open' | 'pass' | 'regression', hindered: boolean): Verdict['state'] {
  if (found === 'regression' && !hindered) return 'regression';
  if (infra !== null) return 'infra';
  if (hindered) return 'not-gateable';
  return found === 'pass' ? 'pass' : 'inconclusive';
}
