import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { edited, SuiteFolders } from './__fixtures__/suite-folder.js';

const folders = new SuiteFolders();
afterAll(() => folders.remove());

type Edits = [from: string, to: string][];

/** Edits of the sound suite that add a dog, whose sheet is an asset with both views at places given by hand. */
const dog: Edits = [
  ['{ archive: assets/archive.png }', '{ archive: assets/archive.png, kennel: assets/archive.png }'],
  ['[front, back] } }', '[front, { name: back, box: [0.5, 0, 0.5, 1] }] }, dog: { sheet: kennel } }'],
  ['valley: { prompt: scene, images: [robot, mountains],', 'valley: { prompt: scene, images: [robot, mountains, dog],'],
];
const together: Edits = [
  ...dog,
  ['character: robot, vars: { place: valley }', 'characters: [robot, dog], vars: { place: valley }'],
];

describe('characters', () => {
  it('may be several in one case, each with its views', async () => {
    const suite = await folders.load({ 'suite.yaml': edited(together) });
    expect(suite.characters).toEqual({
      robot: {
        name: 'robot',
        sheet: { case: 'sheet' },
        views: [
          { name: 'front', box: null },
          { name: 'back', box: [0.5, 0, 0.5, 1] },
        ],
      },
      dog: { name: 'dog', sheet: { asset: 'kennel' }, views: [{ name: 'front', box: null }] },
    });
    expect(suite.cases.map((each) => each.characters)).toEqual([[], ['robot'], ['robot', 'dog']]);
  });

  it('may share one sheet, which is then one picture', async () => {
    const edits: Edits = [
      [
        '[front, back] } }',
        '[{ name: front, box: [0, 0, 0.5, 1] }] }, dog: { sheet: sheet, views: [{ name: front, box: [0.5, 0, 0.5, 1] }] } }',
      ],
      ['character: robot, vars: { place: valley }', 'characters: [robot, dog], vars: { place: valley }'],
    ];
    const suite = await folders.load({ 'suite.yaml': edited(edits) });
    expect(suite.cases[2]).toMatchObject({
      characters: ['robot', 'dog'],
      images: [{ case: 'sheet' }, { case: 'mountains' }],
    });
  });

  it('one in a list is one by itself', async () => {
    const listed = await folders.load({
      'suite.yaml': edited([['character: robot, vars: { place: v', 'characters: [robot], vars: { place: v']]),
    });
    expect(listed.hash).toBe((await folders.load()).hash);
  });

  it.each<[string, Edits]>([
    ['a box', [['[front, back]', '[front, { name: back, box: [0, 0, 1, 1] }]']]],
    ['the place of a box', [...dog, ['0.5, 1]', '0.5, 0.9]']]],
    ['who is shown', together],
  ])('are in the hash of the suite: %s', async (_what, edits) => {
    const without = edits === together ? dog : edits.slice(0, -1);
    expect((await folders.load({ 'suite.yaml': edited(edits) })).hash).not.toBe(
      (await folders.load({ 'suite.yaml': edited(without) })).hash,
    );
  });
});

const shows = 'characters: [robot, dog]';
const boxFix = '  A box is [left, top, width, height] in shares of the sheet: [0.5, 0, 0.5, 1] is its right half.';

