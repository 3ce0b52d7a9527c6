import { modelInfo, type ModelInfo } from '../catalog/catalog.js';
import { formatPlace } from '../lib/errors.js';
import { nearest } from '../lib/nearest.js';
import type { Path } from './document.js';
import { shown } from './problems.js';
import type { Reading } from './reading.js';
import type { Case, Generation, Suite, SuiteModel } from './suite.js';

/** The settings a case is generated with by a model: the suite's, under the model's, under the case's own. */
export function generationFor(
  suite: Pick<Suite, 'generation'>,
  model: Pick<SuiteModel, 'generation'>,
  forCase: Pick<Case, 'generation'>,
): Generation {
  return { ...suite.generation, ...model.generation, ...forCase.generation };
}

/** Checks the settings and the number of input pictures of every model x case against the catalogue. */
export function checkGeneration(suite: Pick<Suite, 'generation' | 'models' | 'cases'>, reading: Reading): void {
  suite.models.forEach((model, index) => {
    const info = modelInfo(model.id);
    // An unknown or shut-down model is told once, where it is named.
    if (!info || info.status.state === 'shut-down') return;
    for (const each of suite.cases) {
      const { max } = info.references;
      if (each.images.length > max)
        reading.problems.add(
          `'${each.name}' has ${each.images.length} input pictures; ${model.id} takes at most ${max}`,
          reading.document.at(['cases', each.name, 'images', max]),
        );
      const generation = generationFor(suite, model, each);
      for (const setting of limited) {
        const value = generation[setting.key];
        if (value === undefined || setting.of(info).includes(value)) continue;
        report(setting.key, value, setting.of(info), info, origin(setting.key, index, model, each), reading);
      }
    }
  });
}

/** Settings in force that a model of the suite is known to follow loosely or not at all, each told once. */
export function looseSettings(
  suite: Pick<Suite, 'generation' | 'models' | 'cases'>,
  { document }: Pick<Reading, 'document'>,
): string[] {
  const told = new Map<string, string>();
  suite.models.forEach((model, index) => {
    for (const each of suite.cases) {
      const generation = generationFor(suite, model, each);
      for (const key of modelInfo(model.id)?.bestEffort ?? [])
        if (generation[key] !== undefined && !told.has(key))
          told.set(
            key,
            `${formatPlace(document.at(origin(key, index, model, each)))}: ${model.id} may not follow ${key}, or only roughly`,
          );
    }
  });
  return [...told.values()];
}

/** Settings for which each model takes its own list of values. */
const limited = [
  { key: 'aspectRatio', of: (info: ModelInfo) => info.ratios },
  { key: 'imageSize', of: (info: ModelInfo) => info.sizes },
  { key: 'thinkingLevel', of: (info: ModelInfo) => info.thinking },
] as const;

function report(key: string, value: string, known: string[], info: ModelInfo, path: Path, reading: Reading): void {
  const place = reading.document.at(path);
  if (known.length === 0) {
    const fix = 'Set it only on the models that take one: { id: ..., generation: ... }.';
    reading.problems.add(`${info.id} takes no ${key}, but it is ${shown(value)}`, place, fix);
  } else {
    const near = key === 'aspectRatio' ? nearestRatio(value, known) : nearest(value, known);
    const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
    const fix = `It takes ${known.join(', ')}.`;
    reading.problems.add(`${info.id} does not take ${key} ${shown(value)}.${hint}`, place, fix);
  }
}

/** The ratio nearest in shape; in letters when what was written is no ratio. */
function nearestRatio(value: string, known: readonly string[]): string | undefined {
  const shape = (ratio: string) => {
    const [width, height] = ratio.split(':').map(Number);
    return Math.log((width ?? NaN) / (height ?? NaN));
  };
  if (!Number.isFinite(shape(value))) return nearest(value, known);
  const off = (ratio: string) => Math.abs(shape(ratio) - shape(value));
  return known.reduce((best, ratio) => (off(ratio) < off(best) ? ratio : best), known[0] ?? value);
}

/** Where the setting in force was written. */
function origin(key: keyof Generation, index: number, model: SuiteModel, each: Case): Path {
  if (each.generation[key] !== undefined) return ['cases', each.name, 'generation', key];
  if (model.generation[key] !== undefined) return ['models', index, 'generation', key];
  return ['generation', key];
}
