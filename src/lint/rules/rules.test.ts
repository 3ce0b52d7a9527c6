import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Files } from '../../suite/__fixtures__/suite-folder.js';
import { LintFolders, sliceAt, soundScene, soundSuite, suiteFiles } from '../__fixtures__/linted.js';
import { rules } from './index.js';

const folders = new LintFolders();
afterAll(() => folders.remove());

async function found(files: Files): Promise<string[]> {
  const { findings } = await folders.lint(files);
  for (const finding of findings) expect(sliceAt(finding)).toBe(finding.text);
  return findings.map(({ rule, place, text }) => `${rule} ${place.line}:${place.column} ${text}`);
}

/** A prompt's last sentence -> what is found in the suite, with line, column and text. */
const sentences: [sentence: string, ...found: string[]][] = [
  ['The sun sets.'],
  // Pictures
  ['The sky is that of Image 3.', 'image-unknown 4:83 Image 3'],
  ['It stands as in Images 1, 2 and 4.', 'image-unknown 4:80 Images 1, 2 and 4'],
  ['It stands as in images 1-3.', 'image-unknown 4:80 images 1-3'],
  ['It stands as in images 1 and 2.'],
  ['It looks like an image 16:10 wide, seen with an image 35 mm lens, image 50% grey.'],
  ['\nImage 1: the robot again.', 'image-order 5:1 Image 1: the robot again.'],
  // Words
  ['It is a beautiful, epic day.', 'vague-word 4:72 beautiful', 'vague-word 4:83 epic'],
  ['Behind it lies the harbour of Nice, in a cool light, like an epicentre.'],
  ['Nice light falls on it.', 'vague-word 4:64 Nice'],
  ['It wears a badge: "Beautiful 8K".'],
  ['The picture is a masterpiece in 8k.', 'quality-keyword 4:81 masterpiece', 'quality-keyword 4:96 8k'],
  ['It holds 8kg of wool, with masterly stitching and detailed seams.'],
  ['The grass is green, no people, no text.', 'negative 4:84 no people', 'negative 4:95 no text'],
  ["Don't show people.", "negative 4:64 Don't show"],
  ['It stands there without a hat.', 'negative 4:80 without a hat'],
  ['Avoid shadows.', 'negative 4:64 Avoid shadows'],
  ['There is no map. It no longer holds one, without touching the wall, never its own. No one is here.'],
  ['The wall does not end. Keep the picture free of letters, with no signs of rain.'],
  ['Generate four variations.', 'several-pictures 4:64 Generate four variations'],
  ['It makes two steps, and two pictures hang on the wall.'],
  [
    'Everything in it is made of soft grey felt. Everything in it is made of soft grey felt!',
    'repeated-sentence 4:108 Everything in it is made of soft grey felt!',
  ],
  ['Soft light. Soft light.'],
  [
    `It is far. ${'Rows of hills lie behind the peak, one paler than the other '.repeat(70)}.`,
    'long-prompt 1:1 Image 1: the character sheet of the robot.',
  ],
  ['\n\nfelt, wool, soft light, stitched edges', 'keyword-list 6:1 felt, wool, soft light, stitched edges'],
  ['\n\nIt is of felt, wool, cotton, thread and paper.'],
  ['\n\nMaterials: felt, wool, cotton, thread'],
  ['\n\n- felt, wool, cotton, thread'],
  ['\n\nIn the picture are hills of felt that lie behind one another, a path, a stile, and a gate at the end of it'],
  // Captions
  ['A sign that says Welcome Home stands there.', 'caption-quotes 4:66 sign that says Welcome Home'],
  ['A sign that says "Welcome" stands there; a sign that reads “Up”, and one that says nothing.'],
  // Other generators
  ['It is dusk --ar 16:9 --v 6', 'midjourney-parameter 4:75 --ar 16:9', 'midjourney-parameter 4:85 --v 6'],
  ['It is dusk --stylize 500 --no clouds', 'midjourney-parameter 4:75 --stylize 500', 'midjourney-parameter 4:89 --no'],
  ['It is dusk -- a red one --and a well-known --x 3.'],
  ['It holds a rope::2 and wool::-0.5.', 'prompt-weight 4:79 ::2', 'prompt-weight 4:91 ::-0.5'],
  ['The time is 10::30b, and std::vector is code.'],
  [
    'It wears (long boots:1.3) and ((red gloves)).',
    'prompt-weight 4:73 (long boots:1.3)',
    'prompt-weight 4:94 ((red gloves))',
  ],
  ['It is tall (scale 1:1.5), with a (very small) door (at 10:30) and (seen from f:2.8).'],
  ['It is knitted <lora:felt_v2:0.8> by hand.', 'lora-tag 4:78 <lora:felt_v2:0.8>'],
  ['Its colours are <warm>.'],
  [
    'It is lit, CFG scale 7, steps: 30, seed 12345, sampler: DPM.',
    'sampler-setting 4:75 CFG scale 7',
    'sampler-setting 4:88 steps: 30',
    'sampler-setting 4:99 seed 12345',
    'sampler-setting 4:111 sampler: DPM',
  ],
  ['It climbs 30 steps and plants a pumpkin seed 4 cm deep.'],
  ['\nNegative prompt: blurry', 'negative-prompt 5:1 Negative prompt:'],
  ['It is drawn, style: vivid, quality=hd.', 'dall-e-setting 4:77 style: vivid', 'dall-e-setting 4:91 quality=hd'],
  ['Its style: a vivid drawing of high spirits.'],
  ['It is an interesting picture of HD quality.', 'vague-word 4:73 interesting', 'quality-keyword 4:96 HD quality'],
  ['It is 1024x1792 large, or 1024 × 1024 px.', 'pixel-size 4:70 1024x1792', 'pixel-size 4:90 1024 × 1024 px'],
  ['It is 3x4 fields large, with a wall of 12x18 bricks.'],
  // Settings
  ['It is a 16:9 picture.', 'ratio-in-words 4:72 16:9'],
  ['It is a 1:1 picture.', 'ratio-contradicted 4:72 1:1'],
  [
    'It is a widescreen picture in portrait orientation.',
    'ratio-in-words 4:72 widescreen',
    'ratio-in-words 4:94 portrait orientation',
  ],
  ['It is a model in 1:8 scale; the clock shows 4:30, and a wide landscape lies below.'],
  ['It is drawn in 4K.', 'size-in-words 4:76 in 4K'],
  ['It walks 4km on the K2.'],
  // Characters
  ['Its round blue eyes shine.', 'redescribed-character 4:74 blue eyes'],
  ['Its green eyes are closed, the blue mountain has a white top, and it turns its head.'],
];

