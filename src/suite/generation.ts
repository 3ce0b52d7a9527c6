import { modelInfo, type ModelInfo } from '../catalog/catalog.js';
import { suggestion } from '../lib/nearest.js';
import type { Path, SuiteDocument } from './document.js';
import { shown, type Problems } from './problems.js';
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
export function checkGeneration(
  suite: Pick<Suite, 'generation' | 'models' | 'cases'>,
  document: SuiteDocument,
  problems: Problems,
): void {
  suite.models.forEach((model, index) => {
    const info = modelInfo(model.id);
    if (!info) return;
    for (const each of suite.cases) {
      checkSettings(
        generationFor(suite, model, each),
        info,
        (key) => origin(key, index, model, each),
        document,
        problems,
      );
      const { max } = info.references;
      if (each.images.length > max)
        problems.add(
          `'${each.name}' has ${each.images.length} input pictures; ${model.id} takes at most ${max}`,
          document.at(['cases', each.name, 'images', max]),
        );
    }
  });
}

/** Where the setting in force was written. */
function origin(key: keyof Generation, index: number, model: SuiteModel, each: Case): Path {
  if (each.generation[key] !== undefined) return ['cases', each.name, 'generation', key];
  if (model.generation[key] !== undefined) return ['models', index, 'generation', key];
  return ['generation', key];
}

function checkSettings(
  generation: Generation,
  info: ModelInfo,
  from: (key: keyof Generation) => Path,
  document: SuiteDocument,
  problems: Problems,
): void {
  const check = (key: 'aspectRatio' | 'imageSize' | 'thinkingLevel', known: readonly string[]) => {
    const value = generation[key];
    if (value === undefined || known.includes(value)) return;
    const hint = known.length > 0 ? suggestion(value, known) : ` It takes no ${key}.`;
    const fix = known.length > 0 ? `It takes ${known.join(', ')}.` : 'Set it only on the models that take one.';
    problems.add(`${info.id} does not take ${key} ${shown(value)}.${hint}`, document.at(from(key)), fix);
  };
  check('aspectRatio', info.ratios);
  check('imageSize', info.sizes);
  check('thinkingLevel', info.thinking);
}
