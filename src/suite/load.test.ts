import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { existsSync } from '../lib/files.js';
import { decode, dimensions, sniff } from '../image/codec.js';
import { inspectMadeUp, soundSuite, SuiteFolders, type Files } from './__fixtures__/suite-folder.js';
import { loadSuite } from './load.js';

const folders = new SuiteFolders();
const load = (files?: Files) => folders.load(files);
afterAll(() => folders.remove());

describe('a sound suite', () => {
  it('is resolved and rendered', async () => {
    const suite = await load();
    expect(suite).toMatchObject({
      name: 'robot',
      description: '',
      models: [
        { id: 'gemini-3-pro-image', name: 'gemini-3-pro-image', generation: {} },
        { id: 'gemini-nano-banana-2.1', name: 'banana-high', generation: { thinkingLevel: 'high' } },
      ],
      revisions: ['v2', 'v1'],
      samples: { min: 1, max: 6 },
      inputs: 'approved',
      generation: { aspectRatio: '16:9', imageSize: '1K' },
      characters: {
        robot: {
          name: 'robot',
          sheet: { case: 'sheet' },
          views: [
            { name: 'front', box: null },
            { name: 'back', box: null },
          ],
        },
      },
      metrics: { consistency: { gate: true, margin: 'auto' }, quality: { gate: true, margin: 0.05 } },
      checks: { cost: { max: 0.2 }, latency: { p95: 60000 }, resolution: { min: 1024 } },
    });
    expect(suite.assets['archive']).toMatchObject({
      path: 'assets/archive.png',
      mime: 'image/png',
      width: 640,
      height: 480,
    });
    expect(suite.cases.map((each) => each.prompts)).toEqual([
      { v2: ['A sheet of a robot of felt, blue'], v1: ['A sheet of a robot of felt, blue'] },
      { v2: ['mountains: a robot of felt in the mountains'], v1: ['mountains: a robot of felt in the mountains'] },
      { v2: ['valley: a robot of felt in the valley'], v1: ['valley: a robot of felt in the valley'] },
    ]);
    expect(suite.cases[2]).toMatchObject({
      images: [
        { name: 'robot', case: 'sheet' },
        { name: 'mountains', case: 'mountains' },
      ],
      characters: ['robot'],
      generation: {},
      text: [],
      checklist: [],
    });
  });

  it('loads from its file as from its folder', async () => {
    const suite = await load();
    const again = await loadSuite(path.join(suite.folder, 'suite.yaml'), { inspectImage: inspectMadeUp });
    expect(again).toEqual(suite);
  });

  it.each<[string, Files, boolean]>([
    ['nothing', {}, true],
    ['line ends and a byte order mark', { 'suite.yaml': `\uFEFF${soundSuite.replaceAll('\n', '\r\n')}` }, true],
    ['the place of the suite on disk', {}, true],
    ['a comment', { 'suite.yaml': `# robot\n${soundSuite}` }, true],
    ['a prompt', { 'prompts/v1/sheet.hbs': 'Another sheet' }, false],
    ['a picture', { 'assets/archive.png': 'PNG another' }, false],
    ['a setting', { 'suite.yaml': soundSuite.replace('1K', '2K') }, false],
    [
      'the order of the images',
      { 'suite.yaml': soundSuite.replace('[robot, mountains]', '[mountains, robot]') },
      false,
    ],
  ])('has a hash of what it says: another %s', async (_what, files, same) => {
    expect((await load(files)).hash === (await load()).hash).toBe(same);
  });

  it('may use anchors and aliases, also for whole maps', async () => {
    const suite = await load({
      'suite.yaml': soundSuite
        .replace('{ place: mountains }', '&where { place: hills }')
        .replace('{ place: valley }', '*where'),
    });
    expect(suite.cases[2]?.prompts['v1']).toEqual(['valley: a robot of felt in the hills']);
  });

  it('takes an asset for a sheet', async () => {
    const suite = await load({ 'suite.yaml': soundSuite.replace('sheet: sheet', 'sheet: archive') });
    expect(suite.characters['robot']?.sheet).toEqual({ asset: 'archive' });
    expect(suite.cases[1]?.images).toEqual([{ name: 'robot', asset: 'archive' }]);
  });

  it('may hold a conversation, with a prompt for each turn', async () => {
    const turns = 'images: [robot, mountains], turns: [{ prompt: scene }, { prompt: sheet }]';
    const suite = await load({ 'suite.yaml': soundSuite.replace('prompt: scene, images: [robot, mountains]', turns) });
    expect(suite.cases[2]?.prompts['v1']).toEqual([
      'valley: a robot of felt in the valley',
      'A sheet of a robot of felt, blue',
    ]);
  });

  it('gives defaults, also to a suite of five lines', async () => {
    const text = 'name: robot\nmodels: [gemini-3-pro-image]\nrevisions: [v1]\ncases:\n  only: { prompt: plain }\n';
    const suite = await load({
      'suite.yaml': text,
      'prompts/v1/plain.hbs': 'A hill',
      'prompts/v1/partials/who.hbs': '',
    });
    expect(suite).toMatchObject({
      samples: { min: 4, max: 4 },
      inputs: 'approved',
      metrics: {},
      checks: {},
      assets: {},
    });
    expect(suite.cases).toMatchObject([{ name: 'only', prompts: { v1: ['A hill'] }, images: [], characters: [] }]);
  });
});

it('tells where a suite may be when there is none', async () => {
  await load();
  const parent = path.dirname(folders.folder);
  const options = { inspectImage: inspectMadeUp };
  await expect(loadSuite(path.join(parent, 'robto'), options)).rejects.toThrow("Did you mean 'robot'?");
  await expect(loadSuite(parent, options)).rejects.toThrow('there is no suite.yaml in');
});

it('loads the robot suite', async () => {
  const folder = new URL('../../suites/robot', import.meta.url).pathname;
  expect(existsSync(folder)).toBe(true);
  const suite = await loadSuite(folder, {
    inspectImage: async (bytes) => {
      const mime = sniff(bytes);
      const size = await dimensions(bytes);
      return mime && size && (await decode(bytes)).raster ? { mime, ...size } : null;
    },
  });
  expect(suite.name).toBe('robot');
  expect(suite.cases.length).toBeGreaterThanOrEqual(9);
});

describe('a model that is newer than the catalogue', () => {
  it('goes through with a warning', async () => {
    const yaml = soundSuite.replace('gemini-3-pro-image', 'gemini-3.5-pro-image');
    const suite = await load({ 'suite.yaml': yaml });
    expect(suite.models[0]?.id).toBe('gemini-3.5-pro-image');
    expect(suite.warnings).toEqual([
      expect.stringMatching(/suite\.yaml:2:10: the model 'gemini-3\.5-pro-image' is not in the catalogue/),
    ]);
  });
});

it('says once of each setting that a model may not follow it', async () => {
  const yaml = soundSuite
    .replace('imageSize: 1K }', 'imageSize: 1K, temperature: 0.4 }')
    .replace('thinkingLevel: high', 'thinkingLevel: high, seed: 7');
  expect((await load({ 'suite.yaml': yaml })).warnings).toEqual([
    expect.stringMatching(/suite\.yaml:5:64: gemini-3-pro-image may not follow temperature, or only roughly$/),
    expect.stringMatching(/suite\.yaml:2:120: gemini-nano-banana-2\.1 may not follow seed, or only roughly$/),
  ]);
  expect((await load({})).warnings).toEqual([]);
});
