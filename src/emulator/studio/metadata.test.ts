import { describe, expect, it } from 'vitest';
import { decode, encodeLossy, encodePng } from '../../image/codec.js';
import { filled } from '../../image/raster.js';
import { readNote, writeNote } from './metadata.js';

const raster = filled(70, 64, [180, 90, 40, 255]);
const note = { character: { eyes: 'goggle' }, drift: 0.25, said: 'für — “Filz” 🤖' };
const files: [string, () => Promise<Uint8Array>][] = [
  ['PNG', async () => encodePng(raster)],
  ['JPEG', async () => encodeLossy(raster, 'image/jpeg', 90)],
];

describe.each(files)('a note in a %s', (_name, make) => {
  it('comes back, and the pixels stay', async () => {
    const bytes = await make();
    const noted = writeNote(bytes, note);
    expect(readNote(noted)).toEqual(note);
    expect((await decode(noted)).raster?.data).toEqual((await decode(bytes)).raster?.data);
  });

  it('is null where there is none or where the file is cut or garbled', async () => {
    const bytes = await make();
    expect(readNote(bytes)).toBeNull();
    const noted = writeNote(bytes, note);
    for (let length = 0; length < 120; length += 1) expect(readNote(noted.subarray(0, length))).toBeNull();
  });
});

it('refuses other files and notes that do not fit', async () => {
  expect(() => writeNote(new Uint8Array(40), note)).toThrow(RangeError);
  expect(() => writeNote(encodePng(raster), 'x'.repeat(70_000))).toThrow(RangeError);
  expect(readNote(new Uint8Array(0))).toBeNull();
});
