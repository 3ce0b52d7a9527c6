import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { edited, SuiteFolders } from './__fixtures__/suite-folder.js';

const folders = new SuiteFolders();
afterAll(() => folders.remove());

const withList = (list: string, judge = '') =>
  folders.load({
    'suite.yaml': edited([
      ['text: [FRONT VIEW] }', `text: [FRONT VIEW], checklist: ${list} }`],
      ['metrics:', `${judge}metrics:`],
    ]),
  });

it('reads statements, each before those that hang on it', async () => {
  const suite = await withList(
    '[The robot is red, { says: The robot holds a map, then: [{ says: The map is  open, then: [It shows a lake] }, It is old] }, It smiles]',
  );
  expect(suite.cases[0]?.checklist).toEqual([
    { says: 'The robot is red', under: null },
    { says: 'The robot holds a map', under: null },
    { says: 'The map is open', under: 1 },
    { says: 'It shows a lake', under: 2 },
    { says: 'It is old', under: 1 },
    { says: 'It smiles', under: null },
  ]);
  expect(suite.judge).toEqual({ model: 'gemini-3.8-flash', votes: 3 });
});

it.each([
  ['judge: { votes: 5 }\n', { model: 'gemini-3.8-flash', votes: 5 }],
  ['judge: { model: gemini-3.5-flash-lite }\n', { model: 'gemini-3.5-flash-lite', votes: 3 }],
  ['judge: none\n', undefined],
])('knows who judges by %j', async (written, judge) => {
  const suite = await withList('[The robot is red]', written);
  expect(suite.judge).toEqual(judge);
});

it('asks nobody where there is nothing to ask', async () => {
  expect((await folders.load({})).judge).toBeUndefined();
});

it('makes another suite of another judge or statement', async () => {
  const suite = await withList('[The robot is red]');
  const other = await withList('[The robot is red]', 'judge: { votes: 1 }\n');
  const more = await withList('[The robot is blue]');
  expect(new Set([suite.hash, other.hash, more.hash]).size).toBe(3);
});

/** Statements of any shape, with a number that keeps them apart. */
type Tree = { says: string; then: readonly Tree[] };
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    says: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/[\0\p{Cs}]/u.test(text)),
    then: fc.oneof({ depthSize: 'small' }, fc.constant<Tree[]>([]), fc.array(tie('tree'), { maxLength: 3 })),
  }),
}));

it('keeps any statements as they were written, in order and with their parents', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 3 }), async (trees) => {
      const expected: { says: string; under: number | null }[] = [];
      const write = ({ says, then }: Tree, under: number | null): unknown => {
        const own = `${expected.length} ${says}`;
        const at = expected.push({ says: own.replace(/\s+/g, ' ').trim(), under }) - 1;
        return then.length === 0 ? own : { says: own, then: then.map((child) => write(child, at)) };
      };
      const written = trees.map((each) => write(each, null));
      fc.pre(expected.length <= 20);
      const list = stringify(written, { collectionStyle: 'flow', lineWidth: 0 }).trim();
      expect((await withList(list)).cases[0]?.checklist).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});
