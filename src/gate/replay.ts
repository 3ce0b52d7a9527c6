import { Evidence } from './evidence.js';
import { fixedFindings } from './fixed.js';
import { fewestDf } from './gateable.js';
import { LEAST_DF } from './estimate.js';
import { type GateInput, refuseImpossible } from './input.js';
import { type Findings, SequentialTest } from './sequential.js';
import type { Trial } from './trial.js';

/** A gate's samples run through its rule. The same samples give the same findings, whenever they landed. */
export interface Replay {
  evidence: Evidence;
  trial: Trial;
  findings: Findings;
  rule: GateInput['rule'];
  /** By case, how many slots the suite's rule took in, and how many more the guard did. */
  counted: readonly number[];
  extras: readonly number[];
  /** Cases that should get another extra sample. */
  wanting: readonly number[];
  /** Every slot up to the cap was taken in. */
  atCap: boolean;
}

/** @throws RangeError for input that no run can have made */
export function replay(input: GateInput): Replay {
  refuseImpossible(input);
  const evidence = new Evidence(input);
  const { design, cases } = evidence;
  const trial = evidence.trial();
  const rule = ruleOf(input, trial);
  const test = rule === 'sequential' ? new SequentialTest(trial) : null;
  let steps = 0;
  for (const step of evidence.steps()) {
    if (test && test.state !== 'open') break;
    if (test) test.add(step);
    else trial.addStep(step);
    steps += 1;
  }
  const stepsARound = design.chains ? 1 : cases.length;
  const atCap = steps === design.samples.max * stepsARound;
  const counted = cases.map((_, index) =>
    design.chains ? steps : Math.floor(steps / stepsARound) + (index < steps % stepsARound ? 1 : 0),
  );
  const guarded = cases.map(
    (_, index) => test && takeExtras(test, evidence, index, counted[index] ?? 0, input.reference.grows),
  );
  return {
    evidence,
    trial,
    findings: test ?? fixedFindings(trial, steps, atCap),
    rule,
    counted,
    extras: guarded.map((each) => each?.taken ?? 0),
    wanting: test?.state === 'pass' ? guarded.flatMap((each, index) => (each?.wanting ? [index] : [])) : [],
    atCap,
  };
}

/** Feeds the guard of one case until it is decided, out of samples, or could not be by ten. Other cases play no part. */
function takeExtras(test: SequentialTest, evidence: Evidence, index: number, counted: number, grows: boolean) {
  if (!test.suitePassed) return null;
  const most = evidence.design.extras;
  let taken = 0;
  for (const { candidate, reference } of evidence.later(index, counted).slice(0, most)) {
    if (!test.wantsExtras(index, most - taken, grows)) break;
    test.addExtra(candidate, reference);
    taken += 1;
  }
  return { taken, wanting: test.wantsExtras(index, most - taken, grows) };
}

/** Whole chains are few: where the sequential rule could never look, they are judged once, at the cap. */
function ruleOf({ rule, reference }: GateInput, trial: Trial): GateInput['rule'] {
  return trial.design.chains && fewestDf(trial, reference.grows) < LEAST_DF ? 'fixed' : rule;
}
