import * as path from 'node:path';
import { checkIds, type CheckId } from '../catalog/ids.js';
import { UsageError } from '../lib/errors.js';
import { canonicalJson, sha256 } from '../lib/hash.js';
import { readAssets, type InspectImage } from './assets.js';
import { resolveCases } from './cases.js';
import { parseSuiteYaml } from './document.js';
import { locateSuite, readTextInside } from './folder.js';
import { checkGeneration, looseSettings } from './generation.js';
import { resolveJudge } from './judge.js';
import { resolveLimits } from './limits.js';
import { resolveModels } from './models.js';
import { present } from './present.js';
import { Problems, shown } from './problems.js';
import { renderPrompts } from './prompt.js';
import { checkShapes, markPictures, type MarkRegion } from './edits.js';
import type { Reading } from './reading.js';
import { checkSchema } from './schema-problems.js';
import type { SuiteFile } from './schema.js';
import type { CheckLimit, Generation, Suite } from './suite.js';

const SUITE_BYTES = 1024 * 1024;

export interface LoadOptions {
  inspectImage: InspectImage;
  /** Needed by suites with masks. */
  markRegion?: MarkRegion;
  /** Revisions to render beside those of the suite, such as `git:HEAD~1`; they do not join its `revisions`. */
  revisions?: readonly string[];
}

/** A suite, and what it was read from. */
export interface ReadSuite {
  suite: Suite;
  reading: Reading;
}

/**
 * Reads a suite: everything it says is checked and resolved, every prompt rendered, every picture read.
 * @param target a suite folder, or its suite.yaml.
 * @throws UsageError (UsageErrors for several) with file, line, column, the value and what to do. Nothing was sent.
 */
export async function loadSuite(target: string, options: LoadOptions): Promise<Suite> {
  return (await readSuite(target, options)).suite;
}

/** As `loadSuite`, for who goes on to read what the suite was read from. */
export async function readSuite(target: string, options: LoadOptions): Promise<ReadSuite> {
  const source = locateSuite(target);
  const text = readTextInside(source, path.basename(source.file), SUITE_BYTES, { file: source.file });
  const document = parseSuiteYaml(text, source.file);
  const problems = new Problems();
  const file = checkSchema(document, problems);
  problems.throwIfAny();
  if (!file) throw new UsageError('the suite does not fit the schema', { place: { file: source.file } });

  const reading: Reading = { file, document, folder: source, problems };
  checkName(reading);
  const { models, warnings: unknown } = resolveModels(reading);
  const { characters, cases } = resolveCases(reading);
  const generation = present<Generation>(file.generation);
  checkGeneration({ generation, models, cases }, reading);
  const warnings = [...unknown, ...looseSettings({ generation, models, cases }, reading)];
  const samples = resolveSamples(reading);
  const judge = resolveJudge(cases, reading);
  const checks = resolveChecks(reading);
  const commits = renderPrompts(cases, options.revisions ?? [], reading);
  const files = await readAssets(reading, options.inspectImage);
  const assets = { ...files, ...(await markPictures(cases, files, reading, options.markRegion)) };
  checkShapes({ generation, models, cases }, files, reading);
  problems.throwIfAny();

  const said = {
    name: file.name,
    description: file.description,
    models,
    revisions: file.revisions,
    commits,
    generation,
    samples,
    inputs: file.inputs,
    characters,
    cases,
    metrics: resolveMetrics(file),
    ...(file.retry && { retry: file.retry }),
    ...(judge && { judge }),
    checks,
  };
  const pictures = Object.values(assets).map(({ name, sha256 }) => ({ name, sha256 }));
  const hash = sha256(canonicalJson({ ...said, pictures }));
  return {
    suite: { ...said, folder: source.folder, hash, assets, limits: resolveLimits(file, judge), warnings },
    reading,
  };
}

function checkName({ file, document, folder: source, problems }: Reading): void {
  const folder = path.basename(source.folder);
  if (file.name !== folder)
    problems.add(
      `the name ${shown(file.name)} is not the name of its folder, ${shown(folder)}`,
      document.at(['name']),
      'Make them the same.',
    );
}

function resolveSamples({ file, document, problems }: Reading): Suite['samples'] {
  if (typeof file.samples === 'number') return { min: file.samples, max: file.samples };
  if (file.samples.min > file.samples.max)
    problems.add(
      `samples: min ${file.samples.min} is more than max ${file.samples.max}`,
      document.at(['samples', 'min']),
    );
  return file.samples;
}

/** A suite that says nothing about metrics but has a character is gated on that character's consistency. */
function resolveMetrics(file: SuiteFile): Suite['metrics'] {
  const written =
    file.metrics ??
    (Object.keys(file.characters).length > 0 ? { consistency: { gate: true, margin: 'auto' as const } } : {});
  return Object.fromEntries(Object.entries(written).filter(([, metric]) => metric !== undefined)) as Suite['metrics'];
}

function resolveChecks({ file, document, problems }: Reading): Suite['checks'] {
  const checks: Record<string, CheckLimit> = {};
  for (const id of checkIds) {
    const limit = file.checks[id];
    if (!limit) continue;
    for (const key of ['min', 'max', 'p95'] as const)
      if (limit[key] !== undefined && !limits[kindOf(id)].includes(key))
        problems.add(
          `'${key}' is no limit for ${id}; it takes ${limits[kindOf(id)].join(', ')}`,
          document.keyAt(['checks', id, key]),
        );
    if (limit.min !== undefined && limit.max !== undefined && limit.min > limit.max)
      problems.add(`${id}: min ${limit.min} is more than max ${limit.max}`, document.at(['checks', id, 'min']));
    checks[id] = present<CheckLimit>(limit);
  }
  return checks;
}

const limits = { cost: ['max'], latency: ['max', 'p95'], metric: ['min', 'max'] };

function kindOf(id: CheckId): keyof typeof limits {
  return id === 'cost' || id === 'latency' ? id : 'metric';
}
