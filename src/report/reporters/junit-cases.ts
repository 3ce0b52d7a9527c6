import { checkResults } from '../../record-checks.js';
import type { CheckResult, RunRecord } from '../../record.js';
import { money } from '../format.js';
import { findings, judged, type Finding } from '../findings.js';
import { headline, stopped } from '../headline.js';
import { matrix, type Cell, type Variant } from '../matrix.js';
import { outcomesText } from '../outcomes.js';
import { lostIn, samplesText } from '../samples.js';

/** One test case of JUnit; without a result it passed. */
export interface TestCase {
  name: string;
  seconds: number;
  result: Result | null;
  /** Lines for people. */
  output: string[];
}

interface Result {
  kind: 'failure' | 'error' | 'skipped';
  /** A word for machines. */
  type: string;
  message: string;
}

/**
 * The test cases of a variant. Those of the candidate say what the exit code says: nothing passes here that was not
 * judged, what is undecided is skipped with the reason, and a gate that had nothing to judge is an error.
 */
export function testCases(record: RunRecord, variant: Variant): TestCase[] {
  const of = record.checks.filter((check) => check.variant === variant.id);
  const { unmeasured } = checkResults(record);
  const checks = of.map((check) => checkCase(check, unmeasured.includes(check)));
  const { rows, candidate } = matrix(record);
  if (variant === candidate) return [gateCase(record), ...findings(record).map(candidateCase(record)), ...checks];
  const { reference } = record.gate?.terms ?? {};
  const role =
    reference?.kind === 'variant' && reference.variant === variant.id ? 'what the gate compares with' : 'shown';
  const others = rows.flatMap(({ cells }) => cells.filter((cell) => cell.variant === variant));
  return [...others.map((cell) => cellCase(cell, skipped('not-gated', `${role}, not gated`), [])), ...checks];
}

const skipped = (type: string, message: string): Result => ({ kind: 'skipped', type, message });

function candidateCase(record: RunRecord): ({ cell, state, words, effects }: Finding) => TestCase {
  const why = judged(record) ? [] : [record.verdict?.title ?? 'this run has no verdict'];
  return ({ cell, state, words, effects }) => {
    const measured = effects.map(({ metric, text }) => `${metric} ${text}`);
    const told = [words, ...why, ...measured].join('; ');
    const result: Result | null =
      state === 'ok'
        ? null
        : state === 'broken'
          ? { kind: 'failure', type: state, message: told }
          : state === 'infra'
            ? { kind: 'error', type: state, message: told }
            : skipped(state, told);
    return cellCase(cell, result, measured);
  };
}

function cellCase({ case: { name }, samples, cost }: Cell, result: Result | null, told: string[]): TestCase {
  const lost = lostIn(samples);
  return {
    name,
    seconds: samples.reduce((sum, { latencyMs }) => sum + (latencyMs ?? 0), 0) / 1000,
    result,
    output: [
      ...told,
      `${samplesText(samples)}${samples.length > 0 ? `: ${outcomesText(samples)}` : ''}`,
      `${money(cost)} spent`,
      ...lost.map(
        ({ sample, turn, outcome, reason }) =>
          `sample ${sample}${turn === undefined ? '' : `, turn ${turn}`}: ${outcome}${reason ? `, ${reason}` : ''}`,
      ),
    ],
  };
}

function checkCase({ limit, passed, message }: CheckResult, isUnmeasured: boolean): TestCase {
  const result: Result | null =
    passed === false
      ? { kind: 'failure', type: 'check', message }
      : isUnmeasured
        ? skipped('not-measured', message)
        : null;
  return { name: `check ${limit}`, seconds: 0, result, output: [message] };
}

/** The verdict. No case can have this name: names hold no spaces. */
function gateCase(record: RunRecord): TestCase {
  const { sentences } = headline(record);
  const output = [...(record.emulated ? ["Emulated pictures, not Gemini's."] : []), ...sentences];
  return { name: 'the gate', seconds: 0, result: gateResult(record), output };
}

function gateResult(record: RunRecord): Result | null {
  const { verdict, status } = record;
  const early = stopped(record)[0];
  switch (verdict?.state) {
    case 'regression':
      return { kind: 'failure', type: verdict.state, message: verdict.title };
    case 'not-gateable':
    case 'infra':
      return { kind: 'error', type: verdict.state, message: verdict.title };
    case 'inconclusive':
      return skipped(verdict.state, [verdict.title, early].filter(Boolean).join('. '));
    case 'pass':
    case undefined:
      if (early !== undefined) return { kind: 'error', type: status, message: early };
      return verdict ? null : skipped('not-gated', 'Not gated: this run has no verdict');
  }
}
