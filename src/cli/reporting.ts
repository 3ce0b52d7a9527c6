import { UsageError } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import type { Reporter } from '../report/reporter.js';
import { type ReporterId, reporters } from '../report/reporters/index.js';
import type { CommandContext } from './context.js';

/** The reporters asked for, in the order they must finish. */
export function makeReporters(ids: readonly string[], context: CommandContext): Reporter[] {
  const known = Object.keys(reporters) as ReporterId[];
  for (const id of ids) {
    if (id === 'junit' || id === 'github') throw new UsageError(`--reporter ${id} is not supported yet`);
    if (!known.includes(id as ReporterId))
      throw new UsageError(`--reporter ${id}: no such reporter.${suggestion(id, known)}`);
  }
  return known
    .filter((id) => ids.includes(id))
    .map((id) =>
      reporters[id]({
        progress: {
          write: (text) => context.stderr(text),
          isTTY: context.terminal.isTTY && !context.env.ci,
          columns: context.terminal.columns,
        },
        colours: context.colours,
        now: Date.now,
      }),
    );
}
