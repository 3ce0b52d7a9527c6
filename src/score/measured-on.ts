import type { Case, Character } from '../suite/suite.js';
import type { Metric } from './metric.js';
import { sheetRole } from './sheet-role.js';

/** Whether samples of the case can have a value: nobody is looked for where nobody should be seen. */
export function measuredOn({ id, against }: Metric, each: Case, characters: Record<string, Character>): boolean {
  if (against === 'sheet') return sheetRole(each, characters).characters.length > 0;
  if (against === 'kept') return each.edit?.keeps === true;
  if (id === 'text' || id === 'checklist') return each[id].length > 0;
  return true;
}