describe('what a sentence of a prompt is found to be', () => {
  it.each(sentences)('%s', async (sentence, ...expected) => {
    expect(await found(suiteFiles(`${soundScene}${sentence}\n`))).toEqual(expected);
  });
});

/** The scene's whole prompt. */
const prompts: [prompt: string, ...found: string[]][] = [
  ['The robot climbs the peak.', 'image-labels 1:1 The robot climbs the peak.'],
  [
    'Image 1 is the sheet. The robot climbs the peak.',
    'image-labels 1:1 Image 1 is the sheet. The robot climbs the peak.',
  ],
  ['The first image is the sheet, the second picture the scene. The robot climbs.'],
  ['Images 1 and 2 show the robot, which climbs.'],
  ['Picture 1 is the sheet, photo #2 the scene. The robot climbs.'],
  [
    'Image 1: the previous scene.\nImage 2: the sheet of the robot.\nThe robot climbs the peak.',
    'image-swapped 1:1 Image 1: the previous scene.',
    'image-swapped 2:1 Image 2: the sheet of the robot.',
  ],
  ['Image 1: the sheet.\nA castle in front of the scene of photo 2.'],
  ['Photo 2 is a hill, reference 1 a sheet.\nA castle lies there.'],
  ['Robot climbing, as in images 1, 2'],
  ['Peak', 'character-not-named 1:1 Peak', 'image-labels 1:1 Peak', 'short-prompt 1:1 Peak'],
];

describe('what a prompt is found to be', () => {
  it.each(prompts)('%s', async (prompt, ...expected) => {
    expect((await found(suiteFiles(`${prompt}\n`))).sort()).toEqual(expected.sort());
  });
});

