import { afterAll, expect, it } from 'vitest';
import { LintFolders, soundScene, soundSuite, suiteFiles } from '../__fixtures__/linted.js';

const folders = new LintFolders();
afterAll(() => folders.remove());

const found = async (list: string) => {
  const text = soundSuite.replace('character: robot }\n  peak', `character: robot, checklist: ${list} }\n  peak`);
  const { findings } = await folders.lint(suiteFiles(`${soundScene}The sun sets.`, { 'suite.yaml': text }));
  return findings.map(({ rule, place, message }) => `${rule} ${place.line}:${place.column} ${message}`);
};

it.each<[string, string | null]>([
  ['The robot holds a map', null],
  ['The robot stands between a tree and a rock', null],
  ['Both the front and the back view can be seen', null],
  ['The stripes are black and white', null],
  ['The caption says "NO ENTRY, BUT NICE"', null],
  ['The robot waves and smiles', "checklist-compound 'and' joins two facts in one statement"],
  ['The robot waves; the sky is red', "checklist-compound ';' joins two facts in one statement"],
  ['The robot sits but looks up', "checklist-compound 'but' joins two facts in one statement"],
  ['The robot does not hold a map', "checklist-negated 'not' denies something"],
  ['There is no map', "checklist-negated 'no' denies something"],
  ["The map isn't open", "checklist-negated 'isn't' denies something"],
  ['The picture looks good', "checklist-vague 'good' cannot be told from a picture with yes or no"],
  ['The robot is drawn correctly', "checklist-vague 'correctly' cannot be told from a picture with yes or no"],
])('%s', async (says, expected) => {
  const [finding, ...others] = await found(`[${JSON.stringify(says)}]`);
  expect(others).toEqual([]);
  expect(finding?.replace(/ \d+:\d+/, '') ?? null).toBe(expected);
});

it('finds them where they stand, under others too', async () => {
  expect(
    await found('[A hill, { says: A map, then: [It is nice, { says: It is not torn, then: [a and b] }] }]'),
  ).toEqual([
    "checklist-vague 9:88 'nice' cannot be told from a picture with yes or no",
    "checklist-negated 9:108 'not' denies something",
    "checklist-compound 9:131 'and' joins two facts in one statement",
  ]);
});
