import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';
import { drawArchive } from './init-picture.js';

/** Two characters in one scene, from the suite file to the report. */

const suite = `name: friends
models: [gemini-nano-banana-2.1]
revisions: [v1]
samples: 1
generation: { aspectRatio: "16:9", imageSize: 1K }
assets: { archive: assets/archive.png, portrait: assets/portrait.png }
characters:
  robot: { sheet: robot-sheet, views: [front, back] }
  fox:
    sheet: fox-sheet
    views: [{ name: front, box: [0, 0, 0.5, 1] }, { name: back, box: [0.5, 0, 0.5, 1] }]
cases:
  robot-sheet: { prompt: sheet, images: [archive], vars: { who: robot } }
  fox-sheet: { prompt: sheet, images: [portrait], vars: { who: fox } }
  meeting: { images: [robot, fox], characters: [fox, robot] }
`;
const prompts = {
  sheet:
    'Image 1 shows a felt {{who}}. Make a character sheet of this {{who}}: front view on the left, back view on the right. Plain light background.',
  meeting:
    'Image 1 is the character sheet of the robot. Image 2 is the character sheet of the fox. The robot and the fox stand side by side in a wide valley, seen from the front.',
};

async function friends(place: Workplace, yaml = suite): Promise<void> {
  for (const folder of ['assets', 'prompts/v1']) mkdirSync(place.path('friends', folder), { recursive: true });
  writeFileSync(place.path('friends/suite.yaml'), yaml);
  for (const [name, text] of Object.entries(prompts))
    writeFileSync(place.path('friends/prompts/v1', `${name}.hbs`), text);
  const robot = join(import.meta.dirname, '../../suites/robot/assets/archive.png');
  copyFileSync(robot, place.path('friends/assets/archive.png'));
  writeFileSync(place.path('friends/assets/portrait.png'), await drawArchive());
}

it('plans a scene of two, which stands on both sheets', async () => {
  await using place = new Workplace();
  await friends(place);
  const { code, stdout } = await place.run('friends', '--dry-run', '--json', '--case', 'meeting');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ images: 3, calls: { low: 3, high: 3 }, criticalPath: { calls: 2 } });
});

it('tells what is wrong with a character before anything is spent', async () => {
  await using place = new Workplace();
  await friends(place, suite.replace('[fox, robot]', '[fx, robot]').replace('0.5, 0, 0.5, 1', '0.5, 0, 0.6, 1'));
  const { code, stderr } = await place.run('friends', '--offline');
  expect(code).toBe(2);
  expect(stderr).toContain("suite.yaml:11:70: the box of the view 'back' reaches out of the sheet: [0.5,0,0.6,1]");
  expect(stderr).toContain("suite.yaml:15:49: unknown character 'fx'. Did you mean 'fox'?");
});

it('scores each of two, by the sheets that the request carried', async () => {
  await using place = new Workplace();
  await friends(place);
  const { code, stdout } = await place.run('friends', '--offline', '--json');
  expect(code).toBe(0);
  const record = runRecord.parse(JSON.parse(stdout));
  expect(record.totals).toMatchObject({ calls: 3, images: 3 });
  expect(record.cases.map(({ name, characters }) => ({ name, characters }))).toEqual([
    { name: 'robot-sheet', characters: [{ name: 'robot', sheet: null }] },
    { name: 'fox-sheet', characters: [{ name: 'fox', sheet: null }] },
    {
      name: 'meeting',
      characters: [
        { name: 'robot', sheet: 'robot' },
        { name: 'fox', sheet: 'fox' },
      ],
    },
  ]);
  const [robotSheet, foxSheet, meeting] = record.samples;
  expect(meeting?.inputs.map(({ sha256 }) => sha256)).toEqual([robotSheet?.image?.sha256, foxSheet?.image?.sha256]);
  expect(robotSheet?.scores['consistency']).toMatchObject({ value: null, reason: 'no approved sheet' });

  const { value, evidence } = meeting?.scores['consistency'] ?? {};
  const characters = evidence?.['characters'] as { character: string; value: number; view: string }[];
  expect(characters.map(({ character }) => character)).toEqual(['robot', 'fox']);
  expect(value).toBeCloseTo(((characters[0]?.value ?? NaN) + (characters[1]?.value ?? NaN)) / 2, 12);
  expect(evidence).toMatchObject({ missing: expect.any(Array) as unknown, extra: expect.any(Array) as unknown });
  for (const each of characters) expect(['front', 'back']).toContain(each.view);
  expect(meeting?.scores['clip-cosine']?.value).toEqual(expect.any(Number));

  const page = readFileSync(place.path('reports/friends/latest/case/meeting.html'), 'utf8');
  expect(page).toContain('character robot, fox');
  for (const name of ['robot', 'fox']) expect(page).toContain(`meeting, Reference sheet, ${name}`);

  // The pictures are at hand; what a sheet shows is measured anew where a box moves, and only there.
  writeFileSync(place.path('friends/suite.yaml'), suite.replace('[0, 0, 0.5, 1]', '[0.1, 0.1, 0.3, 0.4]'));
  const moved = runRecord.parse(JSON.parse((await place.run('friends', '--offline', '--json')).stdout));
  expect(moved.totals).toMatchObject({ calls: 0, images: 3 });
  const [robot, fox] = moved.samples[2]?.scores['consistency']?.evidence?.['characters'] as typeof characters;
  expect(robot?.value).toBe(characters[0]?.value);
  expect(fox?.value).not.toBe(characters[1]?.value);
}, 240_000);
