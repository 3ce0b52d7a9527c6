import type { GatePlan } from '../record-gate.js';
import { line, money } from './format.js';

/** What a gate will need, in lines for the terminal: the expected spend first, then the worst. */
export function gateLines(gate: GatePlan | null): string[] {
  if (!gate) return ['gate           nothing to compare with: not gated'];
  const { against, margins, expected, worst, warnings } = gate;
  const limits = margins.map(({ id, margin, auto }) => `${id} ${margin}${auto ? ' (auto)' : ''}`).join(', ');
  return [
    `gate           against ${line(against)}${limits ? `, margin ${limits}` : ''}`,
    `expected       ${expected ? need(expected) : 'unknown'} for the verdict if nothing changed, at most ${need(worst)}`,
    ...warnings.map((warning) => `! ${line(warning)}`),
  ];
}

function need({ samples, cost }: GatePlan['worst']): string {
  return `${Math.ceil(samples)} samples${cost === null ? '' : ` (${money(cost)})`}`;
}
