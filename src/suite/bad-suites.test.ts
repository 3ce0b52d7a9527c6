import { afterAll, expect, it } from 'vitest';
import { edited, soundSuite, SuiteFolders, type Files } from './__fixtures__/suite-folder.js';

const folders = new SuiteFolders();
afterAll(() => folders.remove());

type Row = [what: string, edits: [from: string, to: string][], files: Files, error: string[]];

/** Edits of the sound suite, and what a user is told. */
const rows: Row[] = [
  [
    'an unknown key',
    [['samples:', 'sample:']],
    {},
    ["robot/suite.yaml:4:1: unknown key 'sample'. Did you mean 'samples'?"],
  ],
  [
    'an unknown key of a case',
    [['images: [archive]', 'imges: [archive]']],
    {},
    ["robot/suite.yaml:10:12: unknown key 'imges' in 'cases.sheet'. Did you mean 'images'?"],
  ],
  [
    'a merge key',
    [['{ images: [archive]', '{ <<: {}, images: [archive]']],
    {},
    [
      "robot/suite.yaml:10:12: unknown key '<<' in 'cases.sheet'. Known: prompt, images, character, characters, generation, vars, text, checklist, mask, keep, outpaint, turns.",
    ],
  ],
  [
    'a judge nobody knows, and a misspelt one',
    [['metrics:', 'judge: { model: gemini-pro }\nmetrics:']],
    {},
    [
      "robot/suite.yaml:13:17: unknown judge 'gemini-pro'. Known: gemini-3.8-flash, gemini-3.5-flash-lite.",
      '  Judges: gemini-3.8-flash, gemini-3.5-flash-lite.',
    ],
  ],
  [
    'an image model as judge, and an even number of votes',
    [['metrics:', 'judge: { model: gemini-3-pro-image, votes: 4 }\nmetrics:']],
    {},
    [
      "robot/suite.yaml:13:17: 'gemini-3-pro-image' makes pictures, and cannot judge them",
      '  Judges: gemini-3.8-flash, gemini-3.5-flash-lite.',
      'robot/suite.yaml:13:44: 4 votes can end in a tie',
      '  Ask for an odd number: 3 or 5.',
    ],
  ],
  [
    'a gate without its judge',
    [['metrics: {', 'judge: none\nmetrics: { checklist: {},']],
    {},
    [
      'robot/suite.yaml:13:8: the gate judges by checklist, and nobody answers them',
      '  Name a judge, or set `gate: false` on checklist.',
    ],
  ],
  [
    'too many votes',
    [['metrics:', 'judge: { votes: 11 }\nmetrics:']],
    {},
    ["robot/suite.yaml:13:17: 'judge.votes' must be at most 9, but is 11"],
  ],
  [
    'a judge among the models',
    [['models: [gemini-3-pro-image,', 'models: [gemini-3.8-flash,']],
    {},
    [
      "robot/suite.yaml:2:10: 'gemini-3.8-flash' makes no pictures",
      '  It can judge them: judge: { model: gemini-3.8-flash } at the top of the suite.',
    ],
  ],
  [
    'statements that are empty or said twice, wherever they stand',
    [
      [
        'text: [FRONT VIEW] }',
        'checklist: ["  ", A map, { says: It lies open, then: [a  MAP, { says: "", then: [x] }] }, { then: [x] }, 3] }',
      ],
    ],
    {},
    [
      "robot/suite.yaml:10:101: 'cases.sheet.checklist[2].then[1].says' must be at least 1 characters long, but is ''",
      "robot/suite.yaml:10:121: 'cases.sheet.checklist[3].says' is missing",
      "robot/suite.yaml:10:136: 'cases.sheet.checklist[4]' must be text or a map, but is 3",
    ],
  ],
  [
    'statements that say nothing new',
    [['text: [FRONT VIEW] }', 'checklist: ["  ", A map, { says: It lies open, then: [a  MAP] }] }']],
    {},
    [
      "robot/suite.yaml:10:43: a statement of 'sheet' is empty",
      '  Say what should be true, or drop it.',
      "robot/suite.yaml:10:85: 'sheet' says 'a MAP' twice; first on line 10",
      '  Say it once: the same answer would count twice.',
    ],
  ],
  [
    'more than 20 statements, children counted',
    [
      [
        'text: [FRONT VIEW] }',
        `checklist: [{ says: First, then: [${Array.from({ length: 20 }, (_, n) => `s${n}`).join(', ')}] }] }`,
      ],
    ],
    {},
    ["robot/suite.yaml:10:150: 'sheet' has more than 20 statements", '  Keep those that a wrong picture would break.'],
  ],
  ['a missing key', [['revisions: [v2, v1]\n', '']], {}, ["robot/suite.yaml:1:1: 'revisions' is missing"]],
  [
    'a missing key in a list',
    [['id: gemini-nano-banana-2.1, ', '']],
    {},
    ["robot/suite.yaml:2:30: 'models[1].id' is missing"],
  ],
  ['a wrong type', [['[v2, v1]', 'v2']], {}, ["robot/suite.yaml:3:12: 'revisions' must be a list, but is 'v2'"]],
  [
    'an empty value',
    [['samples: { min: 1, max: 6 }', 'samples:']],
    {},
    ["robot/suite.yaml:4:9: 'samples' must be a number or a map, but is empty"],
  ],
  [
    'an empty case',
    [['sheet: { images: [archive], text: [FRONT VIEW] }', 'sheet:']],
    {},
    ["robot/suite.yaml:10:9: 'cases.sheet' must be a map, but is empty"],
  ],
  [
    'a wrong word',
    [['generation: { asp', 'inputs: aproved\ngeneration: { asp']],
    {},
    ["robot/suite.yaml:5:9: 'inputs' must be 'approved' or 'generated', but is 'aproved'. Did you mean 'approved'?"],
  ],
  [
    'a number that is too large',
    [['max: 6', 'max: 1001']],
    {},
    ["robot/suite.yaml:4:25: 'samples.max' must be at most 1000, but is 1001"],
  ],
  [
    'a fraction of a sample',
    [['min: 1,', 'min: 1.5,']],
    {},
    ["robot/suite.yaml:4:17: 'samples.min' must be a whole number, but is 1.5"],
  ],
  [
    'a name with capitals',
    [['  valley:', '  Valley:']],
    {},
    [
      "robot/suite.yaml:12:3: the key 'cases.Valley' must be lower-case letters and digits, with single hyphens, dots or underscores between them, but is 'Valley'",
    ],
  ],
  [
    'a name that JavaScript would misread',
    [['assets: {', 'assets: { constructor: assets/archive.png,']],
    {},
    [
      "robot/suite.yaml:6:11: the key 'assets.constructor' must be lower-case letters and digits, with single hyphens, dots or underscores between them, but is 'constructor'",
    ],
  ],
  [
    'a prototype',
    [['assets: {', 'assets: { __proto__: assets/archive.png,']],
    {},
    ["robot/suite.yaml:6:11: '__proto__' is not a name"],
  ],
  [
    'a variable called case',
    [['vars: { material', 'vars: { case: x, material']],
    {},
    [
      "robot/suite.yaml:8:9: the key 'vars.case' must be a letter, then letters, digits, '_' or '-' ('case' and 'mask' are taken), but is 'case'",
    ],
  ],
  [
    'a key written twice',
    [['samples: {', 'revisions: [v1]\nsamples: {']],
    {},
    ["robot/suite.yaml:4:1: the key 'revisions' is written twice; first on line 3"],
  ],
  [
    'YAML that does not parse',
    [['[v2, v1]', '[v2, v1']],
    {},
    [
      'robot/suite.yaml:4:1: not readable as YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ],
  [
    'two documents',
    [['checks:', '---\nchecks:']],
    {},
    [
      'robot/suite.yaml:14:1: not readable as YAML: Source contains multiple documents; please use YAML.parseAllDocuments()',
    ],
  ],
  [
    'an unknown tag',
    [['felt', '!!python/object felt']],
    {},
    ['robot/suite.yaml:8:19: not readable as YAML: Unresolved tag: tag:yaml.org,2002:python/object'],
  ],
  ['an unknown alias', [['felt', '*felt']], {}, ["robot/suite.yaml:8:19: no anchor '&felt' stands before this alias"]],
  [
    'an alias bomb',
    [['felt', '[&a [x], &b [*a,*a,*a,*a,*a,*a,*a,*a,*a], &c [*b,*b,*b,*b,*b,*b,*b,*b,*b], [*c,*c,*c,*c,*c,*c,*c]]']],
    {},
    ['robot/suite.yaml: not readable as YAML: Excessive alias count indicates a resource exhaustion attack'],
  ],
  [
    'an alias to what holds it',
    [['felt', '&a [*a]']],
    {},
    ["robot/suite.yaml:8:23: the alias '*a' stands inside its own anchor"],
  ],
  ['a list as a key', [['felt', '{ [a]: b }']], {}, ['robot/suite.yaml:8:21: a key must be a plain name']],
  ['NUL in an escape', [['felt', '"a\\0b"']], {}, ['robot/suite.yaml:8:19: the text holds a NUL or half a character']],
  [
    'NUL in the file',
    [['felt', 'fe\0lt']],
    {},
    ['robot/suite.yaml:8: the file holds a NUL byte', '  Save it as UTF-8 text.'],
  ],
  [
    'deep nesting',
    [['felt', '['.repeat(60) + ']'.repeat(60)]],
    {},
    ['robot/suite.yaml:8:58: nested deeper than 40 levels'],
  ],
  [
    'not UTF-8',
    [],
    { 'suite.yaml': new Uint8Array([0x61, 0x0a, 0x62, 0xff, 0x0a]) },
    ['robot/suite.yaml:2: the file is not UTF-8 text', '  Save it as UTF-8 text.'],
  ],
  ['an empty file', [], { 'suite.yaml': '' }, ['robot/suite.yaml:1:1: the suite file must be a map, but is empty']],
  [
    'a suite file over 1 MB',
    [],
    { 'suite.yaml': '#'.repeat(1048577) },
    ["robot/suite.yaml: 'suite.yaml' has 1048577 bytes; the limit is 1048576"],
  ],
  [
    'a name that is not the folder',
    [['name: robot', 'name: robots']],
    {},
    ["robot/suite.yaml:1:7: the name 'robots' is not the name of its folder, 'robot'", '  Make them the same.'],
  ],
  [
    'a name used twice',
    [['archive: assets/archive.png', 'robot: assets/archive.png']],
    {},
    [
      "robot/suite.yaml:7:15: the name 'robot' is used twice; first under assets on line 6",
      '  Assets, characters and cases need different names.',
      "robot/suite.yaml:10:21: unknown image 'archive'; it is no asset, character or case. Known: robot, sheet, mountains, valley.",
      "robot/suite.yaml:11:59: 'mountains' should show 'robot', but its images do not hold that character's sheet",
      "  Add 'robot' to the images: a scene is scored against the sheet that its request carried.",
      "robot/suite.yaml:12:67: 'valley' should show 'robot', but its images do not hold that character's sheet",
      "  Add 'robot' to the images: a scene is scored against the sheet that its request carried.",
    ],
  ],
  [
    'an unknown image',
    [['[robot, mountains]', '[robot, mountain]']],
    {},
    ["robot/suite.yaml:12:44: unknown image 'mountain'; it is no asset, character or case. Did you mean 'mountains'?"],
  ],
  [
    'an image listed twice',
    [['[robot, mountains]', '[robot, mountains, sheet]']],
    {},
    ["robot/suite.yaml:12:55: 'valley' receives the same picture twice: 'robot' and 'sheet'"],
  ],
  [
    'an unknown sheet',
    [['sheet: sheet,', 'sheet: shet,']],
    {},
    ["robot/suite.yaml:7:31: the sheet 'shet' is neither an asset nor a case. Did you mean 'sheet'?"],
  ],
  [
    'an unknown character',
    [['images: [robot], character: robot', 'images: [robot], character: robt']],
    {},
    ["robot/suite.yaml:11:59: unknown character 'robt'. Did you mean 'robot'?"],
  ],
  [
    'a scene without its sheet',
    [['[robot, mountains]', '[mountains]']],
    {},
    [
      "robot/suite.yaml:12:60: 'valley' should show 'robot', but its images do not hold that character's sheet",
      "  Add 'robot' to the images: a scene is scored against the sheet that its request carried.",
    ],
  ],
  [
    'a view listed twice',
    [['[front, back]', '[front, front]']],
    {},
    ["robot/suite.yaml:7:53: the view 'front' is listed twice"],
  ],
  [
    'a cycle',
    [['images: [robot], character: robot', 'images: [robot, valley], character: robot']],
    {},
    [
      "robot/suite.yaml:12:44: cases need each other's pictures: mountains needs valley needs mountains",
      '  One of them has to start from something else.',
    ],
  ],
  [
    'a case that needs itself',
    [['images: [archive]', 'images: [robot]']],
    {},
    [
      "robot/suite.yaml:10:21: cases need each other's pictures: sheet needs sheet",
      '  One of them has to start from something else.',
    ],
  ],
  [
    'an unknown model',
    [['gemini-3-pro-image', 'gemini-3-pro-imge']],
    {},
    ["robot/suite.yaml:2:10: unknown model 'gemini-3-pro-imge'. Did you mean 'gemini-3-pro-image'?"],
  ],
  [
    'a model that was shut down',
    [['gemini-3-pro-image', 'gemini-2.5-flash-image-preview']],
    {},
    [
      "robot/suite.yaml:2:10: the model 'gemini-2.5-flash-image-preview' was shut down on 2026-01-15",
      '  Use gemini-nano-banana-2.1.',
    ],
  ],
  [
    'two models of one name',
    [['banana-high', 'gemini-3-pro-image']],
    {},
    [
      "robot/suite.yaml:2:36: two models are called 'gemini-3-pro-image'; the first is on line 2",
      '  Give one of them another name: { id: ..., name: ... }.',
    ],
  ],
  [
    'a ratio the model does not take',
    [['"16:9"', '"16:10"']],
    {},
    [
      "robot/suite.yaml:5:28: gemini-3-pro-image does not take aspectRatio '16:10'. Did you mean '3:2'?",
      '  It takes 1:1, 2:3, 3:2, 3:4, 4:3, 4:5, 5:4, 9:16, 16:9, 21:9.',
      "robot/suite.yaml:5:28: gemini-nano-banana-2.1 does not take aspectRatio '16:10'. Did you mean '3:2'?",
      '  It takes 1:1, 2:3, 3:2, 3:4, 4:3, 4:5, 5:4, 9:16, 16:9, 21:9, 1:4, 4:1, 1:8, 8:1.',
    ],
  ],
  [
    'a size the model does not take',
    [['1K', '5K']],
    {},
    [
      "robot/suite.yaml:5:47: gemini-3-pro-image does not take imageSize '5K'. Did you mean '1K'?",
      '  It takes 1K, 2K, 4K.',
      "robot/suite.yaml:5:47: gemini-nano-banana-2.1 does not take imageSize '5K'. Did you mean '1K'?",
      '  It takes 1K, 2K, 4K.',
    ],
  ],
  [
    'a thinking level the model does not take',
    [['thinkingLevel: high', 'thinkingLevel: low']],
    {},
    [
      "robot/suite.yaml:2:108: gemini-nano-banana-2.1 does not take thinkingLevel 'low'.",
      '  It takes minimal, medium, high.',
    ],
  ],
  [
    'a thinking level for a model without',
    [
      ['gemini-3-pro-image', 'gemini-3-pro-image, emulated-steady'],
      ['imageSize: 1K', 'imageSize: 1K, thinkingLevel: high'],
    ],
    {},
    [
      "robot/suite.yaml:5:66: gemini-3-pro-image takes no thinkingLevel, but it is 'high'",
      '  Set it only on the models that take one: { id: ..., generation: ... }.',
    ],
  ],
  [
    'a setting of a case',
    [['vars: { place: valley }', 'vars: { place: valley }, generation: { aspectRatio: "9:61" }']],
    {},
    [
      "robot/suite.yaml:12:126: gemini-3-pro-image does not take aspectRatio '9:61'. Did you mean '9:16'?",
      '  It takes 1:1, 2:3, 3:2, 3:4, 4:3, 4:5, 5:4, 9:16, 16:9, 21:9.',
      "robot/suite.yaml:12:126: gemini-nano-banana-2.1 does not take aspectRatio '9:61'. Did you mean '1:8'?",
      '  It takes 1:1, 2:3, 3:2, 3:4, 4:3, 4:5, 5:4, 9:16, 16:9, 21:9, 1:4, 4:1, 1:8, 8:1.',
    ],
  ],
  [
    'too many pictures',
    [
      ['images: [archive]', 'images: [' + Array.from({ length: 15 }, (_, i) => 'a' + i) + ']'],
      ['assets: {', 'assets: {' + Array.from({ length: 15 }, (_, i) => 'a' + i + ': assets/archive.png, ').join('')],
    ],
    {},
    [
      "robot/suite.yaml:10:67: 'sheet' has 15 input pictures; gemini-3-pro-image takes at most 14",
      "robot/suite.yaml:10:67: 'sheet' has 15 input pictures; gemini-nano-banana-2.1 takes at most 14",
    ],
  ],
  [
    'no picture asked for',
    [['imageSize: 1K', 'responseModalities: [TEXT]']],
    {},
    ["robot/suite.yaml:5:56: 'generation.responseModalities' must hold IMAGE, and each modality once"],
  ],
  [
    'fewer than the fewest samples',
    [['min: 1, max: 6', 'min: 7, max: 6']],
    {},
    ['robot/suite.yaml:4:17: samples: min 7 is more than max 6'],
  ],
  [
    'a missing asset',
    [['assets/archive.png', 'assets/archve.png']],
    {},
    ["robot/suite.yaml:6:20: there is no file 'robot/assets/archve.png'. Did you mean 'assets/archive.png'?"],
  ],
  [
    'an asset outside the folder',
    [['assets/archive.png', '../archive.png']],
    {},
    ["robot/suite.yaml:6:20: '../archive.png' leaves the suite's folder; write it relative to suite.yaml, with '/'"],
  ],
  [
    'an absolute asset',
    [['assets/archive.png', '/etc/passwd']],
    {},
    ["robot/suite.yaml:6:20: '/etc/passwd' leaves the suite's folder; write it relative to suite.yaml, with '/'"],
  ],
  [
    'a link out of the folder',
    [['assets/archive.png', 'assets/link.png']],
    { 'assets/link.png': { linkTo: '../../../../../../../../../etc/passwd' } },
    ["robot/suite.yaml:6:20: 'assets/link.png' is a link that leaves the suite's folder"],
  ],
  ['a folder as an asset', [['assets/archive.png', 'assets']], {}, ["robot/suite.yaml:6:20: 'assets' is not a file"]],
  [
    'an asset that is a GIF',
    [],
    { 'assets/archive.png': 'GIF a' },
    ["robot/suite.yaml:6:20: 'assets/archive.png' is image/gif", '  Use PNG, JPEG, WebP or HEIC.'],
  ],
  [
    'an asset that is no picture',
    [],
    { 'assets/archive.png': 'text' },
    ["robot/suite.yaml:6:20: 'assets/archive.png' is not a picture that can be read", '  Use PNG, JPEG, WebP or HEIC.'],
  ],
  [
    'an asset over 20 MB',
    [],
    { 'assets/archive.png': new Uint8Array(20 * 1024 * 1024 + 1) },
    ["robot/suite.yaml:6:20: 'assets/archive.png' has 20971521 bytes; the limit is 20971520"],
  ],
  [
    'a missing revision',
    [['[v2, v1]', '[v3, v1]']],
    {},
    ["robot/suite.yaml:3:13: there is no folder 'robot/prompts/v3'. Did you mean 'v1'?"],
  ],
  [
    'a revision listed twice',
    [['[v2, v1]', '[v1, v1]']],
    {},
    ["robot/suite.yaml:3:17: the revision 'v1' is listed twice"],
  ],
  [
    'a revision that could be an option of git',
    [['[v2, v1]', '["git:--output=x", v1]']],
    {},
    [
      "robot/suite.yaml:3:13: 'revisions[0]' must be the name of a folder under prompts/ (lower-case letters, digits, hyphens, dots, underscores) or git:REF, such as git:main, but is 'git:--output=x'",
    ],
  ],
  [
    'a missing template',
    [['sheet: { images', 'sheet: { prompt: shet, images']],
    {},
    [
      "robot/suite.yaml:10:20: 'sheet' has no prompt in revision v2: there is no file 'robot/prompts/v2/shet.hbs'. Did you mean 'sheet'?",
      "robot/suite.yaml:10:20: 'sheet' has no prompt in revision v1: there is no file 'robot/prompts/v1/shet.hbs'. Did you mean 'sheet'?",
    ],
  ],
  [
    'a template that only one revision has',
    [],
    { 'prompts/v1/sheet.hbs': null },
    [
      "robot/suite.yaml:10:3: 'sheet' has no prompt in revision v1: there is no file 'robot/prompts/v1/sheet.hbs'. Known: scene.",
    ],
  ],
  [
    'a template with its ending',
    [['prompt: scene, images: [robot],', 'prompt: scene.hbs, images: [robot],']],
    {},
    [
      "robot/suite.yaml:11:24: 'cases.mountains.prompt' must be a template of prompts/<revision>/ without .hbs, but is 'scene.hbs'",
    ],
  ],
  [
    'a template outside',
    [['prompt: scene, images: [robot],', 'prompt: ../v1/scene, images: [robot],']],
    {},
    [
      "robot/suite.yaml:11:24: 'cases.mountains.prompt' must be a template of prompts/<revision>/ without .hbs, but is '../v1/scene'",
    ],
  ],
  [
    'a linked template',
    [],
    { 'prompts/v1/sheet.hbs': { linkTo: '../../../../../../../../../../etc/passwd' } },
    ["robot/suite.yaml:3:17: 'prompts/v1/sheet.hbs' is a link that leaves the suite's folder"],
  ],
  [
    'mask',
    [['vars: { place: valley }', 'vars: { place: valley }, mask: assets/mask.png, keep: outside-mask']],
    {},
    [
      "robot/suite.yaml:12:99: 'valley' marks 'robot', which 'sheet' makes anew in every run",
      '  A mask fits a picture of the suite: name an asset first.',
    ],
  ],
  [
    'a conversation of one turn',
    [['images: [archive]', 'images: [archive], turns: [{ prompt: sheet }]']],
    {},
    [`robot/suite.yaml:10:38: 'cases.sheet.turns' must hold at least 2, but is [{"prompt":"sheet"}]`],
  ],
  [
    'turns beside a prompt',
    [['images: [archive]', 'images: [archive], prompt: sheet, turns: [{ prompt: sheet }, { prompt: sheet }]']],
    {},
    [
      "robot/suite.yaml:10:46: 'sheet' has both 'prompt' and 'turns'",
      '  Make the prompt the first of the turns: each turn has one of its own.',
    ],
  ],
  [
    'a turn without a template',
    [
      ['revisions: [v2, v1]', 'revisions: [v1]'],
      ['images: [archive]', 'images: [archive], turns: [{ prompt: sheet }, { prompt: shet }]'],
    ],
    {},
    [
      "robot/suite.yaml:10:68: 'sheet' has no prompt in revision v1: there is no file 'robot/prompts/v1/shet.hbs'. Did you mean 'sheet'?",
    ],
  ],
  [
    'an unknown metric',
    [['quality:', 'qualty:']],
    {},
    ["robot/suite.yaml:13:55: unknown key 'qualty' in 'metrics'. Did you mean 'quality'?"],
  ],
  [
    'a margin of none',
    [['margin: 0.05', 'margin: 0']],
    {},
    ["robot/suite.yaml:13:74: 'metrics.quality.margin' must be more than 0, but is 0"],
  ],
  [
    'a margin in words',
    [['margin: 0.05', 'margin: wide']],
    {},
    ["robot/suite.yaml:13:74: 'metrics.quality.margin' must be 'auto' or a number, but is 'wide'"],
  ],
  [
    'an unknown check',
    [['cost:', 'costs:']],
    {},
    ["robot/suite.yaml:14:11: unknown key 'costs' in 'checks'. Did you mean 'cost'?"],
  ],
  [
    'a check without a limit',
    [['cost: { max: 0.2 }', 'cost: {}']],
    {},
    ["robot/suite.yaml:14:17: 'checks.cost' must hold a limit: min, max or p95"],
  ],
  [
    'p95 of a metric',
    [['resolution: { min: 1024 }', 'resolution: { p95: 1024 }']],
    {},
    ["robot/suite.yaml:14:70: 'p95' is no limit for resolution; it takes min, max"],
  ],
  [
    'a lower limit on cost',
    [['cost: { max: 0.2 }', 'cost: { min: 0.2 }']],
    {},
    ["robot/suite.yaml:14:19: 'min' is no limit for cost; it takes max"],
  ],
  [
    'limits the wrong way round',
    [['resolution: { min: 1024 }', 'resolution: { min: 1024, max: 512 }']],
    {},
    ['robot/suite.yaml:14:75: resolution: min 1024 is more than max 512'],
  ],
  [
    'an infinite number',
    [['max: 0.2', 'max: .inf']],
    {},
    ["robot/suite.yaml:14:24: 'checks.cost.max' must be a number, but is Infinity"],
  ],
  [
    'no case',
    [[soundSuite.slice(soundSuite.indexOf('  sheet:'), soundSuite.indexOf('metrics:')), '  {}\n']],
    {},
    ["robot/suite.yaml:10:3: 'cases' must hold a case"],
  ],
  [
    'a variable without a value',
    [['material: felt', 'material: ']],
    {},
    [
      "robot/suite.yaml:8:19: 'vars.material' must have a value everywhere; an empty one would leave a gap in the prompt",
    ],
  ],
  [
    'a revision that is a link out of the folder',
    [['[v2, v1]', '[v3]']],
    { 'prompts/v3': { linkTo: '/etc' } },
    ["robot/suite.yaml:3:13: 'prompts/v3' is a link that leaves the suite's folder"],
  ],
];

it.each(rows)('%s', async (_what, edits, files, error) => {
  expect(await folders.complaint({ 'suite.yaml': edited(edits), ...files })).toEqual(error);
});

it('tells all problems at once, in the order of the lines', async () => {
  const text = edited([
    ['views: [front, back]', 'view: [front]'],
    ['samples: { min: 1, max: 6 }', 'samples: none'],
  ]);
  const places = (await folders.complaint({ 'suite.yaml': text })).map((line) => line.split(': ')[0]);
  expect(places).toEqual(['robot/suite.yaml:4:10', 'robot/suite.yaml:7:38']);
});

it.each([
  ['values', `text: [${'1,'.repeat(60_000)}]`, ': more than 50000 values'],
  ['aliases', `text: [&a x${',*a'.repeat(101)}]`, ': more than 100 aliases'],
])('refuses a suite with too many %s', async (_what, text, end) => {
  const suite = edited([['text: [FRONT VIEW]', text]]);
  expect((await folders.complaint({ 'suite.yaml': suite })).map((line) => line.slice(-end.length))).toEqual([end]);
});

it('tells the first fifty problems, and how many more there are', async () => {
  const lines = await folders.complaint({ 'suite.yaml': `${soundSuite}${'name: robot\n'.repeat(60)}` });
  expect(lines).toHaveLength(51);
  expect(lines.at(-1)).toBe('and 10 more problems');
});

it('refuses YAML that is too deep for the parser itself', async () => {
  const text = edited([['felt', '['.repeat(20_000) + ']'.repeat(20_000)]]);
  expect((await folders.complaint({ 'suite.yaml': text })).join('\n')).toMatch(/: nested deeper than 40 levels$/);
});
