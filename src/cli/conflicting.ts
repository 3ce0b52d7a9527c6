import { UsageError } from '../lib/errors.js';
import type { RunFlags } from './commands/run.js';

/** A flag that another one cannot stand beside, and why. */
export interface Conflict {
  with: keyof RunFlags;
  flag: string;
  why: string;
}

/** @throws UsageError for the first flag given that cannot stand beside `of` */
export function refuseBeside(of: `--${string}`, conflicts: readonly Conflict[], flags: RunFlags): void {
  for (const { with: other, flag, why } of conflicts) {
    if (flags[other] !== undefined)
      throw new UsageError(`${of} and ${flag} do not go together: ${why}`, { fix: 'Leave one of them out.' });
  }
}
