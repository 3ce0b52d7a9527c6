import { mean } from '../stats/summary.js';
import { type ApprovedCase, representativeOf } from './baseline.js';
import { incomparable } from './comparable.js';

/** The baseline's cases by name. */
export type ApprovedCases = ReadonlyMap<string, ApprovedCase>;

/** Mean of the approved values of `id`, and of those approved before where they can be compared; `null` for none. */
export interface MeanChange {
  before: number | null;
  after: number | null;
}

export function meanChange(id: string, before: ApprovedCase | undefined, after: ApprovedCase): MeanChange {
  const alike = before !== undefined && !(id in incomparable(before, after));
  return { before: alike ? meanOf(id, before) : null, after: meanOf(id, after) };
}

function meanOf(id: string, { samples }: ApprovedCase): number | null {
  const values = samples.flatMap(({ scores }) => scores[id] ?? []);
  return values.length > 0 ? mean(values) : null;
}

/**
 * Cases whose samples were made from a picture of another case that is not its approved one: a run with approved inputs
 * makes them from another picture, so they could not be compared. `makers`: picture -> the case it is of.
 *
 * @returns child -> those cases
 */
export function outdatedInputs(cases: ApprovedCases, makers: ReadonlyMap<string, string>): Map<string, string[]> {
  const outdated = new Map<string, string[]>();
  for (const child of cases.values()) {
    if (child.inputsMode === 'generated') continue;
    const parents = child.inputs.flatMap(({ sha256 }) => {
      const parent = makers.get(sha256);
      const approved = parent === undefined ? null : representativeOf(cases.get(parent))?.image.sha256;
      return parent === undefined || approved === sha256 ? [] : [parent];
    });
    if (parents.length > 0) outdated.set(child.case, [...new Set(parents)]);
  }
  return outdated;
}
