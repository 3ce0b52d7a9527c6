import { afterAll, expect, it } from 'vitest';
import { edited, SuiteFolders, type Files } from './__fixtures__/suite-folder.js';

const folders = new SuiteFolders();
afterAll(() => folders.remove());

type Row = [what: string, edits: [from: string, to: string][], files: Files, error: string[]];

/** Files of the sound suite replaced, and what a user is told. */
const rows: Row[] = [
  [
    'a missing variable',
    [],
    { 'prompts/v1/scene.hbs': 'In\n  the {{ plce }}' },
    [
      "robot/prompts/v1/scene.hbs:2:10: the variable 'plce' is not given. Did you mean 'place'?",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'a missing variable in a condition',
    [],
    { 'prompts/v1/scene.hbs': '{{#if mateial}}x{{/if}}' },
    [
      "robot/prompts/v1/scene.hbs:1:7: the variable 'mateial' is not given. Did you mean 'material'?",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'a missing list',
    [],
    { 'prompts/v1/scene.hbs': '{{#each step}}x{{/each}}' },
    [
      "robot/prompts/v1/scene.hbs:1:9: the variable 'step' is not given. Did you mean 'steps'?",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'a missing variable in a list',
    [],
    { 'prompts/v1/scene.hbs': '{{#each steps}}{{nope}}{{/each}}' },
    [
      "robot/prompts/v1/scene.hbs:1:18: the variable 'nope' is not given. Known: material, palette, steps, place, case.",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'a missing member',
    [],
    { 'prompts/v1/scene.hbs': 'x {{palette.sea}}' },
    [
      "robot/prompts/v1/scene.hbs:1:5: the variable 'palette.sea' is not given. Did you mean 'palette.sky'?",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'a member of a text',
    [],
    { 'prompts/v1/scene.hbs': 'x {{material.sea}}' },
    [
      "robot/prompts/v1/scene.hbs:1:5: the variable 'material.sea' is not given.",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'a member by a name that is missing',
    [],
    { 'prompts/v1/scene.hbs': 'x {{lookup palette "sea"}}' },
    ["robot/prompts/v1/scene.hbs: cannot be rendered: lookup finds no 'sea'"],
  ],
  [
    'a missing variable in a partial',
    [],
    { 'prompts/v1/partials/who.hbs': 'a\nb {{mateial}}' },
    [
      "robot/prompts/v1/partials/who.hbs:2:5: the variable 'mateial' is not given. Did you mean 'material'?",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'a missing variable in a partial block',
    [],
    {
      'prompts/v1/scene.hbs': 'a {{#> who}}{{mateial}}{{/who}}',
      'prompts/v1/partials/who.hbs': 'b {{> @partial-block}}',
      'prompts/v1/sheet.hbs': 'ok',
    },
    [
      "robot/prompts/v1/scene.hbs:1:15: the variable 'mateial' is not given. Did you mean 'material'?",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'a missing @ variable',
    [],
    { 'prompts/v1/scene.hbs': '{{@indx}}' },
    [
      "robot/prompts/v1/scene.hbs:1:3: the variable 'indx' is not given. Known: material, palette, steps, place, case.",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'a variable of one case only',
    [['vars: { place: valley }', 'vars: { plaace: valley }']],
    {},
    [
      "robot/prompts/v2/scene.hbs:1:30: the variable 'place' is not given. Did you mean 'plaace'?",
      '  Give it under vars of the suite or of the case.',
      "robot/prompts/v1/scene.hbs:1:30: the variable 'place' is not given. Did you mean 'plaace'?",
      '  Give it under vars of the suite or of the case.',
    ],
  ],
  [
    'the constructor',
    [],
    { 'prompts/v1/scene.hbs': '{{constructor.name}}' },
    ["robot/prompts/v1/scene.hbs:1:3: 'constructor.name' is not a variable"],
  ],
  [
    'a map as text',
    [],
    { 'prompts/v1/scene.hbs': '{{palette}}' },
    [
      "robot/prompts/v1/scene.hbs: the prompt of 'mountains' writes a map as text",
      '  Name a member, as in {{map.member}}, or go through it with #each.',
      "robot/prompts/v1/scene.hbs: the prompt of 'valley' writes a map as text",
      '  Name a member, as in {{map.member}}, or go through it with #each.',
    ],
  ],
  [
    'an unknown helper',
    [],
    { 'prompts/v1/scene.hbs': '{{#eech steps}}x{{/eech}}' },
    ["robot/prompts/v1/scene.hbs:1:1: unknown helper 'eech'. Did you mean 'each'?"],
  ],
  [
    'the log helper',
    [],
    { 'prompts/v1/scene.hbs': '{{log material}}' },
    ["robot/prompts/v1/scene.hbs:1:1: unknown helper 'log'. Known: if, unless, each, with, lookup."],
  ],
  [
    'a block parameter',
    [],
    { 'prompts/v1/scene.hbs': '{{#each steps as |s|}}{{s}}{{/each}}' },
    ["robot/prompts/v1/scene.hbs:1:1: 'as |name|' is not supported", "  Use 'this' and '../' instead."],
  ],
  [
    'an unknown partial',
    [],
    { 'prompts/v1/scene.hbs': 'a\nb {{> wo}}' },
    ["robot/prompts/v1/scene.hbs:2:3: unknown partial 'wo'. Did you mean 'who'?"],
  ],
  [
    'a dynamic unknown partial',
    [],
    { 'prompts/v1/scene.hbs': 'a {{> (lookup palette "sky")}}' },
    ['robot/prompts/v1/scene.hbs: cannot be rendered: The partial blue could not be found'],
  ],
  [
    'a helper without its value',
    [],
    { 'prompts/v1/scene.hbs': 'a {{#if}}x{{/if}}' },
    ['robot/prompts/v1/scene.hbs: cannot be rendered: #if requires exactly one argument'],
  ],
  [
    'two values of a partial',
    [],
    { 'prompts/v1/scene.hbs': 'a\n {{> who material palette}}' },
    ['robot/prompts/v1/scene.hbs:2:2: cannot be rendered: Unsupported number of partial arguments: 2'],
  ],
  [
    'partials without end',
    [],
    { 'prompts/v1/partials/who.hbs': '{{> who}}' },
    ['robot/prompts/v1/partials/who.hbs: partials include each other without end, or more than 10000 times'],
  ],
  [
    'partials that explode',
    [],
    {
      'prompts/v1/partials/who.hbs': '{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}',
      ...Object.fromEntries(
        [...'abcdefg'].map((c, i) => [
          'prompts/v1/partials/' + c + '.hbs',
          ('{{> ' + ['b', 'c', 'd', 'e', 'f', 'g', 'g'][i] + '}}').repeat(c === 'g' ? 0 : 8) + 'x',
        ]),
      ),
    },
    ['robot/prompts/v1/partials/g.hbs: partials include each other without end, or more than 10000 times'],
  ],
  [
    'an unclosed block',
    [],
    { 'prompts/v1/scene.hbs': 'a\n {{#if material}}x' },
    ['robot/prompts/v1/scene.hbs:2:19: template: the text ends too early'],
  ],
  [
    'a wrong close',
    [],
    { 'prompts/v1/scene.hbs': 'a\n {{#if material}}x{{/each}}' },
    ["robot/prompts/v1/scene.hbs:2:5: template: if doesn't match each"],
  ],
  [
    'a broken tag',
    [],
    { 'prompts/v1/scene.hbs': 'line one that is longer than twenty characters\nand {{material' },
    ['robot/prompts/v1/scene.hbs:2:7: template: unexpected character'],
  ],
  [
    'a broken tag 2',
    [],
    { 'prompts/v1/scene.hbs': 'a {{/material}}' },
    ['robot/prompts/v1/scene.hbs:1:3: template: unexpected open endblock'],
  ],
  [
    'an empty prompt',
    [],
    { 'prompts/v1/scene.hbs': ' {{! nothing }}\n' },
    [
      "robot/prompts/v1/scene.hbs: the prompt of 'mountains' is empty",
      "robot/prompts/v1/scene.hbs: the prompt of 'valley' is empty",
    ],
  ],
  [
    'a prompt over the limit',
    [],
    { 'prompts/v1/scene.hbs': 'x'.repeat(100001) },
    [
      "robot/prompts/v1/scene.hbs: the prompt of 'mountains' has 100001 characters; the limit is 100000",
      "robot/prompts/v1/scene.hbs: the prompt of 'valley' has 100001 characters; the limit is 100000",
    ],
  ],
  [
    'a template over the limit',
    [],
    { 'prompts/v1/scene.hbs': 'x'.repeat(256 * 1024 + 1) },
    ["robot/suite.yaml:3:17: 'prompts/v1/scene.hbs' has 262145 bytes; the limit is 262144"],
  ],
  [
    'a template with NUL',
    [],
    { 'prompts/v1/scene.hbs': 'a\nx\0' },
    ['robot/prompts/v1/scene.hbs:2: the file holds a NUL byte', '  Save it as UTF-8 text.'],
  ],
  [
    'a template not UTF-8',
    [],
    { 'prompts/v1/scene.hbs': new Uint8Array([0x61, 0xc3]) },
    ['robot/prompts/v1/scene.hbs:1: the file is not UTF-8 text', '  Save it as UTF-8 text.'],
  ],
];

it.each(rows)('%s', async (_what, edits, files, error) => {
  expect(await folders.complaint({ 'suite.yaml': edited(edits), ...files })).toEqual(error);
});
