import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hubOf, Loopback } from '../encode/__fixtures__/hub.js';
import { encodePng } from '../image/codec.js';
import { filled, paste, type Raster } from '../image/raster.js';
import { sha256 } from '../lib/hash.js';
import { Workplace } from './__fixtures__/in-process.js';

const clip = join(import.meta.dirname, '../encode/__fixtures__/clip');

/** A figure of two colours with eyes. */
function figure(colour: [number, number, number, number]): Raster {
  const raster = filled(60, 120, colour);
  paste(raster, filled(60, 40, [20, 40, 90, 255]), 0, 80);
  paste(raster, filled(10, 10, [255, 250, 250, 255]), 15, 20);
  return raster;
}

function onPaper(width: number, height: number, paper: [number, number, number, number], at: number[]): Uint8Array {
  const raster = filled(width, height, paper);
  for (const x of at) paste(raster, figure([200, 80, 40, 255]), x, height - 140);
  return encodePng(raster);
}

/** A place with a sheet and `n` pictures, 1.png on. */
function placeWith(n: number, env = {}): Workplace {
  const place = new Workplace(env);
  writeFileSync(place.path('sheet.png'), onPaper(320, 180, [255, 255, 255, 255], [60, 200]));
  for (let i = 1; i <= n; i += 1)
    writeFileSync(place.path(`${i}.png`), onPaper(240, 180, [90, 40 + 30 * i, 200, 255], [20 * i]));
  return place;
}

interface Line {
  image: string;
  sha256: string | null;
  reason: string | null;
  scores: Record<string, { value: number | null } | undefined>;
  encoder: { id: string; sha256: string };
}

const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const flags = ['--sheet', 'sheet.png', '--json'];

describe('evaluate score', () => {
  it('gives a line for each picture in their order, and exit 3 when some cannot be scored', async () => {
    await using place = placeWith(3);
    writeFileSync(place.path('broken.png'), 'no picture');
    writeFileSync(place.path('dot.png'), encodePng(filled(1, 1, [1, 2, 3, 255])));
    mkdirSync(place.path('folder.png'));
    const names = ['1.png', 'absent.png', '2.png', 'broken.png', 'folder.png', 'dot.png', '3.png'];
    const { code, stdout, stderr } = await place.run(
      'score',
      ...names,
      ...flags,
      '--encoder',
      clip,
      '--evidence',
      'seen',
    );
    const lines = linesOf(stdout);
    expect(lines.map(({ image, reason }) => [image, reason])).toEqual([
      ['1.png', null],
      ['absent.png', 'there is no such file'],
      ['2.png', null],
      ['broken.png', expect.stringContaining('cannot be decoded')],
      ['folder.png', 'it is no file'],
      ['dot.png', null],
      ['3.png', null],
    ]);
    for (const { image, reason, scores, sha256: hash, encoder } of lines) {
      expect(encoder).toEqual({ id: 'clip', sha256: sha256(readFileSync(join(clip, 'onnx/vision_model.onnx'))) });
      if (reason !== null) expect(scores).toEqual({});
      else {
        expect(hash).toBe(sha256(readFileSync(place.path(image))));
        // A dot is a picture, but too few pixels to see anybody in.
        expect([image, scores['consistency']?.value === null]).toEqual([image, image === 'dot.png']);
      }
    }
    expect({ code, stderr }).toEqual({ code: 3, stderr: '4 of 7 pictures could not be scored\n' });
    expect(readdirSync(place.path('seen')).map((name) => name.split('-')[0])).toEqual(['1', '2', '3']);
  });

  it('reads names from standard input, and shows each row before it waits for the next name', async () => {
    await using place = placeWith(2);
    const shown: string[] = [];
    let wake: () => void = () => undefined;
    place.onOutput = (text) => {
      shown.push((JSON.parse(text) as Line).image);
      wake();
    };
    place.stdin = (async function* () {
      for (const name of ['1.png', '', '2.png']) {
        yield name;
        if (name !== '') await new Promise<void>((resolve) => (wake = resolve));
      }
    })();
    const { code } = await place.run('score', '-', ...flags, '--encoder', clip);
    expect(shown).toEqual(['1.png', '2.png']);
    expect(code).toBe(0);
  });

  it('has nothing to score when no name comes', async () => {
    await using place = placeWith(0);
    const { code, stderr } = await place.run('score', '-', ...flags, '--encoder', clip);
    expect(stderr).toContain('no picture was named on standard input');
    expect(code).toBe(2);
  });

  it('notes a picture that shows the character twice', async () => {
    await using place = placeWith(0);
    const { stdout } = await place.run('score', 'sheet.png', '--sheet', 'sheet.png', '--encoder', 'pocket');
    expect(stdout).toMatch(/sheet\.png .* 2 times in the picture/);
  });

  it('says when the sheet shows nobody: nothing is scored against it', async () => {
    await using place = placeWith(1);
    writeFileSync(place.path('blank.png'), encodePng(filled(300, 200, [255, 255, 255, 255])));
    const { code, stdout, stderr } = await place.run('score', '1.png', '--sheet', 'blank.png', '--encoder', clip);
    expect(stdout).toMatch(/1\.png .*no view was found on the sheet/);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '1 of 1 pictures could not be scored\n' });
  });

  it.each<[string, string[], RegExp]>([
    ['no sheet', ['--sheet', 'absent.png'], /there is no sheet at 'absent.png'/],
    ['a sheet that is no picture', ['--sheet', 'notes.txt'], /notes.txt: the sheet cannot be decoded/],
    ['a view without a name', ['--sheet', 'sheet.png', '--views', 'front,'], /Name each view once/],
    ['a view named twice', ['--sheet', 'sheet.png', '--views', 'front,front'], /Name each view once/],
    ['an unknown precision', ['--sheet', 'sheet.png', '--encoder', `${clip}:int8`], /no precision 'int8'/],
    ['no such precision', ['--sheet', 'sheet.png', '--encoder', `${clip}:q8`], /has no onnx\/vision_model_quantized/],
  ])('%s is exit 2', async (_name, args, message) => {
    await using place = placeWith(1);
    writeFileSync(place.path('notes.txt'), 'notes');
    const { code, stdout, stderr } = await place.run('score', '1.png', '--encoder', clip, ...args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

it('ends without a word when nobody reads its output any more', async () => {
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, 'score', '--help']);
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
}, 30_000);

it.each(['Xenova/clip-vit-base-patch32', 'Xenova/clip-vit-base-patch16'])(
  'scores with %s from a mirror of the hub, and without one from the cache',
  async (id) => {
    const asked: string[] = [];
    await using hub = await Loopback.serve(hubOf({ [id]: clip }, asked));
    await using place = placeWith(1, { hubMirror: hub.url });
    const command = ['score', '1.png', ...flags, '--encoder', id];
    const first = await place.run(...command);
    const hash = sha256(readFileSync(join(clip, 'onnx/vision_model.onnx')));
    expect(first.code).toBe(0);
    expect(linesOf(first.stdout)[0]?.encoder).toEqual({ id, sha256: hash });
    expect(first.stderr).toMatch(new RegExp(`^downloading ${id}: \\d+ % of 0 MB\n`));
    expect(asked.length).toBeGreaterThan(2);
    asked.length = 0;
    expect(await place.run(...command)).toEqual({ code: 0, stdout: first.stdout, stderr: '' });
    expect(asked).toEqual([]);
  },
);
