import * as path from 'node:path';
import { UsageError } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import type { RunRecord } from '../record.js';
import { areOneRun, candidateOf, type Opponent } from '../run-compare-question.js';
import { variantOf } from './against.js';
import type { CommandContext } from './context.js';
import { type FoundRecord, lookForRecord } from './folders.js';

/** What the run is compared with, and the folder of the run that it comes from. */
export interface FoundOpponent {
  opponent: Opponent;
  folder: string | null;
}

/** `baseline`, a variant of the run itself, or another run of the suite; by default what the run was gated against. */
export function findOpponent(
  named: string | undefined,
  found: FoundRecord,
  output: string,
  context: CommandContext,
): FoundOpponent {
  const { record, folder } = found;
  const find = (run: string) => findRun(run, record, output, context);
  if (named === undefined) return ownOpponent(found, find);
  if (named === 'baseline') return approved;
  const variant = variantNamed(named, record);
  if (variant) return { opponent: { kind: 'run', record, variant: variant.id }, folder };
  const other = find(named);
  if (!other) {
    const known = ['baseline', ...record.variants.flatMap(({ id, revision, name }) => [revision, name, id])];
    throw new UsageError(
      `no run, and no revision or model of run ${record.id}, is called '${named}'.${suggestion(named, known)}`,
      { fix: 'Give baseline, the id or folder of a run, or a revision or model that the run has.' },
    );
  }
  if (other.record.suite.name !== record.suite.name)
    throw new UsageError(`${other.record.id} is a run of ${other.record.suite.name}, and not of ${record.suite.name}`);
  if (areOneRun(other.record, record)) throw new UsageError(`'${named}' is the run itself, ${record.id}`);
  return ofRun(other, variantOf(other.record, candidateOf(record)).id);
}

const approved: FoundOpponent = { opponent: { kind: 'baseline' }, folder: null };

const ofRun = ({ record, folder }: FoundRecord, variant: string): FoundOpponent => ({
  opponent: { kind: 'run', record, variant },
  folder,
});

function ownOpponent(found: FoundRecord, find: (run: string) => FoundRecord | null): FoundOpponent {
  const reference = found.record.gate?.terms.reference ?? { kind: 'baseline' };
  if (reference.kind === 'baseline') return approved;
  if (reference.kind === 'variant') return ofRun(found, reference.variant);
  const other = find(reference.run);
  if (other) return ofRun(other, reference.variant);
  throw new UsageError(`the run ${reference.run}, against which ${found.record.id} was judged, is not there any more`, {
    fix: 'Bring its folder back, or name something else to compare with, such as baseline.',
  });
}

/** Runs of several suites may share an id: those of the same suite come first. */
function findRun(named: string, { suite }: RunRecord, output: string, context: CommandContext): FoundRecord | null {
  const here = named === '' ? null : lookForRecord(path.join(output, suite.name, named), output, context);
  return here ?? lookForRecord(named, output, context);
}

/** A variant's id, or what alone tells it from the candidate: its revision, or its model. */
function variantNamed(named: string, record: RunRecord): RunRecord['variants'][number] | null {
  const candidate = candidateOf(record);
  const variant = record.variants.find(
    ({ id, model, name, revision }) =>
      id === named ||
      (revision === named && name === candidate.name) ||
      ([model, name].includes(named) && revision === candidate.revision),
  );
  if (variant?.id === candidate.id)
    throw new UsageError(`'${named}' is the candidate of run ${record.id} itself, ${candidate.id}`, {
      fix: 'Name another revision or model of the run, another run, or baseline.',
    });
  return variant ?? null;
}
