import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { archiveRabbit, archiveRobot } from '../emulator/studio/character.js';
import { readNote } from '../emulator/studio/metadata.js';
import { runRecord } from '../record.js';
import { shippedModels, Workplace } from './__fixtures__/in-process.js';

const suite = join(import.meta.dirname, '../../suites/cast');
type Box = Record<'x' | 'y' | 'width' | 'height', number>;

it('starts from a photo of each of the two', () => {
  const characters = ['robot', 'rabbit'].map((name) => readNote(readFileSync(join(suite, `assets/${name}.jpg`))));
  expect(characters).toMatchObject([{ character: archiveRobot }, { character: archiveRabbit }]);
});

/** The pictures say where each was drawn; the scores, which never look there, have to find each in its place. */
it('draws and finds both in every scene of the suite with two characters', async () => {
  await using place = new Workplace({}, shippedModels);
  const { code, stdout, stderr } = await place.run(suite, '--offline', '--json', '-n', '1');
  expect(stderr).not.toContain('bug');
  expect(code).toBe(0);
  const record = runRecord.parse(JSON.parse(stdout));
  expect(record).toMatchObject({ emulated: true, status: 'complete', totals: { calls: 6, images: 6 } });
  const scenes = record.samples.filter(({ case: name }) => !name.endsWith('-sheet'));
  expect(scenes.map(({ case: name }) => name).sort()).toEqual(['bridge', 'campfire', 'meadow', 'summit']);
  for (const { case: name, image, scores } of scenes) {
    const { width = 0, height = 0, path = '' } = image ?? {};
    const { cast } = readNote(readFileSync(place.path('reports/cast/latest', path))) as {
      cast: { first: { headShape: string }; box: Box }[];
    };
    expect([name, ...cast.map(({ first }) => first.headShape).sort()]).toEqual([name, 'box', 'round']);
    const evidence = scores['consistency']?.evidence;
    expect([name, evidence?.['missing'], evidence?.['extra']]).toEqual([name, [], []]);
    for (const found of evidence?.['characters'] as { character: string; value: number; box: number[] }[]) {
      const truth = cast.find(({ first }) => first.headShape === (found.character === 'robot' ? 'box' : 'round'))?.box;
      const [x = 0, y = 0, wide = 0, high = 0] = found.box;
      const middle = [
        ((truth?.x ?? 0) + (truth?.width ?? 0) / 2) * width,
        ((truth?.y ?? 0) + (truth?.height ?? 0) / 2) * height,
      ];
      const inside = [
        Math.abs((middle[0] ?? 0) - (x + wide / 2)) < wide / 2,
        Math.abs((middle[1] ?? 0) - (y + high / 2)) < high / 2,
      ];
      expect([name, found.character, ...inside]).toEqual([name, found.character, true, true]);
      expect(found.value).toBeGreaterThan(0.5);
    }
  }
}, 120_000);
