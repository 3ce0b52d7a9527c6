import { logBeta, logGamma } from './gamma.js';

/** How often something happened. */
export interface Tally {
  events: number;
  /** How often it could have happened. */
  of: number;
}

/** What the numerator expects of the reference: about ten samples' worth of "hardly ever". */
const REFERENCE_PRIOR = [0.5, 9.5] as const;
/** And of the candidate: nearly nothing, so that any rate is found. */
const CANDIDATE_PRIOR = [0.5, 1.5] as const;

/**
 * ln of an e-value against "the candidate's rate is no higher than the reference's", both unknown:
 *
 *     B(candidate | Beta(½, 1½)) · B(reference | Beta(½, 9½)) / max over p1 ≤ p0 of the likelihood of both
 *
 * where B is the Beta-Bernoulli probability of the sequence. The numerator is one distribution and the denominator at
 * least the true one's likelihood, so the ratio is an e-process: it exceeds 1/α at any look with chance ≤ α, whatever
 * the true rates are. Universal inference: L. Wasserman, A. Ramdas, S. Balakrishnan, PNAS 117(29), 2020; Beta mixture
 * over the maximum likelihood of a binary sequence: A. Ramdas, J. Ruf, M. Larsson, W. Koolen, IJAR 141, 2022.
 */
export function rateEvidence(candidate: Tally, reference: Tally): number {
  return (
    logMixture(candidate, CANDIDATE_PRIOR) + logMixture(reference, REFERENCE_PRIOR) - logNull(candidate, reference)
  );
}

/** Probability of a given sequence with these counts when its rate is Beta(a, b). */
function logMixture({ events, of }: Tally, [a, b]: readonly [number, number]): number {
  return logBeta(events + a, of - events + b) - logBeta(a, b);
}

/** Maximum of the log-likelihood where the candidate's rate is at most the reference's. */
function logNull(candidate: Tally, reference: Tally): number {
  const apart = candidate.events * reference.of <= reference.events * candidate.of;
  return apart
    ? logBest(candidate) + logBest(reference)
    : logBest({ events: candidate.events + reference.events, of: candidate.of + reference.of });
}

function logBest({ events, of }: Tally): number {
  const term = (n: number) => (n === 0 ? 0 : n * Math.log(n / of));
  return term(events) + term(of - events);
}

/**
 * P(at least as many events on the candidate's side | all events fall on the samples at random): Fisher's exact test,
 * one-sided, for one look at fixed counts. R. A. Fisher, J. R. Stat. Soc. 85(1), 1922.
 */
export function fisherExact(candidate: Tally, reference: Tally): number {
  const all = candidate.events + reference.events;
  const last = Math.min(all, candidate.of);
  let chance = 0;
  for (let events = candidate.events; events <= last; events += 1)
    chance += Math.exp(
      logChoose(candidate.of, events) +
        logChoose(reference.of, all - events) -
        logChoose(candidate.of + reference.of, all),
    );
  return Math.min(1, chance);
}

/** ln of "n choose k"; -∞ when k is out of range. */
function logChoose(n: number, k: number): number {
  return k < 0 || k > n ? -Infinity : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
