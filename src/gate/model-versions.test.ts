import { expect, it } from 'vitest';
import { versionWarnings } from './model-versions.js';

const answers = (model: string, ...versions: (string | null)[]) =>
  versions.map((modelVersion) => ({ model, modelVersion }));

it.each([
  ['the same as approved', answers('pro', 'pro-1', null), answers('pro', 'pro-1'), []],
  ['a model that nothing is approved of', answers('flash', 'flash-2'), answers('pro', 'pro-1'), []],
  ['no version told', answers('pro', null), answers('pro', 'pro-1'), []],
  [
    'a new version behind the name',
    answers('pro', 'pro-2'),
    answers('pro', 'pro-1'),
    ['pro is not the model that was approved: it answers as pro-2, the baseline as pro-1'],
  ],
  [
    'a change on the way',
    answers('pro', 'pro-1', 'pro-2', 'pro-1'),
    [],
    ['pro changed during the run: it answered as pro-1, pro-2'],
  ],
])('%s', (_, made, approved, warnings) => {
  expect(versionWarnings(made, approved)).toEqual(warnings);
});
