import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { archiveRabbit, archiveRobot } from '../emulator/studio/character.js';
import { readNote, writeNote } from '../emulator/studio/metadata.js';
import { drawCast } from '../emulator/studio/studio.js';
import { decode, encodePng } from '../image/codec.js';
import { shippedModels, Workplace } from './__fixtures__/in-process.js';

/** The studio writes the truth into its pictures, for the next picture and for experiments. Scores come from pixels alone. */
it('scores a picture the same with its truth, without it, and with a lie in its place', async () => {
  await using place = new Workplace({}, shippedModels);
  const order = { width: 688, height: 384, seed: 3, mime: 'image/png' } as const;
  const sheet = await drawCast({
    ...order,
    characters: [archiveRobot],
    prompt: 'Character sheet: front and back view.',
  });
  const both = { ...order, characters: [archiveRobot, archiveRabbit], prompt: 'Both stand in a meadow.' };
  const { bytes } = await drawCast(both);
  const { raster } = await decode(bytes);
  if (!raster) throw new Error('the picture must decode');
  const bare = encodePng(raster);
  const lie = { character: archiveRabbit, first: archiveRabbit, drift: 1, cast: [] };
  const files = { 'sheet.png': sheet.bytes, 'told.png': bytes, 'bare.png': bare, 'lie.png': writeNote(bare, lie) };
  for (const [name, content] of Object.entries(files)) writeFileSync(place.path(name), content);
  expect([bytes, bare].map((picture) => readNote(picture) !== null)).toEqual([true, false]);

  const pictures = ['told.png', 'bare.png', 'lie.png'];
  const { code, stdout } = await place.run(
    'score',
    ...pictures,
    '--sheet',
    'sheet.png',
    '--encoder',
    'pocket',
    '--json',
  );
  expect(code).toBe(0);
  const [told, ...others] = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { scores: Record<string, { value: number | null }> }).scores);
  expect(told?.['consistency']?.value).toEqual(expect.any(Number));
  expect(others).toEqual([told, told]);
}, 60_000);
