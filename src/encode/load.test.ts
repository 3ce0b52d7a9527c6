import { env } from '@xenova/transformers';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { crop, filled, paste, type Raster } from '../image/raster.js';
import { sha256 } from '../lib/hash.js';
import { hubOf, Loopback } from './__fixtures__/hub.js';
import type { Encoder } from './encoder.js';
import { loadEncoder } from './load.js';

const modelsFolder = path.resolve('models');
const pocketFolder = path.join(modelsFolder, 'pocket-clip');
const clipFolder = path.join(import.meta.dirname, '__fixtures__', 'clip');
const temporary = () => mkdtempSync(path.join(tmpdir(), 'encode-'));
const load = (spec: string, more: object = {}) =>
  loadEncoder(spec, { modelsFolder, cacheFolder: temporary(), ...more });

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A copy of a model's folder without its mean, changed by `change`. */
function copied(change: (folder: string) => void, model = pocketFolder): string {
  const folder = temporary();
  for (const name of ['config.json', 'preprocessor_config.json', 'onnx'])
    cpSync(path.join(model, name), path.join(folder, name), { recursive: true });
  change(folder);
  return folder;
}

/** A face of two colours, unlike for every `i`. */
function picture(i: number, size = 120): Raster {
  const raster = filled(size, size, [(i * 53) % 256, (i * 97) % 256, (i * 29) % 256, 255]);
  paste(raster, filled(30, 20 + i, [(i * 31) % 256, 200, (i * 71) % 256, 255]), 20 + i, 30);
  return raster;
}

const cosine = (a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);

describe('pocket', () => {
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await load('pocket');
  });

  it('says what it is', () => {
    const onnx = readFileSync(path.join(pocketFolder, 'onnx', 'vision_model.onnx'));
    expect(encoder).toMatchObject({ id: 'pocket', sha256: sha256(onnx), dimensions: 192, size: 96 });
    expect(onnx.length).toBeLessThan(12e6);
    expect(encoder.mean).toHaveLength(192);
    expect(encoder.patchMean?.length).toBe(encoder.patches?.dimensions);
  });

  it('gives unit vectors that do not depend on the batch', async () => {
    const pictures = Array.from({ length: 18 }, (_, i) => picture(i));
    const vectors = await encoder.embed(pictures);
    expect(vectors).toHaveLength(18);
    for (const vector of vectors) expect(cosine(vector, vector)).toBeCloseTo(1, 5);
    const [alone] = await encoder.embed(pictures.slice(17));
    expect(cosine(alone, vectors[17])).toBeCloseTo(1, 5);
    expect(cosine(vectors[0], vectors[9])).toBeLessThan(0.95);
  });

  it('sees the same thing at another resolution', async () => {
    const [small, large] = await encoder.embed([picture(3), doubled(picture(3))]);
    expect(cosine(small, large)).toBeGreaterThan(0.98);
  });

  it('says without patches, in eight bits, nearly what it says with them', async () => {
    const whole = await load(copied((folder) => rmSync(path.join(folder, 'onnx', 'pooled_model_quantized.onnx'))));
    const short = await load(copied(() => undefined));
    const pictures = [0, 5, 9].map((i) => picture(i, 96));
    const [one, other] = [await whole.embed(pictures), await short.embed(pictures)];
    const cosines = one.map((vector, i) => cosine(vector, other[i]));
    expect(Math.min(...cosines)).toBeGreaterThan(0.998);
    // Not the same numbers: it is the other file that answers.
    expect(Math.min(...cosines)).toBeLessThan(1 - 1e-6);
  });

  it.each<[string, (onnx: Buffer) => Buffer]>([
    ['gives other vectors than the whole model', (onnx) => onnx.fill(0, 2_350_000, 2_850_000)],
    [
      'does not take what the whole model takes: Got invalid dimensions',
      () => readFileSync(path.join(import.meta.dirname, '__fixtures__/models/pocket-clip/onnx/vision_model.onnx')),
    ],
  ])('takes no other model for its own without patches: %s', async (problem, change) => {
    const folder = copied((copy) => {
      const file = path.join(copy, 'onnx/pooled_model_quantized.onnx');
      writeFileSync(file, change(readFileSync(file)));
    });
    await expect(load(folder)).rejects.toMatchObject({
      problem: expect.stringContaining(`onnx/pooled_model_quantized.onnx ${problem}`) as string,
      details: { fix: 'Delete it to work without, or export both from one model.' },
    });
  });

  it('embeds nothing as nothing', async () => {
    expect(await encoder.embed([])).toEqual([]);
  });
});

