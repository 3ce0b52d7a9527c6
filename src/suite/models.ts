import { catalog, modelInfo } from '../catalog/catalog.js';
import type { Place } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { shown } from './problems.js';
import type { Reading } from './reading.js';
import type { Generation, SuiteModel } from './suite.js';

/** The suite's models, in the order written; unknown and shut-down ids and names used twice are problems. */
export function resolveModels({ file, document, problems }: Reading): SuiteModel[] {
  const names = new Map<string, number>();
  return file.models.map((written, index) => {
    const model =
      typeof written === 'string'
        ? { id: written, name: written, generation: {} }
        : { id: written.id, name: written.name ?? written.id, generation: settings(written.generation ?? {}) };
    const place = document.at(typeof written === 'string' ? ['models', index] : ['models', index, 'id']);
    checkId(model.id, place, problems);
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
}

function checkId(id: string, place: Place, problems: Reading['problems']): void {
  const info = modelInfo(id);
  if (!info) {
    const alive = catalog.filter(({ status }) => status.state !== 'shut-down').map((model) => model.id);
    problems.add(
      `unknown model ${shown(id)}.${suggestion(id, alive)}`,
      place,
      '`evaluate models` lists the models that are known.',
    );
  } else if (info.status.state === 'shut-down') {
    problems.add(`the model ${shown(id)} was shut down on ${info.status.date}`, place, info.status.note);
  }
}

/** Leaves out what was not written, so that laying settings over each other keeps the rest. */
export function settings(written: { [K in keyof Generation]?: Generation[K] | undefined }): Generation {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as Generation;
}
