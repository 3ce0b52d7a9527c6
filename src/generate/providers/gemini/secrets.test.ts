import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUT, secretCutter } from './secrets.js';

const secret = 'AIza/Key+0=&"\\';
const cut = secretCutter([secret, 'bearer.token']);

describe('secretCutter', () => {
  it.each([
    ['plain', `key ${secret}!`],
    ['in JSON', `key ${JSON.stringify(secret).slice(1, -1)}!`],
    ['in JSON with escaped slashes', `key ${JSON.stringify(secret).slice(1, -1).replace('/', '\\/')}!`],
    ['in JSON as Google escapes it', `key ${'AIza/Key+0\\u003d\\u0026\\"\\\\'}!`],
    ['in an address', `key ${encodeURIComponent(secret)}!`],
    [
      'in an address, lower-case',
      `key ${encodeURIComponent(secret).toLowerCase().replace('aiza', 'AIza').replace('key', 'Key')}!`,
    ],
    ['the other one', 'key bearer.token!'],
  ])('%s', (_name, text) => {
    expect(cut(text)).toBe(`key ${CUT}!`);
  });

  it.each([['beareretoken'], ['AIza/Key'], ['']])('leaves %j alone', (text) => {
    expect(cut(text)).toBe(text);
  });

  it('leaves everything alone when there is no secret worth the name', () => {
    expect(secretCutter(['', 'offline'])('went offline')).toBe('went offline');
  });

  const picture = 'iVBORw0KGgo'.repeat(60);
  it.each([
    ['six characters', 'abc123', 'key=xabc123x', `key=x${CUT}x`],
    ['six characters, escaped', 'abc/12', 'no abc\\/12, abc%2F12', `no ${CUT}, ${CUT}`],
    ['six characters as the name of a member', 'abc123', '{"abc123":1}', `{"${CUT}":1}`],
    ['eleven characters', 'abcdefghijk', '"abcdefghijk"', `"${CUT}"`],
    ['three characters, alone', 'abc', '{"text":"abc, (abc) =abc"}', `{"text":"${CUT}, (${CUT}) =${CUT}"}`],
    ['three characters inside a word', 'ext', '{"text":"next"}', '{"text":"next"}'],
    ['three characters as the name of a member', 'abc', '{"abc" : "abc"}', `{"abc" : "${CUT}"}`],
    ['six characters in picture data', 'KGgoiV', `"${picture}","KGgoiV"`, `"${picture}","${CUT}"`],
    ['twelve characters in picture data', 'KGgoiVBORw0K', `"${picture}x"`, null],
  ])('cuts a key of %s', (_name, key, text, expected) => {
    const cutText = secretCutter([key])(text);
    if (expected === null) expect(cutText).not.toContain(key);
    else expect(cutText).toBe(expected);
  });

  it('cuts the longer of two that begin alike', () => {
    expect(secretCutter(['abcdefgh', 'abcdefghij'])('abcdefghij')).toBe(CUT);
  });

  it('finds any key in any JSON', () => {
    const printable = fc.string({
      unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
      minLength: 6,
    });
    fc.assert(
      fc.property(printable, fc.string(), fc.string(), (key, before, after) => {
        const text = secretCutter([key])(JSON.stringify({ before, error: `no ${key} here`, after }));
        expect(text).not.toContain(JSON.stringify(key).slice(1, -1));
        expect(text).toContain(CUT);
      }),
    );
  });
});
