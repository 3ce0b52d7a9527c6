import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode, dimensions, encodeLossy, encodePng, rasterizeSvg, resize, sniff, thumbnail } from './codec.js';
import { filled, type Raster } from './raster.js';

/** Every pixel differs from its neighbours, alpha too unless opaque. */
function pattern(width: number, height: number, opaque = true): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i += 1) {
    data.set([(i * 7) & 255, (i * 13) & 255, (i * 29) & 255, opaque ? 255 : 255 - (i % 200)], i * 4);
  }
  return { width, height, data };
}

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

  it('refuses garbled pixels, an empty file and text', async () => {
    const garbled = encodePng(pattern(64, 48));
    garbled.fill(0x55, 200, 400);
    for (const bytes of [garbled, new Uint8Array(), Buffer.from('{"error": 429}')]) {
      expect((await decode(bytes)).reason).toMatch(/^cannot be decoded: /);
    }
  });

  it.each([
    [
      'grey',
      0,
      () => sharp(Buffer.alloc(16, 90), { raw: { width: 4, height: 4, channels: 1 } }).png({ palette: false }),
    ],
    [
      'palette',
      0,
      () => sharp({ create: { width: 4, height: 4, channels: 3, background: '#5a5a5a' } }).png({ palette: true }),
    ],
    [
      '16-bit',
      0,
      () =>
        sharp({ create: { width: 4, height: 4, channels: 3, background: '#5a5a5a' } })
          .toColourspace('rgb16')
          .png(),
    ],
    [
      'CMYK',
      16,
      () =>
        sharp({ create: { width: 4, height: 4, channels: 3, background: '#5a5a5a' } })
          .toColourspace('cmyk')
          .jpeg({ quality: 100 }),
    ],
  ])('gives four 8-bit channels for a %s picture', async (_, tolerance, make) => {
    const { raster } = await decode(await make().toBuffer());
    expect(raster).toMatchObject({ width: 4, height: 4 });
    expect(raster?.data).toHaveLength(64);
    const [red = 0, green = 0, blue = 0, alpha] = raster?.data ?? [];
    for (const channel of [red, green, blue]) expect(Math.abs(channel - 90)).toBeLessThanOrEqual(tolerance);
    expect(alpha).toBe(255);
  });

  it('turns a picture upright by its EXIF, and reads its size from the header', async () => {
    const lying = await sharp(await jpeg())
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await decode(lying)).raster).toMatchObject({ width: 48, height: 64 });
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
