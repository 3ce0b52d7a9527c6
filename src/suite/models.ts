import { catalog, judgeInfo, modelInfo } from '../catalog/catalog.js';
import { formatPlace, type Place } from '../lib/errors.js';
import { nearest } from '../lib/nearest.js';
import { present } from './present.js';
import { type Problems, shown } from './problems.js';
import type { Reading } from './reading.js';
import type { SuiteModel } from './suite.js';

/** The suite's models, in the order written; shut-down and misspelt ids and names used twice are problems. */
export function resolveModels({ file, document, problems }: Reading): { models: SuiteModel[]; warnings: string[] } {
  const warnings: string[] = [];
  const names = new Map<string, number>();
  const models = file.models.map((written, index) => {
    const model =
      typeof written === 'string'
        ? { id: written, name: written, generation: {} }
        : { id: written.id, name: written.name ?? written.id, generation: present(written.generation ?? {}) };
    const place = document.at(typeof written === 'string' ? ['models', index] : ['models', index, 'id']);
    warnings.push(...checkId(model.id, place, problems));
    const first = names.get(model.name);
    if (first === undefined) names.set(model.name, index);
    else
      problems.add(
        `two models are called ${shown(model.name)}; the first is on line ${document.at(['models', first]).line}`,
        place,
        'Give one of them another name: { id: ..., name: ... }.',
      );
    return model;
  });
  return { models, warnings };
}

/**
 * An id that the catalogue lacks may be newer than the catalogue, so it goes through with a warning: nothing about it
 * can be checked or priced. One that differs from a known id in letters alone is a slip, since new models differ in digits.
 */
function checkId(id: string, place: Place, problems: Problems): string[] {
  const info = modelInfo(id);
  if (info?.status.state === 'shut-down')
    problems.add(`the model ${shown(id)} was shut down on ${info.status.date}`, place, info.status.note);
  if (info) return [];
  if (judgeInfo(id)) {
    problems.add(
      `${shown(id)} makes no pictures`,
      place,
      `It can judge them: judge: { model: ${id} } at the top of the suite.`,
    );
    return [];
  }
  const near = nearest(
    id,
    catalog.filter(({ status }) => status.state !== 'shut-down').map((model) => model.id),
  );
  const digits = (name: string) => name.replace(/\D/g, '');
  if (near !== undefined && digits(near) === digits(id)) {
    problems.add(`unknown model ${shown(id)}. Did you mean '${near}'?`, place);
    return [];
  }
  return [
    `${formatPlace(place)}: the model ${shown(id)} is not in the catalogue, so its settings and price are not known`,
  ];
}