/** Every pixel four times. */
function doubled(raster: Raster): Raster {
  const large = filled(raster.width * 2, raster.height * 2, [0, 0, 0, 255]);
  for (let y = 0; y < large.height; y += 1) {
    for (let x = 0; x < large.width; x += 1)
      paste(large, crop(raster, { x: x >> 1, y: y >> 1, width: 1, height: 1 }), x, y);
  }
  return large;
}

describe('a folder', () => {
  it('opens under its own name, without a mean when it has none', async () => {
    const folder = copied(() => undefined);
    const encoder = await load(folder);
    expect(encoder).toMatchObject({ id: path.basename(folder), dimensions: 192, mean: null });
  });

  it.each([
    ['empty', (folder: string) => rmSync(folder, { recursive: true }), /is no folder/],
    [
      'without the model',
      (folder: string) => rmSync(path.join(folder, 'onnx'), { recursive: true }),
      /has no onnx\/vision_model.onnx/,
    ],
    ['with a garbled model', (folder: string) => writeFileSync(onnxOf(folder), 'not a model'), /cannot be opened/],
    [
      'with a cut model',
      (folder: string) => writeFileSync(onnxOf(folder), readFileSync(onnxOf(folder)).subarray(0, 20_000)),
      /cannot be opened/,
    ],
    [
      'with a garbled config',
      (folder: string) => writeFileSync(path.join(folder, 'config.json'), '{'),
      /cannot be opened/,
    ],
    [
      'with another output',
      (folder: string) => rename(folder, 'image_embeds', 'last_hiddens'),
      /gives last_hiddens; an image encoder takes pixel_values/,
    ],
    [
      'with another input',
      (folder: string) => rename(folder, 'pixel_values', 'input_values'),
      /takes input_values and gives image_embeds/,
    ],
  ])('%s', async (_name, change, message) => {
    const error: unknown = await load(copied(change, clipFolder)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UsageError', message: expect.stringMatching(message) as string });
  });

  it('has no quantised pocket', async () => {
    await expect(load('pocket:q8')).rejects.toThrow(/has no onnx\/vision_model_quantized.onnx/);
  });
});

const onnxOf = (folder: string) => path.join(folder, 'onnx', 'vision_model.onnx');

/** Renames a tensor inside the ONNX file; both names have the same length, so the file stays sound. */
function rename(folder: string, from: string, to: string): void {
  const bytes = readFileSync(onnxOf(folder)).toString('latin1').replaceAll(from, to);
  writeFileSync(onnxOf(folder), Buffer.from(bytes, 'latin1'));
}

describe.each([
  ['dinov2', 0],
  ['dinov2-registers', 4],
])('%s', (name, registers) => {
  const folder = path.join(import.meta.dirname, '__fixtures__', name);
  const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as {
    pooled: number[];
    patches: Record<string, number[]>;
  };
  /** The pixel at (x, y) is (x, y, 128). */
  const ramp = filled(224, 224, [0, 0, 128, 255]);
  for (let i = 0; i < 224; i += 1) paste(ramp, filled(1, 224, [i, 0, 128, 255]), i, 0);
  ramp.data.forEach((_, at) => (at % 4 === 1 ? (ramp.data[at] = Math.floor((at >> 2) / 224)) : undefined));
  const furthest = (a: ArrayLike<number>, b: readonly number[]) =>
    Math.max(...b.map((value, i) => Math.abs((a[i] ?? Number.NaN) - value)));

  it("gives the class token and the patches, as PyTorch's", async () => {
    const encoder = await load(folder);
    expect(encoder).toMatchObject({ id: name, size: 224, dimensions: 8, patches: { grid: 16, dimensions: 8 } });
    expect(encoder).toMatchObject({ mean: null, patchMean: null });
    const onnx = path.join(folder, 'onnx', 'model.onnx');
    expect(encoder.sha256).toBe(sha256(readFileSync(onnx)));
    const [pooled = []] = await encoder.embed([ramp]);
    expect(furthest(pooled, expected.pooled)).toBeLessThan(1e-4);
    const [, patches = new Float32Array()] = await encoder.embedPatches([picture(1), ramp]);
    expect(patches).toHaveLength(256 * 8);
    for (const [at, vector] of Object.entries(expected.patches))
      expect(furthest(patches.subarray(Number(at) * 8), vector)).toBeLessThan(1e-4);
  });

  it('puts patches where they are in the picture', async () => {
    const encoder = await load(folder);
    const marked = { ...ramp, data: new Uint8ClampedArray(ramp.data) };
    paste(marked, filled(14, 14, [255, 255, 0, 255]), 14 * 11, 14 * 3);
    const [before, after] = await encoder.embedPatches([ramp, marked]);
    const alike = Array.from({ length: 256 }, (_, i) =>
      cosine(before?.subarray(i * 8, i * 8 + 8), after?.subarray(i * 8, i * 8 + 8)),
    );
    expect(alike.indexOf(Math.min(...alike))).toBe(3 * 16 + 11);
  });

  it('needs the number of registers', async () => {
    const other = temporary();
    cpSync(folder, other, { recursive: true });
    const config = path.join(other, 'config.json');
    const content = JSON.parse(readFileSync(config, 'utf8')) as object;
    writeFileSync(config, JSON.stringify({ ...content, num_register_tokens: registers + 1 }));
    await expect(load(other)).rejects.toThrow(/gives 255 patch vectors in last_hidden_state.*num_register_tokens/s);
  });

  it('takes the quantised file, which is another encoder, when asked to', async () => {
    const other = temporary();
    cpSync(folder, other, { recursive: true });
    const file = (end: string) => path.join(other, 'onnx', `model${end}.onnx`);
    // The version of the program that made the file: the weights stay, the hash does not.
    const bytes = readFileSync(file('')).toString('latin1').replace('1.13.0', '1.13.9');
    writeFileSync(file('_quantized'), Buffer.from(bytes, 'latin1'));
    const [full, quantised] = [await load(other), await load(`${other}:q8`)];
    expect(full.sha256).toBe(sha256(readFileSync(file(''))));
    expect(quantised.sha256).toBe(sha256(readFileSync(file('_quantized'))));
    expect(quantised.sha256).not.toBe(full.sha256);
    expect([full.id, quantised.id]).toEqual([path.basename(other), `${path.basename(other)}:q8`]);
    rmSync(file('_quantized'));
    await expect(load(`${other}:q8`)).rejects.toThrow(/has no onnx\/model_quantized.onnx/);
  });
});

it('without patches refuses to give any', async () => {
  const encoder = await load(clipFolder);
  expect(encoder).toMatchObject({ dimensions: 8, patches: null, patchMean: null });
  await expect(encoder.embedPatches([])).rejects.toThrow(/encoder 'clip' gives no patch vectors/);
});

describe('the hub', () => {
  it.each(['Xenova/clip-vit-base-patch32', 'Xenova/clip-vit-base-patch16'])(
    'has %s, which is downloaded once, with progress, and read from the cache afterwards',
    async (id) => {
      const asked: string[] = [];
      const cacheFolder = temporary();
      const lines: string[] = [];
      const onProgress = (line: string) => lines.push(line);
      const before = { ...env };
      await using hub = await Loopback.serve(hubOf({ [id]: clipFolder }, asked));
      const first = await load(id, { cacheFolder, remoteHost: hub.url, onProgress });
      expect(first).toMatchObject({
        id,
        dimensions: 8,
        patches: null,
        sha256: sha256(readFileSync(onnxOf(clipFolder))),
      });
      expect(lines.at(-1)).toMatch(new RegExp(`^downloading ${id}: 100 % of \\d+ MB$`));
      expect({ ...env }).toEqual(before);
      const downloads = asked.filter((line) => line.startsWith('GET')).sort();
      expect(new Set(downloads)).toEqual(
        new Set(
          ['config.json', 'onnx/vision_model.onnx', 'preprocessor_config.json'].map(
            (file) => `GET /${id}/resolve/main/${file}`,
          ),
        ),
      );

      const offline = await load(id, { cacheFolder, remoteHost: await closedPort(), onProgress });
      expect(offline.sha256).toBe(first.sha256);
      expect(lines.filter((line) => line.includes('100 %'))).toHaveLength(1);
    },
  );

  it('has a quantised model, which is another encoder from the same folder', async () => {
    const folder = copied((other) => {
      const bytes = readFileSync(onnxOf(other)).toString('latin1').replace('1.13.0', '1.13.9');
      writeFileSync(path.join(other, 'onnx', 'vision_model_quantized.onnx'), Buffer.from(bytes, 'latin1'));
    }, clipFolder);
    const cacheFolder = temporary();
    await using hub = await Loopback.serve(hubOf({ 'owner/tiny': folder }));
    const full = await load('owner/tiny', { cacheFolder, remoteHost: hub.url });
    const quantised = await load('owner/tiny:q8', { cacheFolder, remoteHost: hub.url });
    expect(quantised.id).toBe('owner/tiny:q8');
    expect(quantised.sha256).toBe(sha256(readFileSync(path.join(folder, 'onnx', 'vision_model_quantized.onnx'))));
    expect(quantised.sha256).not.toBe(full.sha256);
  });

  /** Half of the model, then the connection is gone; `length` says whether its length was announced. */
  const cut =
    (length: boolean): RequestListener =>
    (request, response) => {
      if (request.url?.endsWith('.onnx') !== true || request.method === 'HEAD') {
        hubOf({ 'owner/tiny': clipFolder })(request, response);
        return;
      }
      const body = readFileSync(onnxOf(clipFolder));
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, length ? { 'content-length': body.length } : { connection: 'close' });
      response.write(body.subarray(0, body.length >> 1), () => {
        response.socket?.end();
      });
    };

  it.each([
    ['cut off', cut(true), /cannot be had from/],
    ['cut off without a length', cut(false), /is damaged: .*Protobuf.*has been deleted; try again/s],
    [
      'a page instead of the files',
      ((_request, response) => response.writeHead(200).end('<html>log in</html>')) as RequestListener,
      /is damaged: .*not valid JSON.*has been deleted; try again/s,
    ],
  ])('leaves nothing of a download that was %s', async (_name, listener, message) => {
    const cacheFolder = temporary();
    {
      await using hub = await Loopback.serve(listener);
      await expect(load('owner/tiny', { cacheFolder, remoteHost: hub.url })).rejects.toThrow(message);
    }
    await using hub = await Loopback.serve(hubOf({ 'owner/tiny': clipFolder }));
    const encoder = await load('owner/tiny', { cacheFolder, remoteHost: hub.url });
    expect(encoder.sha256).toBe(sha256(readFileSync(onnxOf(clipFolder))));
    expect(readdirSync(path.join(cacheFolder, 'owner/tiny/onnx'))).toEqual(['vision_model.onnx']);
  });

  it('clears away what a killed process left of a download, but not what another is still writing', async () => {
    const cacheFolder = temporary();
    const left = (name: string) => path.join(cacheFolder, 'owner/tiny/onnx', `vision_model.onnx.tmp.${name}`);
    mkdirSync(path.dirname(left('')), { recursive: true });
    for (const name of ['123.abc', '124.-5x']) writeFileSync(left(name), 'half a mod');
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(left('123.abc'), longAgo, longAgo);
    await using hub = await Loopback.serve(hubOf({ 'owner/tiny': clipFolder }));
    await load('owner/tiny', { cacheFolder, remoteHost: hub.url });
    expect(readdirSync(path.dirname(left('')))).toEqual(['vision_model.onnx', 'vision_model.onnx.tmp.124.-5x']);
  });

  it.each([
    ['answers 404', () => serve((_request, response) => response.writeHead(404).end())],
    ['answers 503', () => serve((_request, response) => response.writeHead(503).end())],
    ['refuses the connection', () => closedPort()],
  ])('that %s', async (_name, host) => {
    const before = { ...env };
    const error: unknown = await load('owner/absent', { remoteHost: await host() }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/cannot be had from http:\/\/127[^]*--encoder pocket.*HF_ENDPOINT/) as string,
    });
    expect({ ...env }).toEqual(before);
  });
});

/** A server for the length of the test. */
async function serve(listener: RequestListener): Promise<string> {
  const server = await Loopback.serve(listener);
  closers.push(() => server[Symbol.asyncDispose]());
  return server.url;
}

async function closedPort(): Promise<string> {
  await using server = await Loopback.serve(() => undefined);
  return server.url;
}
