import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { adobeRgb, profile } from './__fixtures__/icc.js';
import { chunk, png, profileChunk, type PngFile } from './__fixtures__/png.js';
import {
  decode,
  dimensions,
  encodeLossy,
  encodePng,
  rasterizeSvg,
  resize,
  resizer,
  sniff,
  thumbnail,
} from './codec.js';
import { filled, type Raster } from './raster.js';

/** Every pixel differs from its neighbours, alpha too unless opaque. */
function pattern(width: number, height: number, opaque = true): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i += 1) {
    data.set([(i * 7) & 255, (i * 13) & 255, (i * 29) & 255, opaque ? 255 : 255 - (i % 200)], i * 4);
  }
  return { width, height, data };
}

const red = { width: 1, height: 1, kind: 'rgb', samples: [255, 0, 0] } as const;

const high = (...values: number[]) => values.map((value) => value * 257);
const kinds: [name: string, file: Omit<PngFile, 'width' | 'height'>, pixels: number[]][] = [
  ['grey', { kind: 'grey', samples: [0, 90] }, [0, 0, 0, 255, 90, 90, 90, 255]],
  ['grey of 16 bits', { kind: 'grey', depth: 16, samples: high(0, 90) }, [0, 0, 0, 255, 90, 90, 90, 255]],
  ['grey and alpha', { kind: 'grey+alpha', samples: [90, 128, 200, 0] }, [90, 90, 90, 128, 200, 200, 200, 0]],
  [
    'a palette with alpha',
    {
      kind: 'palette',
      samples: [1, 0],
      before: [chunk('PLTE', Uint8Array.of(1, 2, 3, 250, 100, 50)), chunk('tRNS', Uint8Array.of(7))],
    },
    [250, 100, 50, 255, 1, 2, 3, 7],
  ],
  [
    'one colour as transparent',
    { kind: 'rgb', samples: [1, 2, 3, 4, 5, 6], before: [chunk('tRNS', Uint8Array.of(0, 1, 0, 2, 0, 3))] },
    [1, 2, 3, 0, 4, 5, 6, 255],
  ],
  ['16 bits', { kind: 'rgb', depth: 16, samples: high(128, 18, 255, 0, 1, 2) }, [128, 18, 255, 255, 0, 1, 2, 255]],
  [
    '16 bits and alpha',
    { kind: 'rgba', depth: 16, samples: high(128, 18, 255, 77, 0, 1, 2, 0) },
    [128, 18, 255, 77, 0, 1, 2, 0],
  ],
  ['full transparency', { kind: 'rgba', samples: [9, 8, 7, 0, 1, 2, 3, 0] }, [9, 8, 7, 0, 1, 2, 3, 0]],
];

/** What a picture of the rows ab, cd, ef looks like upright, by the orientations of EXIF 2.32. */
const orientations: [number, [string, ...string[]]][] = [
  [1, ['ab', 'cd', 'ef']],
  [2, ['ba', 'dc', 'fe']],
  [3, ['fe', 'dc', 'ba']],
  [4, ['ef', 'cd', 'ab']],
  [5, ['ace', 'bdf']],
  [6, ['eca', 'fdb']],
  [7, ['fdb', 'eca']],
  [8, ['bdf', 'ace']],
];

const colourOf = (letter: string) => [20 * (letter.charCodeAt(0) - 96), 200, 7];

/** EXIF in a PNG: a big-endian TIFF directory with the one entry 0x112. */
function orientationChunk(orientation: number): Uint8Array {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return chunk('eXIf', Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0));
}

/** The same colours in two spaces, 0-255, by the matrices and curves of CSS Color 4. */
type Conversions = readonly (readonly [inFile: readonly number[], inSrgb: readonly number[]])[];
const fromAdobeRgb: Conversions = [
  [
    [219, 0, 0],
    [255, 0, 0],
  ],
  [
    [128, 128, 128],
    [129, 129, 129],
  ],
  [
    [100, 150, 200],
    [66, 151, 203],
  ],
  [
    [90, 30, 60],
    [104, 24, 58],
  ],
];
const fromDisplayP3: Conversions = [
  [
    [234, 51, 35],
    [255, 0, 0],
  ],
  [
    [117, 251, 76],
    [3, 255, 0],
  ],
  [
    [0, 0, 245],
    [0, 0, 255],
  ],
  [
    [200, 120, 60],
    [213, 115, 42],
  ],
  [
    [60, 90, 150],
    [50, 91, 155],
  ],
];

const jpeg = () => encodeLossy(pattern(64, 48), 'image/jpeg', 90);

