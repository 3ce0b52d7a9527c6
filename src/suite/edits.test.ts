import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../lib/errors.js';
import { sha256 } from '../lib/hash.js';
import { edited, SuiteFolders } from './__fixtures__/suite-folder.js';
import type { Suite } from './suite.js';

const folders = new SuiteFolders();
afterAll(() => folders.remove());

/** The sound suite with something more in its case `sheet`, whose first image is an asset. */
async function load(more: string, prompt = 'A sheet. {{mask}}', edits: [string, string][] = []): Promise<Suite> {
  const suite = edited([
    ['images: [archive]', `images: [archive], generation: { aspectRatio: '4:3' }, ${more}`],
    ...edits,
  ]);
  return folders.load({
    'suite.yaml': suite,
    'prompts/v1/sheet.hbs': prompt,
    'prompts/v2/sheet.hbs': prompt,
    'assets/mask.png': 'white',
    'assets/black.png': 'black',
  });
}

async function complaint(more: string, edits: [string, string][] = []): Promise<string> {
  const error: unknown = await load(more, 'A sheet.', edits).catch((thrown: unknown) => thrown);
  if (!(error instanceof UsageError)) throw error;
  return error.message.replaceAll(`${folders.folder}/`, '');
}

describe('a mask', () => {
  it('sends the picture once more, marked, and says so', async () => {
    const { cases, assets } = await load('mask: assets/mask.png, keep: outside-mask');
    const name = 'archive marked by assets/mask.png';
    expect(cases[0]).toMatchObject({
      images: [
        { name: 'archive', asset: 'archive' },
        { name, asset: name },
      ],
      edit: { picture: 'archive', marked: name, outpaint: null, keeps: true },
      prompts: {
        v1: [
          'A sheet. Image 2: Image 1 once more, with the region to edit marked in magenta; the marks are no part of the picture.',
        ],
      },
    });
    expect(assets[name]).toMatchObject({ mime: 'image/png', sha256: sha256('PNG archive + white') });
  });

  it('may keep nothing, and then its shape does not matter', async () => {
    const { cases } = await load('mask: assets/mask.png', 'A sheet.', [["aspectRatio: '4:3'", "aspectRatio: '16:9'"]]);
    expect(cases[0]?.edit).toMatchObject({ keeps: false });
  });

  it('leaves the cases without one as they were', async () => {
    const { cases } = await load('vars: {}', 'A sheet.');
    for (const each of cases) expect(Object.keys(each)).not.toContain('edit');
    await expect(load('vars: {}')).rejects.toThrow('mask');
  });

  it.each([
    ['mask: assets/black.png', "the mask 'assets/black.png' of 'archive' is all black: it marks nothing"],
    ['mask: assets/mark.png', "there is no file 'assets/mark.png'. Did you mean 'assets/mask.png'?"],
    ['mask: ../mask.png', "'../mask.png' leaves the suite's folder"],
    ['keep: outside-mask', "'sheet' keeps what is outside the mask, but has no 'mask'"],
    ['mask: assets/mask.png, outpaint: left', "'sheet' has both 'mask' and 'outpaint'"],
  ])('%s: %s', async (more, problem) => {
    const message = await complaint(more);
    expect(message).toContain('suite.yaml:10:');
    expect(message.replaceAll(/'[^']*\/(?=assets\/mark)/g, "'")).toContain(problem);
  });

  it('needs a picture, of its own shape where something is kept', async () => {
    const none: [string, string] = ['images: [archive], generation', 'images: [], generation'];
    expect(await complaint('mask: assets/mask.png', [none])).toContain("'sheet' has 'mask', but no picture to mark");
    const wide: [string, string] = ["aspectRatio: '4:3'", "aspectRatio: '16:9'"];
    expect(await complaint('mask: assets/mask.png, keep: outside-mask', [wide])).toContain(
      "'sheet' keeps what is outside the mask, but 16:9 is not the shape of 'archive' (640x480)",
    );
  });
});

describe('outpaint', () => {
  const ratio = (to: string): [string, string] => ["aspectRatio: '4:3'", `aspectRatio: '${to}'`];

  it.each([
    ['right', '21:9'],
    ['up', '1:1'],
    ['all', '4:3'],
  ])('%s to %s is a plan', async (side, to) => {
    const { cases } = await load(`outpaint: ${side}`, 'A sheet.', [ratio(to)]);
    expect(cases[0]).toMatchObject({
      images: [{ name: 'archive' }],
      edit: { picture: 'archive', marked: null, outpaint: side, keeps: true },
    });
  });

  it.each([
    ['right', '4:3', "'sheet' extends 'archive' (640x480) to the right, but 4:3 is no wider"],
    ['left', '9:16', 'to the left, but 9:16 is no wider'],
    ['down', '16:9', 'downwards, but 16:9 is no taller'],
  ])('%s to %s is none', async (side, to, problem) => {
    expect(await complaint(`outpaint: ${side}`, [ratio(to)])).toContain(problem);
  });

  it('needs a ratio', async () => {
    const none: [string, string][] = [
      ["generation: { aspectRatio: '4:3' }, ", ''],
      ['aspectRatio: "16:9", ', ''],
    ];
    expect(await complaint('outpaint: left', none)).toContain("'sheet' is to be extended, but to no ratio");
  });

  it('is no part of a conversation', async () => {
    expect(await complaint('outpaint: left, turns: [{ prompt: sheet }, { prompt: sheet }]', [ratio('16:9')])).toContain(
      "'sheet' has both 'turns' and 'outpaint'",
    );
  });
});