/** Edits of the suite file -> findings in it. */
const suites: [name: string, [from: string, to: string][], ...found: string[]][] = [
  ['sound', []],
  ['an unused asset', [['photo: assets', 'other: assets/photo.png, photo: assets']], 'unused-asset 5:11 other'],
  [
    'an asset that is a sheet',
    [
      ['photo: assets', 'other: assets/photo.png, photo: assets'],
      ['sheet: sheet }', 'sheet: sheet }, dog: { sheet: other }'],
    ],
    'unused-character 6:40 dog',
  ],
  ['an unused variable', [['cases:', 'vars: { mood: calm }\ncases:']], 'unused-variable 7:9 mood'],
  [
    'no ratio',
    [["aspectRatio: '16:9', ", '']],
    'ratio-unset 8:3 sheet',
    'ratio-unset 9:3 hill',
    'ratio-unset 10:3 peak',
  ],
  [
    'a deprecated model',
    [
      ['gemini-nano-banana-2.1', 'gemini-2.5-flash-image'],
      [', imageSize: 1K', ''],
    ],
    'deprecated-model 2:10 gemini-2.5-flash-image',
    'text-model 8:29 text',
  ],
  [
    'temperature',
    [['imageSize: 1K', 'imageSize: 1K, temperature: 1, seed: 3']],
    'sampling-setting 4:51 temperature',
    'sampling-setting 4:67 seed',
  ],
  [
    'one sample with a seed',
    [
      ['imageSize: 1K', 'imageSize: 1K, seed: 3'],
      ['cases:', 'samples: 1\ncases:'],
    ],
  ],
  [
    'a caption that no prompt asks for',
    [['[FRONT VIEW]', '[FRONT VIEW, BACK]']],
    'caption-missing 1:1 Image 1: a photo of the robot.',
  ],
  ['exempt', [['cases:', '# lint-ignore: unused-variable, ratio-unset\nvars: { mood: calm }\ncases:']]],
];

describe('what a suite is found to be', () => {
  it.each(suites)('%s', async (_, edits, ...expected) => {
    const text = edits.reduce((now, [from, to]) => now.replace(from, to), soundSuite);
    expect(await found(suiteFiles(`${soundScene}\n`, { 'suite.yaml': text }))).toEqual(expected);
  });

  it('folders and templates that nothing uses', async () => {
    const more = {
      'prompts/v1/old.hbs': 'Old',
      'prompts/v1/partials/lost.hbs': 'Lost',
      'prompts/v0/peak.hbs': 'Older',
    };
    const { findings } = await folders.lint(suiteFiles(soundScene, more));
    expect(findings.map(({ rule, place }) => `${rule} ${place.file.split('/robot/')[1] ?? ''}`)).toEqual([
      'unused-template prompts/v1/old.hbs',
      'unused-template prompts/v1/partials/lost.hbs',
      'unused-revision suite.yaml',
    ]);
  });

  it('more pictures than a model holds well', async () => {
    const assets = ['a', 'b', 'c', 'd'].map((name) => `${name}: assets/photo.png`).join(', ');
    const text = soundSuite
      .replace('gemini-nano-banana-2.1', 'gemini-2.5-flash-image, gemini-nano-banana-2.1')
      .replace(', imageSize: 1K', '')
      .replace('photo: assets/photo.png', `photo: assets/photo.png, ${assets}`)
      .replace('[robot, hill], character', '[robot, a, b, c, d], character');
    const prompt = `${soundScene}It takes colours from images 1-5.\n`;
    const lines = await found(suiteFiles(prompt, { 'suite.yaml': text }));
    expect(lines).toContain('many-references 10:33 c');
  });
});

describe('several characters', () => {
  const suite = (names: string) =>
    soundSuite
      .replace('photo: assets/photo.png', 'photo: assets/photo.png, other: assets/photo.png')
      .replace('robot: { sheet: sheet }', names)
      .replace(/ {2}hill.*\n {2}peak.*\n/, '');
  const twins = `${suite('old-robot: { sheet: sheet }, new-robot: { sheet: other }')}  peak: { images: [old-robot, new-robot], characters: [old-robot, new-robot] }\n`;
  const labels = 'Image 1: the sheet of the old robot.\nImage 2: the sheet of the new robot.\n';
  it.each<[string, ...string[]]>([
    ['The robot waves to the new robot.', 'ambiguous-character 3:1 The robot'],
    ['The character waves.', 'ambiguous-character 3:1 The character'],
    ['The old robot waves to the new robot. The robot at the left is the robot of Image 1. The robots are glad.'],
    ['The character sheets settle how both look. The robot that waves is old.'],
  ])('%s', async (sentence, ...expected) => {
    const files = suiteFiles(`${labels}${sentence}\n`, { 'suite.yaml': twins, 'prompts/v1/hill.hbs': null });
    expect(await found(files)).toEqual(expected);
  });

  it('names who is missing, and which label belongs to another', async () => {
    const pair = `${suite('robot: { sheet: sheet }, rabbit: { sheet: other }')}  peak: { images: [robot, rabbit], characters: [robot, rabbit] }\n`;
    const of = (prompt: string) => found(suiteFiles(prompt, { 'suite.yaml': pair, 'prompts/v1/hill.hbs': null }));
    expect(await of('The robot climbs a peak.')).toEqual([
      'image-labels 1:1 The robot climbs a peak.',
      'character-not-named 1:1 The robot climbs a peak.',
    ]);
    expect(await of('Image 1: the sheet of the rabbit.\nImage 2: the sheet of the robot.\nBoth climb.')).toEqual([
      'image-swapped 1:1 Image 1: the sheet of the rabbit.',
      'image-swapped 2:1 Image 2: the sheet of the robot.',
    ]);
  });
});