describe('sniff', () => {
  const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  it.each([
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
    ['GIF89a', 'image/gif'],
    ['\0\0\0\x1cftypavif', 'image/avif'],
    ['\0\0\0\x1cftypheic', 'image/heic'],
    ['\0\0\0\x1cftypmif1', 'image/heic'],
    ['\0\0\0\x1cftypmp42', null],
    ['RIFF\x10\0\0\0WAVEfmt ', null],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', null],
    ['\x89PN', null],
    ['', null],
  ])('%j is %s', (head, mime) => expect(sniff(bytes(head))).toBe(mime));

  it('knows what this codec writes', async () => {
    expect(sniff(encodePng(pattern(4, 4)))).toBe('image/png');
    expect(sniff(await jpeg())).toBe('image/jpeg');
    expect(sniff(await encodeLossy(pattern(4, 4), 'image/webp', 80))).toBe('image/webp');
  });
});

describe('decode', () => {
  it.each([true, false])('gives back exactly what encodePng took (opaque: %s)', async (opaque) => {
    const raster = pattern(37, 21, opaque);
    expect((await decode(encodePng(raster))).raster).toEqual(raster);
  });

  it.each([0.3, 0.6, 0.95])('refuses a PNG and a JPEG cut at %f of their length', async (share) => {
    for (const whole of [encodePng(pattern(64, 48)), await jpeg()]) {
      const cut = await decode(whole.subarray(0, Math.floor(whole.length * share)));
      expect(cut.raster).toBeUndefined();
      expect(cut.reason).toMatch(/^cannot be decoded: /);
    }
  });

  it('refuses garbled pixels', async () => {
    const garbled = encodePng(pattern(64, 48));
    garbled.fill(0x55, 200, 400);
    expect((await decode(garbled)).reason).toMatch(/^cannot be decoded: it is cut or damaged \(/);
  });

  it.each(['webp', 'gif', 'avif', 'jpeg'] as const)('refuses a cut %s', async (format) => {
    const whole = await sharp(encodePng(pattern(64, 48)))
      .toFormat(format)
      .toBuffer();
    for (const share of [0.02, 0.3, 0.9]) {
      expect((await decode(whole.subarray(0, whole.length * share))).reason).toMatch(/^cannot be decoded: it is/);
    }
  });

  it.each([
    ['an empty file', new Uint8Array(), 'it is empty'],
    ['text named .png', Buffer.from('{"error": 429}'), 'it is no PNG, JPEG, WebP, GIF, AVIF or HEIC picture'],
    ['a drawing', Buffer.from('<svg width="9" height="9"/>'), 'it is no PNG, JPEG, WebP, GIF, AVIF or HEIC picture'],
    ['a PNG of its first bytes', png(red).subarray(0, 30), 'it is cut or damaged (Input buffer has corrupt header:)'],
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'HEIC is not supported, save it as PNG or JPEG'],
    [
      'too many pixels',
      png({ ...red, width: 9000, height: 9000 }),
      'its 9000x9000 px are over the pixel limit, at most 16383 a side and 67108864 in all',
    ],
    [
      'too long a side',
      png({ ...red, width: 16384 }),
      'its 16384x1 px are over the pixel limit, at most 16383 a side and 67108864 in all',
    ],
  ])('says of %s what is wrong', async (_, bytes, reason) => {
    expect(await decode(bytes)).toEqual({ reason: `cannot be decoded: ${reason}` });
  });

  it.each(kinds)('reads %s', async (_, file, pixels) => {
    const { raster } = await decode(png({ width: 2, height: 1, ...file }));
    expect([...(raster?.data ?? [])]).toEqual(pixels);
  });

  it.each([1, 8, 63])('reads a picture of %i px', async (side) => {
    expect((await decode(encodePng(pattern(side, side)))).raster).toEqual(pattern(side, side));
  });

  it.each(['#5a5a5a', '#ffffff', '#b43c3c', '#3c785a'])('reads %s from a CMYK JPEG', async (background) => {
    const cmyk = await sharp({ create: { width: 8, height: 8, channels: 3, background } })
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const { raster } = await decode(cmyk);
    const wanted = [1, 3, 5].map((at) => parseInt(background.slice(at, at + 2), 16));
    wanted.forEach((value, i) => expect(Math.abs((raster?.data[i] ?? NaN) - value)).toBeLessThanOrEqual(16));
    expect(raster?.data[3]).toBe(255);
  });

  it.each(orientations)('turns a picture upright, EXIF orientation %i', async (orientation, rows) => {
    const samples = [...'abcdef'].flatMap((letter) => colourOf(letter));
    const file = png({ width: 2, height: 3, kind: 'rgb', samples, before: [orientationChunk(orientation)] });
    const { raster } = await decode(file);
    const size = { width: rows[0].length, height: rows.length };
    expect(raster).toMatchObject(size);
    expect([...(raster?.data ?? [])]).toEqual([...rows.join('')].flatMap((letter) => [...colourOf(letter), 255]));
    expect(await dimensions(file)).toEqual(size);
  });

  it('turns a JPEG upright', async () => {
    const lying = await sharp(await jpeg())
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await decode(lying)).raster).toMatchObject({ width: 48, height: 64 });
    expect(await dimensions(lying)).toEqual({ width: 48, height: 64 });
  });

  it.each([8, 16] as const)('converts colour profiles to sRGB at %i bits', async (depth) => {
    const withP3 = await sharp(encodePng(pattern(1, 1)))
      .withIccProfile('p3')
      .toBuffer();
    const displayP3 = (await sharp(withP3).metadata()).icc ?? Buffer.of();
    for (const [icc, colours] of [
      [profile(adobeRgb), fromAdobeRgb],
      [displayP3, fromDisplayP3],
    ] as const) {
      const samples = colours.flatMap(([inFile]) => inFile.map((value) => (depth === 16 ? value * 257 : value)));
      const before = [profileChunk(icc)];
      const { raster } = await decode(png({ width: colours.length, height: 1, kind: 'rgb', depth, samples, before }));
      const wanted = colours.flatMap(([, inSrgb]) => [...inSrgb, 255]);
      wanted.forEach((value, i) => expect(Math.abs((raster?.data[i] ?? NaN) - value)).toBeLessThanOrEqual(3));
    }
  });

  it('takes a damaged profile for sRGB', async () => {
    const before = [profileChunk(Buffer.from('no profile'))];
    const { raster } = await decode(png({ ...red, before }));
    expect([...(raster?.data ?? [])]).toEqual([255, 0, 0, 255]);
  });

  it.each(['gif', 'webp'] as const)('takes the first frame of an animated %s', async (format) => {
    const frames = (
      [
        [255, 0, 0, 255],
        [0, 0, 255, 255],
      ] as const
    ).map((colour) => encodePng(filled(4, 3, colour)));
    const animated = await sharp(frames, { join: { animated: true } })
      .toFormat(format, { lossless: true })
      .toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(2);
    expect((await decode(animated)).raster).toEqual(filled(4, 3, [255, 0, 0, 255]));
  });

  it('takes the first frame of an animated PNG', async () => {
    const frame = (sequence: number) => {
      const control = Buffer.alloc(26);
      [sequence, 1, 1].forEach((value, i) => control.writeUInt32BE(value, 4 * i));
      control.writeUInt16BE(10, 22);
      return chunk('fcTL', control);
    };
    const second = chunk('fdAT', Buffer.concat([Buffer.of(0, 0, 0, 2), deflateSync(Buffer.of(0, 9, 9, 9))]));
    const before = [chunk('acTL', Buffer.of(0, 0, 0, 2, 0, 0, 0, 0)), frame(0)];
    const { raster } = await decode(png({ ...red, before, after: [frame(1), second] }));
    expect([...(raster?.data ?? [])]).toEqual([255, 0, 0, 255]);
  });

  it('has no size for what is no picture', async () => {
    expect(await dimensions(await jpeg())).toEqual({ width: 64, height: 48 });
    expect(await dimensions(Buffer.from('no picture'))).toBeNull();
  });

  it('gives the same pixels with and without metadata', async () => {
    const bare = encodePng(pattern(32, 32));
    const note = { IFD0: { ImageDescription: '{"drift": 0.7}', Artist: 'somebody' } };
    const noted = await sharp(bare).withExif(note).png().toBuffer();
    expect(noted.includes('drift')).toBe(true);
    expect((await decode(noted)).raster).toEqual((await decode(bare)).raster);
  });
});

