/** Colour profiles (ICC.1:2001-04, matrix and gamma) written from the specification. */

/** Primaries in XYZ under D50, red, green, blue; and the exponent of the tone curve. */
export interface Space {
  primaries: readonly (readonly [number, number, number])[];
  gamma: number;
}

/** Adobe RGB (1998), as its specification gives it under D50 (4.3.5.3 and 4.3.1.2). */
export const adobeRgb: Space = {
  primaries: [
    [0.60974, 0.31111, 0.01947],
    [0.20528, 0.62567, 0.06087],
    [0.14919, 0.06322, 0.74457],
  ],
  gamma: 563 / 256,
};

const D50 = [0.9642, 1, 0.8249] as const;

export function profile({ primaries, gamma }: Space): Uint8Array {
  const [red, green, blue] = primaries;
  const curve = tag('curv', 4 + 2);
  curve.writeUInt32BE(1, 8);
  curve.writeUInt16BE(Math.round(gamma * 256), 12);
  const text = Buffer.concat([tag('text', 0), Buffer.from('none\0')]);
  const name = tag('desc', 4 + 5 + 12 + 67);
  name.writeUInt32BE(5, 8);
  name.write('test\0', 12, 'latin1');
  const tags: [string, Buffer][] = [
    ['desc', name],
    ['cprt', text],
    ['wtpt', xyz(D50)],
    ['rXYZ', xyz(red ?? D50)],
    ['gXYZ', xyz(green ?? D50)],
    ['bXYZ', xyz(blue ?? D50)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  let offset = 128 + table.length;
  const bodies = tags.map(([signature, data], i) => {
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    table.write(signature, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(offset, 8 + 12 * i);
    table.writeUInt32BE(data.length, 12 + 12 * i);
    offset += padded.length;
    return padded;
  });
  const header = Buffer.alloc(128);
  header.writeUInt32BE(offset, 0);
  header.writeUInt32BE(0x02400000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  D50.forEach((value, i) => header.writeInt32BE(Math.round(value * 65536), 68 + 4 * i));
  return Buffer.concat([header, table, ...bodies]);
}

function tag(type: string, size: number): Buffer {
  const data = Buffer.alloc(8 + size);
  data.write(type, 0, 'latin1');
  return data;
}

function xyz(values: readonly [number, number, number]): Buffer {
  const data = tag('XYZ ', 12);
  values.forEach((value, i) => data.writeInt32BE(Math.round(value * 65536), 8 + 4 * i));
  return data;
}
