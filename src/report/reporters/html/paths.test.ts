import { expect, it } from 'vitest';
import { hostile } from '../../__fixtures__/sample-record.js';
import { casePage, fullPicture } from './paths.js';

it('keeps plain names and makes safe, distinct ones of the others', () => {
  expect(casePage('night-city')).toBe('case/night-city.html');
  for (const name of [hostile, '../../etc/passwd', 'A', 'a b', '', 'x'.repeat(300), 'index.html?']) {
    expect(casePage(name)).toMatch(/^case\/[A-Za-z0-9-]{1,40}\.html$/);
  }
  expect(casePage('a b')).not.toBe(casePage('a/b'));
});

it('links to pictures of the run only', () => {
  const picture = (path: string) => ({ sha256: 'a'.repeat(64), mime: 'image/png', width: 1, height: 1, path });
  expect(fullPicture(picture(`images/${'a'.repeat(64)}.png`))).toBe(`images/${'a'.repeat(64)}.png`);
  for (const path of ['javascript:alert(1)', '../x.png', `https://x/images/${'a'.repeat(64)}.png`])
    expect(fullPicture(picture(path))).toBeNull();
});
