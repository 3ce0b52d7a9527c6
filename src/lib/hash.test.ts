import fc from 'fast-check';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { canonicalJson, hash31, sha256, sha256OfFile } from './hash.js';

// FIPS 180-4 examples; the last one from Python's hashlib, on UTF-8 bytes.
it.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['é', '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'],
])('sha256 of %j', (text, digest) => {
  expect(sha256(text)).toBe(digest);
  expect(sha256(new TextEncoder().encode(text))).toBe(digest);
});

it('hashes a file of several pieces', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'hash-')), 'million-a');
  writeFileSync(file, 'a'.repeat(1_000_000));
  // FIPS 180-4: a million times 'a'.
  expect(await sha256OfFile(file)).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});

it('writes equal values as equal text, whatever the order of their keys', () => {
  expect(canonicalJson({ b: [{ z: 1, a: undefined }, 2], a: null })).toBe('{"a":null,"b":[{"z":1},2]}');
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

// From Python: sha256 of json.dumps(value, sort_keys=True, separators=(',', ':')), its first 32 bits without the sign.
it.each([
  [{ b: 1, a: [2, null] }, 1953205975],
  ['x', 976090256],
  [0, 1609362278],
])('hash31 of %j', (value, hash) => {
  expect(hash31(value)).toBe(hash);
});

it('hash31 fits a signed 32-bit field', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => hash31(value) >= 0 && hash31(value) <= 0x7fffffff));
});
