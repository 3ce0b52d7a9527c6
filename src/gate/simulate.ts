import { fixedFindings } from './fixed.js';
import type { GateInput } from './input.js';
import { type Findings, SequentialTest } from './sequential.js';
import { type Design, type Observation, type Step, Trial } from './trial.js';

/** Where simulated samples come from. */
export interface World {
  sample(arm: 'candidate' | 'reference', index: number): Observation;
}

/** How one simulated gate went. */
export interface Course {
  findings: Findings;
  /** The suite's rule said "pass", whatever the guard found later. */
  suitePassed: boolean;
  /** Samples after the suite's decision, for cases that the guard had not decided. */
  extras: number;
}

/**
 * Plays one gate by the rules that judge real samples. `approved` holds the reference's samples by case, or is `null` when
 * the reference grows with the candidate.
 */
export function playOut(
  design: Design,
  rule: GateInput['rule'],
  approved: readonly number[] | null,
  world: World,
): Course {
  const trial = new Trial(design);
  approved?.forEach((n, index) => {
    for (let k = 0; k < n; k += 1) trial.add('reference', [world.sample('reference', index)]);
  });
  const step = (index: number): Step => ({
    candidate: [world.sample('candidate', index)],
    reference: approved ? [] : [world.sample('reference', index)],
  });
  const cap = design.samples.max * design.cases;
  if (rule === 'fixed') {
    for (let steps = 0; steps < cap; steps += 1) trial.addStep(step(steps % design.cases));
    const findings = fixedFindings(trial, cap, true);
    return { findings, suitePassed: findings.state === 'pass', extras: 0 };
  }
  const test = new SequentialTest(trial);
  while (test.state === 'open' && test.steps < cap) test.add(step(test.steps % design.cases));
  return {
    findings: test,
    suitePassed: test.suitePassed,
    extras: test.suitePassed ? playExtras(test, step, approved === null) : 0,
  };
}

function playExtras(test: SequentialTest, step: (index: number) => Step, grows: boolean): number {
  const { cases, extras: most } = test.trial.design;
  let extras = 0;
  for (let index = 0; index < cases; index += 1) {
    for (let k = 0; test.wantsExtras(index, most - k, grows); k += 1) {
      const { candidate, reference } = step(index);
      for (const each of candidate) test.addExtra(each, reference[0] ?? null);
      extras += 1;
    }
  }
  return extras;
}