/** Further edits of the suite with the dog, and what a user is told. Columns count from the edited text. */
it.each<[string, Edits, string[]]>([
  [
    'a name with an empty box',
    [['[0.5, 0, 0.5, 1]', '']],
    ["robot/suite.yaml:7:73: 'characters.robot.views[1].box' must be a list, but is empty"],
  ],
  [
    'a box of three numbers',
    [['[0.5, 0, 0.5, 1]', '[0.5, 0, 0.5]']],
    ["robot/suite.yaml:7:72: 'characters.robot.views[1].box' must hold at least 4, but is [0.5,0,0.5]"],
  ],
  [
    'a box of five numbers',
    [['[0.5, 0, 0.5, 1]', '[0.5, 0, 0.5, 1, 1]']],
    ["robot/suite.yaml:7:72: 'characters.robot.views[1].box' must hold at most 4, but is [0.5,0,0.5,1,1]"],
  ],
  [
    'a box in pixels',
    [['[0.5, 0, 0.5, 1]', '[0, 0, 344, 1]']],
    ["robot/suite.yaml:7:79: 'characters.robot.views[1].box[2]' must be at most 1, but is 344"],
  ],
  [
    'a negative share',
    [['[0.5, 0, 0.5, 1]', '[-0.5, 0, 0.5, 1]']],
    ["robot/suite.yaml:7:73: 'characters.robot.views[1].box[0]' must be at least 0, but is -0.5"],
  ],
  [
    'a share that is no number',
    [['[0.5, 0, 0.5, 1]', '[half, 0, 0.5, 1]']],
    ["robot/suite.yaml:7:73: 'characters.robot.views[1].box[0]' must be a number, but is 'half'"],
  ],
  [
    'a share that is not a number',
    [['[0.5, 0, 0.5, 1]', '[.nan, 0, 0.5, 1]']],
    ["robot/suite.yaml:7:73: 'characters.robot.views[1].box[0]' must be a number, but is NaN"],
  ],
  [
    'an empty box',
    [['[0.5, 0, 0.5, 1]', '[0.5, 0, 0, 1]']],
    ["robot/suite.yaml:7:72: the box of the view 'back' is empty: [0.5,0,0,1]", boxFix],
  ],
  [
    'a box over the right edge',
    [['[0.5, 0, 0.5, 1]', '[0.6, 0, 0.5, 1]']],
    ["robot/suite.yaml:7:72: the box of the view 'back' reaches out of the sheet: [0.6,0,0.5,1]", boxFix],
  ],
  [
    'a box over the lower edge',
    [['[0.5, 0, 0.5, 1]', '[0.5, 0.2, 0.5, 0.9]']],
    ["robot/suite.yaml:7:72: the box of the view 'back' reaches out of the sheet: [0.5,0.2,0.5,0.9]", boxFix],
  ],
  [
    'a box without a name',
    [['name: back, ', '']],
    ["robot/suite.yaml:7:53: 'characters.robot.views[1].name' is missing"],
  ],
  [
    'an unknown key of a view',
    [['box: [', 'bx: [']],
    ["robot/suite.yaml:7:67: unknown key 'bx' in 'characters.robot.views[1]'. Did you mean 'box'?"],
  ],
  [
    'a view that is a number',
    [['[front, {', '[7, {']],
    ["robot/suite.yaml:7:46: 'characters.robot.views[0]' must be text or a map, but is 7"],
  ],
  [
    'no view',
    [['dog: { sheet: kennel }', 'dog: { sheet: kennel, views: [] }']],
    ["robot/suite.yaml:7:124: 'characters.dog.views' must hold at least 1, but is []"],
  ],
  [
    'a view twice, once with a box',
    [['name: back', 'name: front']],
    ["robot/suite.yaml:7:61: the view 'front' is listed twice"],
  ],
  [
    'both keys',
    [[shows, 'character: robot, characters: [dog]']],
    [
      "robot/suite.yaml:12:79: 'valley' has both 'character' and 'characters'",
      "  Name all of them under 'characters'.",
    ],
  ],
  [
    'a character twice',
    [[shows, 'characters: [robot, dog, robot]']],
    ["robot/suite.yaml:12:86: the character 'robot' is listed twice"],
  ],
  [
    'an unknown character',
    [[shows, 'characters: [robot, dgo]']],
    ["robot/suite.yaml:12:81: unknown character 'dgo'. Did you mean 'dog'?"],
  ],
  [
    'nobody',
    [[shows, 'characters: []']],
    ["robot/suite.yaml:12:73: 'cases.valley.characters' must hold at least 1, but is []"],
  ],
  [
    'a crowd',
    [[shows, 'characters: [a, b, c, d, e, f]']],
    ['robot/suite.yaml:12:73: \'cases.valley.characters\' must hold at most 5, but is ["a","b","c","d","e","f"]'],
  ],
  [
    'a name in place of the list',
    [[shows, 'characters: robot']],
    ["robot/suite.yaml:12:73: 'cases.valley.characters' must be a list, but is 'robot'"],
  ],
  [
    'a character whose sheet is not sent',
    [['mountains, dog]', 'mountains]']],
    [
      "robot/suite.yaml:12:76: 'valley' should show 'dog', but its images do not hold that character's sheet",
      "  Add 'dog' to the images: a scene is scored against the sheet that its request carried.",
    ],
  ],
  [
    'a character on the sheet of another',
    [['sheet: { images: [archive]', 'sheet: { images: [archive, dog], characters: [robot, dog]']],
    [
      "robot/suite.yaml:10:56: 'sheet' is the sheet of 'robot' and scored as a sheet, so it cannot show 'dog'",
      "  Leave 'dog' out here; scenes show it.",
    ],
  ],
])('%s is told', async (_what, edits, complaint) => {
  expect(await folders.complaint({ 'suite.yaml': edited([...together, ...edits]) })).toEqual(complaint);
});

it('a box is taken exactly when it is inside the sheet and not empty', async () => {
  const tenths = fc.integer({ min: 0, max: 10 });
  await fc.assert(
    fc.asyncProperty(fc.tuple(tenths, tenths, tenths, tenths), async ([left, top, width, height]) => {
      const box = [left, top, width, height].map((share) => share / 10);
      const inside = width > 0 && height > 0 && left + width <= 10 && top + height <= 10;
      const loading = folders.load({
        'suite.yaml': edited([['[front, back]', `[{ name: front, box: [${box.join(', ')}] }]`]]),
      });
      if (inside) expect((await loading).characters['robot']?.views).toEqual([{ name: 'front', box }]);
      else await expect(loading).rejects.toThrow("the box of the view 'front'");
    }),
    { numRuns: 60 },
  );
});
