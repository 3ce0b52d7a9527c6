import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { encodePng } from '../../../image/codec.js';
import { filled } from '../../../image/raster.js';
import { sha256 } from '../../../lib/hash.js';
import { thumbnails } from './thumbnails.js';

it('leaves a folder that is taken away meanwhile where it is: nowhere', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-thumbnails-'));
  mkdirSync(join(folder, 'images'));
  const thumbs = thumbnails(folder);
  for (let shade = 0; shade < 6; shade += 1) {
    const bytes = encodePng(filled(960, 540, [shade * 40, 90, 60, 255]));
    const picture = { sha256: sha256(bytes), mime: 'image/png', width: 960, height: 540, path: '' };
    picture.path = `images/${picture.sha256}.png`;
    writeFileSync(join(folder, picture.path), bytes);
    thumbs.add(picture, null);
  }
  while (!existsSync(join(folder, 'thumb')) || readdirSync(join(folder, 'thumb')).length < 2) await sleep(1);
  rmSync(folder, { recursive: true });
  await thumbs.done();
  expect(existsSync(folder)).toBe(false);
});
