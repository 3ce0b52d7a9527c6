import { modelInfo } from '../catalog/catalog.js';
import { UsageError } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { selectVariants, type Selection, type Variant } from '../plan/select.js';
import type { RunRecord } from '../record.js';
import type { Against } from '../run-gate.js';
import type { Suite } from '../suite/suite.js';

/**
 * What `--against` names: `baseline`, a revision (`git:REF` too) or a model, which is then sampled beside the candidate,
 * or an earlier run. The first that fits.
 */
export function resolveAgainst(
  named: string,
  suite: Suite,
  selection: Selection,
  findRun: (named: string) => RunRecord | null,
): Against {
  if (named === 'baseline') return { kind: 'baseline' };
  const [candidate] = selectVariants(suite, selection);
  if (!candidate) throw new Error('a suite has at least one variant');
  const variant = variantNamed(named, suite, candidate);
  if (variant) {
    if (variant.id === candidate.id)
      throw new UsageError(`--against ${named}: that is the candidate itself, ${candidate.id}`, {
        fix: 'Choose another revision or model, or choose another candidate with --revision or --model.',
      });
    return { kind: 'variant', variant };
  }
  const record = findRun(named);
  if (record) return { kind: 'run', record, variant: variantOf(record, candidate).id };
  const known = ['baseline', ...suite.revisions, ...suite.models.flatMap(({ id, name }) => [name, id])];
  throw new UsageError(
    `--against ${named}: no revision, model or run of ${suite.name} has this name.${suggestion(named, known)}`,
    { fix: 'Give baseline, a revision, a model, git:REF, or the id or folder of a run.' },
  );
}

function variantNamed(named: string, suite: Suite, candidate: Variant): Variant | null {
  const as = (selection: Partial<Selection>) => {
    const all = { models: [candidate.name], revisions: [candidate.revision], cases: [], ...selection };
    return selectVariants(suite, all).map((variant) => ({ ...variant, candidate: false }))[0] ?? null;
  };
  if (suite.revisions.includes(named) || named in suite.commits) return as({ revisions: [named] });
  const isModel = suite.models.some(({ id, name }) => id === named || name === named) || modelInfo(named) !== undefined;
  return isModel ? as({ models: [named] }) : null;
}

/** The variant of a run that answers to the candidate: the same model and revision, else the one that run judged. */
export function variantOf(record: RunRecord, candidate: Pick<Variant, 'id'>): RunRecord['variants'][number] {
  const same = record.variants.find(({ id }) => id === candidate.id);
  const variant = same ?? record.variants.find((each) => each.candidate) ?? record.variants[0];
  if (!variant) throw new UsageError(`the run ${record.id} has no samples to compare with`);
  return variant;
}
