import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { UsageError } from '../lib/errors.js';
import { soundSuite, SuiteFolders, type Files } from './__fixtures__/suite-folder.js';

const folders = new SuiteFolders();
afterAll(() => folders.remove());

const name = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,4}){0,2}$/).filter((text) => text !== 'constructor');
const words = fc.stringMatching(/^[\w "'#:&*!|>%@{}[\],?-]{1,20}$/);
const generation = fc.record(
  {
    aspectRatio: fc.constantFrom('1:1', '16:9', '4:3'),
    imageSize: fc.constantFrom('1K', '2K'),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }).map((value) => value + 0),
    seed: fc.nat(),
  },
  { requiredKeys: [] },
);

interface Plan {
  names: string[];
  assets: number;
  sheet: number;
  generation: object;
  model: object;
  texts: string[];
  picks: number[][];
  flow: boolean;
}
const plan: fc.Arbitrary<Plan> = fc.record({
  names: fc.uniqueArray(name, { minLength: 4, maxLength: 12 }),
  assets: fc.nat(),
  sheet: fc.nat(),
  generation,
  model: generation,
  texts: fc.array(words, { maxLength: 3 }),
  picks: fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 12 }),
  flow: fc.boolean(),
});

/** A suite made from the plan: one character, and cases that take pictures of what was named before them. */
function written({ names, assets, sheet, generation, model, texts, picks }: Plan) {
  const [character = '', ...rest] = names;
  const count = 1 + (assets % (rest.length - 2));
  const assetNames = rest.slice(0, count);
  const caseNames = rest.slice(count);
  const sheetName = rest[sheet % (count + 1)] ?? '';
  const cases = caseNames.map((caseName, index) => {
    const before = [...assetNames, ...caseNames.slice(0, index)];
    const images = [...new Set((picks[index] ?? []).map((pick) => before[pick % before.length] ?? ''))];
    const shows = index > 0 && images.includes(sheetName);
    return {
      name: caseName,
      images: shows ? images.map((image) => (image === sheetName ? character : image)) : images,
      character: shows ? character : null,
    };
  });
  return { character, assetNames, sheetName, cases, generation, model, texts };
}

it('a random sound suite says after loading what was written', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (made) => {
      const suite = written(made);
      const file = {
        name: 'robot',
        models: [{ id: 'gemini-3-pro-image', name: 'pro', generation: suite.model }],
        revisions: ['v1'],
        generation: suite.generation,
        assets: Object.fromEntries(suite.assetNames.map((asset) => [asset, 'assets/archive.png'])),
        characters: { [suite.character]: { sheet: suite.sheetName } },
        cases: Object.fromEntries(
          suite.cases.map((each) => [
            each.name,
            {
              prompt: 'plain',
              images: each.images,
              text: suite.texts,
              ...(each.character === null ? {} : { character: each.character }),
            },
          ]),
        ),
      };
      const text = stringify(file, { collectionStyle: made.flow ? 'flow' : 'any' });
      const loaded = await folders.load({ 'suite.yaml': text, 'prompts/v1/plain.hbs': 'A hill for {{case}}' });
      expect(loaded.generation).toEqual(suite.generation);
      expect(loaded.models[0]?.generation).toEqual(suite.model);
      expect(Object.keys(loaded.assets).sort()).toEqual([...suite.assetNames].sort());
      // YAML keeps the order of keys, but JavaScript puts keys that are whole numbers first.
      const order = Object.keys(file.cases);
      const expected = [...suite.cases].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
      const sourceOf = (named: string) => (suite.assetNames.includes(named) ? { asset: named } : { case: named });
      expect(loaded.cases).toEqual(
        expected.map((each) => ({
          name: each.name,
          images: each.images.map((image) => ({
            name: image,
            ...sourceOf(image === suite.character ? suite.sheetName : image),
          })),
          characters: each.character === null ? [] : [each.character],
          generation: {},
          text: suite.texts,
          checklist: [],
          prompts: { v1: [`A hill for ${each.name}`] },
        })),
      );
    }),
    { numRuns: 30 },
  );
});

async function onlyUsageErrors(files: Files): Promise<void> {
  try {
    await folders.load(files);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    expect(error.message).toMatch(/^\S*robot\/\S+(:\d+){0,2}: ./);
  }
}

const marks = fc.constantFrom(
  ...'{}[]:,&*!|>\'"%@`#-? \n\t~',
  '<<: ',
  '*a',
  '&a ',
  '!!set ',
  '? ',
  '--- ',
  'null',
  '{{',
  '}}',
  '.inf',
  '\u0000',
  '\uFEFF',
  '%YAML 1.1\n---\n',
);
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(6),
    put: fc.oneof(marks, fc.string({ maxLength: 4 })),
  }),
  {
    minLength: 1,
    maxLength: 4,
  },
);
type Damage = { at: number; cut: number; put: string }[];
const damaged = (text: string, edits: Damage) =>
  edits.reduce((now, { at, cut, put }) => {
    const start = Math.floor(at * now.length);
    return now.slice(0, start) + put + now.slice(start + cut);
  }, text);

it('a damaged suite file loads or is told, with its place', async () => {
  await fc.assert(
    fc.asyncProperty(damage, (edits) => onlyUsageErrors({ 'suite.yaml': damaged(soundSuite, edits) })),
    { numRuns: 100 },
  );
});

it('garbage is told, with its place', async () => {
  const garbage = fc.oneof(
    fc.string(),
    fc.string({ unit: marks, maxLength: 30 }),
    fc.jsonValue().map((value) => stringify(value)),
  );
  await fc.assert(
    fc.asyncProperty(garbage, (text) => onlyUsageErrors({ 'suite.yaml': text })),
    { numRuns: 80 },
  );
});

it('a damaged template is rendered or told, with its file', async () => {
  const template =
    'In {{> who}} {{#if material}}{{palette.sky}}{{else}}x{{/if}}\n{{#each steps}}{{this}} {{@index}} {{../case}}{{/each}}';
  await fc.assert(
    fc.asyncProperty(damage, (edits) => onlyUsageErrors({ 'prompts/v1/scene.hbs': damaged(template, edits) })),
    { numRuns: 80 },
  );
});
