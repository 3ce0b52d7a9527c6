import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeLossy, encodePng } from './codec.js';
import { hasContentCredentials } from './content-credentials.js';
import { filled } from './raster.js';

const picture = filled(16, 16, [10, 200, 90, 255]);
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];
const be32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const insert = (bytes: Uint8Array, at: number, more: readonly number[]) =>
  Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at)]);

const png = encodePng(picture);
const jpeg = await encodeLossy(picture, 'image/jpeg', 90);
const webp = await encodeLossy(picture, 'image/webp', 90);

/** IHDR ends at 33. A chunk: length, type, data, checksum. */
const signedPng = insert(png, 33, [...be32(4), ...ascii('caBX'), 1, 2, 3, 4, ...be32(0)]);
const box = [...ascii('JP'), 0, 1, ...be32(1), ...be32(40), ...ascii('jumb'), ...be32(32), ...ascii('jumdc2pa'), 0];
const signedJpeg = insert(jpeg, 2, [0xff, 0xeb, 0, box.length + 2, ...box]);
const signedWebp = Uint8Array.from([...webp, ...ascii('C2PA'), 4, 0, 0, 0, 1, 2, 3, 4]);
const otherApp11 = insert(jpeg, 2, [0xff, 0xeb, 0, 8, ...ascii('HDR_RI')]);

it.each<[string, Uint8Array, boolean]>([
  ['a PNG without', png, false],
  ['a PNG with', signedPng, true],
  ['a JPEG without', jpeg, false],
  ['a JPEG with', signedJpeg, true],
  ['a JPEG with an APP11 segment of another kind', otherApp11, false],
  ['a WebP without', webp, false],
  ['a WebP with', signedWebp, true],
  ['no picture', Uint8Array.from(ascii('caBX C2PA jumb c2pa')), false],
  ['nothing', new Uint8Array(), false],
])('%s', (_, bytes, expected) => {
  expect(hasContentCredentials(bytes)).toBe(expected);
});

it('reads no further than a cut file goes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(signedPng, signedJpeg, signedWebp),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (all, share) => {
        expect(typeof hasContentCredentials(all.subarray(0, Math.floor(all.length * share)))).toBe('boolean');
      },
    ),
  );
});
