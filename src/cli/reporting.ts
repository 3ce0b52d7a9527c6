import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import { UsageError } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import type { GithubOptions, Reporter } from '../report/reporter.js';
import { type ReporterId, reporters } from '../report/reporters/index.js';
import type { Suite } from '../suite/suite.js';
import type { CommandContext } from './context.js';

const known = Object.keys(reporters) as ReporterId[];

/** Files that cost nothing to write and that CI looks for: a run leaves them, whatever was asked for. */
const always: readonly ReporterId[] = ['junit', 'summary'];
/** With `--json` a document is all that stdout holds. */
const talkative: readonly ReporterId[] = ['terminal', 'json'];

/** The reporters of a run, in the order they must finish. */
export function makeReporters(
  { reporter: asked, json }: { reporter?: readonly string[]; json?: true },
  context: CommandContext,
  suite?: Pick<Suite, 'folder'>,
): Reporter[] {
  const ids = asked?.map(knownReporter) ?? ['html', 'terminal', ...(context.env.github ? ['github' as const] : [])];
  const chosen = [...always, ...ids.filter((id) => !json || !talkative.includes(id))];
  const options = {
    progress: {
      write: (text: string) => context.stderr(text),
      isTTY: context.terminal.isTTY && !context.env.ci,
      columns: context.terminal.columns,
    },
    colours: context.colours,
    now: Date.now,
    github: githubOptions(context, suite),
  };
  return known.filter((id) => chosen.includes(id)).map((id) => reporters[id](options));
}

function knownReporter(id: string): ReporterId {
  const found = known.find((each) => each === id);
  if (!found) throw new UsageError(`--reporter ${id}: no such reporter.${suggestion(id, known)}`);
  return found;
}

function githubOptions({ cwd, env }: CommandContext, suite: Pick<Suite, 'folder'> | undefined): GithubOptions {
  const file = suite && path.relative(env.github?.workspace ?? cwd, path.resolve(suite.folder, 'suite.yaml'));
  return {
    stepSummary: env.github?.stepSummary ?? null,
    suiteFile: file === undefined || file.startsWith('..') ? null : file.split(path.sep).join('/'),
    token: randomUUID(),
  };
}
