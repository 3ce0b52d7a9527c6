import { levelsOf } from '../src/gate/levels.js';
import { playOut, type World } from '../src/gate/simulate.js';
import type { Design } from '../src/gate/trial.js';
import { seededRandom } from '../src/lib/random.js';
import { normalDraws } from '../src/stats/normal.js';
import { rateEvidence } from '../src/stats/rate-test.js';
import { type Noise, robotNoises, shapes } from './gate-noise.js';

/**
 * `npm run bench:gate [runs]`: how often the gate is wrong and what it costs, by the functions that judge real samples.
 * Eight approved samples a case; 2 % of the samples without a usable picture and 2 % without the character, in both arms.
 * Seeded; 20,000 runs put a share of .05 within ±.0015 (standard error).
 */
const APPROVED = 8;
const RATE = 0.02;

const runs = Number(process.argv[2] ?? 20_000);
const print = (...lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`);
const row = (...cells: (string | number)[]) => print(`| ${cells.join(' | ')} |`);
const share = (n: number) => (n / runs).toFixed(3);

function design({ cases }: Noise, margin: number, max: number, extras: number): Design {
  const indices = Array.from({ length: cases }, (_, index) => index);
  const metric = { margin, cases: indices, total: cases, lent: { sumOfSquares: 0, df: 0 } };
  return { cases, metrics: [metric], rates: 2, chains: false, samples: { min: 1, max }, extras };
}

function gates(noise: Noise, rule: 'sequential' | 'fixed', margin: number, theta: number, max: number): void {
  const random = seededRandom(2025);
  const normal = normalDraws(random);
  const world: World = {
    sample: (arm, index) => {
      if (random() < RATE) return { case: index, values: [null], events: [true, null] };
      const value = noise.draw(index, normal, random) + (arm === 'candidate' ? theta * margin : 0);
      return { case: index, values: [value], events: [false, random() < RATE] };
    },
  };
  const made = design(noise, margin, max, rule === 'sequential' ? 10 : 0);
  const approved = Array.from({ length: noise.cases }, () => APPROVED);
  const sums = { pass: 0, regression: 0, open: 0, suite: 0, guard: 0, rates: 0, steps: 0, extras: 0, passed: 0 };
  for (let run = 0; run < runs; run += 1) {
    const { findings, extras, suitePassed } = playOut(made, rule, approved, world);
    sums[findings.state] += 1;
    sums.steps += findings.steps;
    sums.extras += extras;
    if (suitePassed) sums.passed += 1;
    if (findings.metrics.some(({ state }) => state === 'regression')) sums.suite += 1;
    if (findings.guards.some((byCase) => byCase.some((guard) => guard?.state === 'broken'))) sums.guard += 1;
    if (findings.rates.some((rate) => rate?.state === 'risen')) sums.rates += 1;
  }
  row(
    noise.name,
    rule === 'fixed' ? `fixed ${max * noise.cases}` : `cap ${max * noise.cases}`,
    margin,
    theta === 0 ? '0' : `${theta} δ`,
    (sums.steps / runs).toFixed(1),
    (sums.extras / Math.max(1, sums.passed)).toFixed(1),
    share(sums.suite),
    share(sums.guard),
    share(sums.rates),
    share(sums.regression),
    share(sums.pass),
    share(sums.open),
  );
}

/** How often a rate that did not change is called risen within 54 samples, and one that did. */
function rateRow(name: string, approved: readonly number[], before: (index: number) => number, after = before): void {
  const random = seededRandom(7);
  const level = levelsOf({ ...design({ name, cases: 9, draw: () => 0 }, 1, 6, 0), rates: 2 }).rate;
  let risen = 0;
  let samples = 0;
  for (let run = 0; run < runs; run += 1) {
    const reference = { events: 0, of: 0 };
    approved.forEach((n, index) => {
      for (let k = 0; k < n; k += 1) if (random() < before(index)) reference.events += 1;
      reference.of += n;
    });
    const candidate = { events: 0, of: 0 };
    while (candidate.of < 54) {
      if (random() < after(candidate.of % 9)) candidate.events += 1;
      candidate.of += 1;
      if (candidate.of < 9 || rateEvidence(candidate, reference) < -Math.log(level)) continue;
      risen += 1;
      break;
    }
    samples += candidate.of;
  }
  row(name, share(risen), (samples / runs).toFixed(1));
}

print(`${runs} gates a row`, '');
row(
  'noise',
  'rule',
  'δ',
  'θ',
  'samples',
  'extras after a pass',
  'suite',
  'guard',
  'rates',
  'REGRESSION',
  'PASS',
  'open',
);
row(...Array.from({ length: 12 }, () => '---'));
for (const noise of shapes)
  for (const [margin, fixedRounds] of [
    [0.02, 6],
    [0.03, 2],
    [0.05, 1],
  ] as const)
    for (const theta of noise === shapes[0] ? [0, -1, -0.5, 0.5] : [0, -1]) {
      gates(noise, 'sequential', margin, theta, 6);
      if (noise === shapes[0]) gates(noise, 'fixed', margin, theta, fixedRounds);
    }
for (const robot of robotNoises())
  for (const theta of [0, -1, -0.5]) gates(robot, 'sequential', robot.margin, theta, 6);

print('');
row('outcome rate, before and after', 'called risen', 'samples');
row('---', '---', '---');
const even = Array.from({ length: 9 }, () => APPROVED);
for (const rate of [0.005, 0.02, 0.1, 0.3]) rateRow(`${rate}`, even, () => rate);
const one = (rate: number) => (index: number) => (index === 0 ? rate : 0);
rateRow('.5 in one case', even, one(0.5));
rateRow('.5 in one case, with 2 approved samples', [2, ...even.slice(1)], one(0.5));
for (const rate of [0.1, 0.2, 0.3])
  rateRow(
    `.01, then ${rate}`,
    even,
    () => 0.01,
    () => rate,
  );
rateRow('0, then always in one case', even, () => 0, one(1));
