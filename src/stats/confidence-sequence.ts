/** Bounds that hold at every look together, not only at one planned in advance. */
export interface ConfidenceSequence {
  low: number;
  high: number;
  /** 0-1: the chance that no look's bounds ever miss the truth. */
  confidence: number;
}

/**
 * Robbins's normal mixture. With information I = 1/variance, and ρ the information of the mixing distribution:
 *
 *     estimate ± √((I + ρ) · ln((I + ρ) / (ρ α²))) / I
 *
 * ρ makes the bounds tightest at `tunedTo` (information): r = tunedTo/ρ solves r = ln(1 + r) + 2 ln(1/α).
 * H. Robbins, Ann. Math. Statist. 41(5), 1970; S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, Ann. Statist. 49(2),
 * 2021, section 3.2. Exact for Gaussian increments of known variance.
 *
 * @throws RangeError unless the variance and `tunedTo` are positive
 */
export function confidenceSequence(
  estimate: number,
  variance: number,
  tunedTo: number,
  confidence = 0.95,
): ConfidenceSequence {
  if (!(variance > 0)) throw new RangeError(`a variance must be positive, got ${variance}`);
  if (!(tunedTo > 0)) throw new RangeError(`an information must be positive, got ${tunedTo}`);
  const information = 1 / variance;
  const mixing = tunedTo / tightestRatio(confidence);
  const sum = information + mixing;
  const half = Math.sqrt(sum * (Math.log(sum / mixing) - 2 * Math.log(1 - confidence))) / information;
  return { low: estimate - half, high: estimate + half, confidence };
}

/** The fixed point, by iteration: the slope 1/(1 + r) is below 1, so it closes in. */
function tightestRatio(confidence: number): number {
  const twice = -2 * Math.log(1 - confidence);
  let ratio = twice;
  for (let i = 0; i < 60; i += 1) ratio = Math.log1p(ratio) + twice;
  return ratio;
}