describe('what was held in the scene before', () => {
  const hill = (sentence: string) => ({
    'prompts/v1/hill.hbs': `Image 1: the sheet.\n\nThe robot stands on a hill. ${sentence}\n`,
  });
  it.each<[before: string, after: string, ...found: string[]]>([
    ['It is reading a large felt map.', 'It climbs.', 'previous-object 1:1 Image 1: the character sheet of the robot.'],
    ['It climbs with ice axes.', 'It climbs.', 'previous-object 1:1 Image 1: the character sheet of the robot.'],
    ['It is reading a large felt map.', 'It is no longer holding the map.'],
    ['It is reading a large felt map.', 'Its hands are empty.'],
    ['It holds both axes.', 'One axe is planted in the snow.'],
    ['It is no longer holding the map.', 'It climbs.'],
    ['It waves with one hand, with a little air around it.', 'It climbs.'],
    ['A flag stands in the snow beside it.', 'It climbs.'],
  ])('%s / %s', async (before, after, ...expected) => {
    expect(await found(suiteFiles(`${soundScene}${after}\n`, hill(before)))).toEqual(expected);
  });
});

describe('a later turn of a conversation', () => {
  const turns =
    'peak: { images: [robot, hill], character: robot, text: [UP], turns: [{ prompt: peak }, { prompt: later }] }';
  const suite = soundSuite.replace('peak: { images: [robot, hill], character: robot }', turns);
  const opening = `${soundScene}A sign reads "UP".\n`;
  it.each<[first: string, later: string, ...found: string[]]>([
    [opening, 'Now it rains on the whole scene.'],
    [opening, 'Change the sky of Image 3, which you made.'],
    [opening, 'Change the sky of Image 4 to dusk.', 'image-unknown 1:19 Image 4'],
    [opening, 'Turn the day into a beautiful evening.', 'vague-word 1:21 beautiful'],
    [soundScene, 'Add a sign that reads "UP" beside it.'],
    [soundScene, 'Now it rains there.', 'caption-missing 1:1 Image 1: the character sheet of the robot.'],
  ])('%s / %s', async (first, later, ...expected) => {
    const files = suiteFiles(first, { 'suite.yaml': suite, 'prompts/v1/later.hbs': `${later}\n` });
    expect(await found(files)).toEqual(expected);
  });
});

describe('an edit', () => {
  const peak = (edit: string) =>
    soundSuite.replace('peak: { images: [robot, hill], character: robot }', `peak: { images: [photo], ${edit} }`);
  it.each<[edit: string, prompt: string, ...found: string[]]>([
    ['mask: assets/mask.png', 'Image 1: a photo.\n{{mask}}\n\nThe wall of the room turns green.'],
    [
      'mask: assets/mask.png',
      'Image 1: a photo.\nImage 2: the photo.\n\nThe wall of the room turns green.',
      'mask-unspoken 1:1 Image 1: a photo.',
    ],
    ['outpaint: right', 'Image 1: a photo.\n\nExtend the photo to the right.'],
    [
      'outpaint: right',
      'Image 1: a photo.\n\nThe room goes on at the left.',
      'outpaint-unspoken 1:1 Image 1: a photo.',
    ],
    ['outpaint: all', 'Image 1: a photo.\n\nThe room is larger.', 'outpaint-unspoken 1:1 Image 1: a photo.'],
  ])('%s / %s', async (edit, prompt, ...expected) => {
    const files = suiteFiles(`${prompt}\n`, { 'suite.yaml': peak(edit), 'assets/mask.png': 'mask' });
    expect(await found(files)).toEqual(expected);
  });
});

it('the README names every rule, and no other', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../../../README.md'), 'utf8');
  const section = /## Lint\n([^]*?)\n- Exit/.exec(readme)?.[1] ?? '';
  const named = [...section.matchAll(/\| .* \| (.*) \|/g)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, id]) => id),
  );
  expect(named.sort()).toEqual(rules.map(({ id }) => id).sort());
});

it('every rule has a name of its own, a reason, and looks somewhere', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { id, why, inPrompt, inSuite } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(why).toMatch(/^[A-Za-z].*\.$/);
    expect(inPrompt ?? inSuite).toBeTypeOf('function');
  }
});
