import picomatch from 'picomatch';
import { catalog, modelInfo } from '../catalog/catalog.js';
import { UsageError } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import type { Case, Generation, Suite, SuiteModel } from '../suite/suite.js';

/** What the command line leaves of the suite's matrix. An empty list leaves everything. */
export interface Selection {
  models: readonly string[];
  revisions: readonly string[];
  /** Globs over case names. */
  cases: readonly string[];
}

/** A column of the report: a model with its settings, under one revision of the prompts. */
export interface Variant {
  id: string;
  /** The model's id, and the name the suite gives it with its settings. */
  model: string;
  name: string;
  settings: Generation;
  revision: string;
  /** The one whose checks decide the exit code. */
  candidate: boolean;
}

/**
 * The variants in the order written, models first; the first is the candidate.
 * A model that the suite does not name may be tried too, when the catalogue knows it.
 */
export function selectVariants(suite: Suite, selection: Selection): Variant[] {
  const names = suite.models.map((model) => model.name);
  const models = choose(
    selection.models,
    '--model',
    [...new Set([...names, ...suite.models.map((model) => model.id), ...catalog.map((model) => model.id)])],
    (wanted) => suiteModels(suite, wanted),
  );
  const revisions = choose(selection.revisions, '--revision', suite.revisions, (wanted) =>
    suite.revisions.includes(wanted) || wanted in suite.commits ? [wanted] : [],
  );
  return (models ?? suite.models)
    .flatMap((model: SuiteModel) => (revisions ?? suite.revisions).map((revision) => ({ model, revision })))
    .map(({ model, revision }, index) => ({
      id: `${model.name}@${revision}`,
      model: model.id,
      name: model.name,
      settings: model.generation,
      revision,
      candidate: index === 0,
    }));
}

/** The cases asked for by name or glob, in the order written, without the ancestors they bring. */
export function selectCases(suite: Suite, selection: Selection): Case[] {
  if (selection.cases.length === 0) return suite.cases;
  const names = suite.cases.map((each) => each.name);
  for (const glob of selection.cases) {
    if (!names.some((name) => picomatch(glob)(name)))
      throw new UsageError(`--case ${glob} fits no case.${suggestion(glob, names)}`);
  }
  return suite.cases.filter((each) => selection.cases.some((glob) => picomatch(glob)(each.name)));
}

function suiteModels(suite: Suite, wanted: string): SuiteModel[] {
  const named = suite.models.filter((model) => model.name === wanted || model.id === wanted);
  if (named.length > 0 || !modelInfo(wanted)) return named;
  return [{ id: wanted, name: wanted, generation: {} }];
}

function choose<T>(
  wanted: readonly string[],
  flag: string,
  known: readonly string[],
  find: (name: string) => T[],
): T[] | null {
  if (wanted.length === 0) return null;
  const found = wanted.flatMap((name) => {
    const matches = find(name);
    if (matches.length === 0) throw new UsageError(`${flag} ${name} is not in the suite.${suggestion(name, known)}`);
    return matches;
  });
  return [...new Set(found)];
}
