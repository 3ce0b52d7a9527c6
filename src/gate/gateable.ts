import { LEAST_DF } from './estimate.js';
import { LEAST_FIXED_DF } from './fixed.js';
import type { GateInput, Obstacle } from './input.js';
import type { Replay } from './replay.js';
import type { Trial } from './trial.js';

/** The degrees of freedom at the cap of the metric that has the fewest; Infinity where no case can differ. */
export function fewestDf(trial: Trial, grows: boolean): number {
  return Math.min(
    ...trial.design.metrics.map((metric, m) =>
      metric.cases.length === 0 ? Infinity : trial.dfAtCap(metric, m, grows),
    ),
  );
}

/** Why no number of samples up to the cap could give a verdict. Empty when one could. */
export function obstacles(input: GateInput, { evidence, trial, rule }: Replay): Obstacle[] {
  if (input.obstacles.length > 0) return [...input.obstacles];
  if (input.metrics.length === 0)
    return [{ problem: 'no metric gates', fix: 'Set `gate: true` on a metric of the suite.' }];
  if (input.cases.length === 0) return [{ problem: 'no case is left to judge', fix: 'Choose other cases.' }];
  const nowhere = input.metrics.filter(({ cases }) => cases.length === 0).map(({ id }) => id);
  if (nowhere.length > 0)
    return [{ problem: `no case can be measured by ${nowhere.join(', ')}`, fix: 'Set `gate: false` on it.' }];
  if (evidence.cases.length === 0) return [];
  if (evidence.design.metrics.every(({ cases }) => cases.length === 0)) {
    const names = input.metrics.map(({ id }) => id).join(', ');
    const problem = `what differs cannot be measured by ${names}: ${evidence.cases.join(', ')}`;
    return [{ problem, fix: 'Gate a metric that is measured there too.' }];
  }
  const missing = unapproved(input, trial, evidence.cases);
  return missing.length > 0 ? missing : tooFew(input, trial, rule);
}

function unapproved({ metrics, reference, against }: GateInput, trial: Trial, names: readonly string[]): Obstacle[] {
  if (reference.grows) return [];
  return metrics.flatMap(({ id }, m) => {
    const bare = names.filter((_, index) => trial.arms[m]?.[index]?.reference.n === 0);
    return bare.length === 0
      ? []
      : [
          {
            problem: `${against} has no ${id} of ${bare.join(', ')}`,
            fix: 'Approve a run that has, or leave them out.',
          },
        ];
  });
}

/** Also when chains are so broken that none of the reference is whole. */
function tooFew({ reference }: GateInput, trial: Trial, rule: Replay['rule']): Obstacle[] {
  const { chains } = trial.design;
  const least = leastDf(rule);
  const df = fewestDf(trial, reference.grows);
  const whole = reference.grows || trial.units.every((units) => units.every((unit) => unit.reference.n > 0));
  if (df >= least && whole) return [];
  const what = chains ? 'chains' : 'samples a case';
  return [
    {
      problem: whole
        ? `the scatter of ${chains ? 'chains' : 'the samples'} would rest on ${df} degrees of freedom at the cap, and ${least} are needed`
        : 'no approved chain has a score in each of its cases',
      fix: `Approve more ${what}, or raise the number of ${what}.`,
    },
  ];
}

function leastDf(rule: Replay['rule']): number {
  return rule === 'sequential' ? LEAST_DF : LEAST_FIXED_DF;
}

/** Why the samples that are there tell nothing at all, or `null`. Silence is never a pass. */
export function nothingToJudge(
  { metrics }: GateInput,
  { evidence, trial, findings, rule, atCap }: Replay,
): Obstacle | null {
  if (findings.state !== 'open') return null;
  const names = metrics.map(({ id }) => id).join(', ');
  const scored = trial.arms.some((byCase) => byCase.some((arms) => (arms?.candidate.n ?? 0) > 0));
  if (!scored) {
    const why = evidence.repeated > 0 ? `; ${evidence.repeated} repeat what was there before` : '';
    return {
      problem: `no new sample of the candidate has ${names}${why}`,
      fix: 'The outcomes of the samples say why.',
    };
  }
  const blind = evidence.design.metrics.findIndex(
    (metric, m) => metric.cases.length > 0 && trial.unitPool(metric, m).df < leastDf(rule),
  );
  if (!atCap || blind === -1) return null;
  return {
    problem: `too few samples have ${metrics[blind]?.id} to tell how much it scatters`,
    fix: 'Raise the number of samples, or approve more.',
  };
}