describe('making pictures', () => {
  it('resizes one colour to the same colour', async () => {
    const small = await resize(filled(50, 40, [10, 200, 30, 255]), 20, 30);
    expect(small).toEqual(filled(20, 30, [10, 200, 30, 255]));
  });
  it.each([
    [1, 1],
    [5, 3],
    [7, 9],
    [37, 23],
  ])('resizes an opaque picture of %i x %i to what sharp makes of its four channels', async (width, height) => {
    const source = pattern(width, height);
    const raw = { width, height, channels: 4 } as const;
    const resized = resizer(source);
    for (const [across, down] of [
      [width, height],
      [20, 11],
    ] as const) {
      const reference = await sharp(source.data, { raw }).resize(across, down, { fit: 'fill' }).raw().toBuffer();
      expect(await resized(across, down)).toEqual({
        width: across,
        height: down,
        data: Uint8ClampedArray.from(reference),
      });
    }
  });
  it('weighs colours by what is not transparent', async () => {
    const half = filled(2, 1, [200, 100, 0, 255]);
    half.data.set([0, 255, 255, 0], 4);
    const [r = 0, g = 0, b = 0] = (await resize(half, 1, 1)).data;
    expect(Math.max(Math.abs(r - 200), Math.abs(g - 100), b)).toBeLessThanOrEqual(1);
  });
  it('never enlarges a thumbnail', async () => {
    expect(await dimensions(await thumbnail(encodePng(pattern(64, 48)), 640))).toEqual({ width: 64, height: 48 });
    expect(await dimensions(await thumbnail(encodePng(pattern(64, 48)), 32))).toEqual({ width: 32, height: 24 });
  });
  it('draws an SVG at the size asked for', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><rect width="2" height="1" fill="#0a141e"/></svg>';
    expect(await rasterizeSvg(svg, 8, 4)).toEqual(filled(8, 4, [10, 20, 30, 255]));
  });
});
