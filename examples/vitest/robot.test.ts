// Pictures of a character in a test suite of your own. From the root of this project, once it is built:
//   npx vitest run --config examples/vitest/vitest.config.ts
// In yours: npm i -D vitest evaluate, and "evaluate/vitest" is there.
import { readFileSync } from 'node:fs';
import { matchers } from 'evaluate/vitest';
import { expect, test } from 'vitest';

expect.extend(matchers);

const baseline = 'baselines/robot.emulated';
const sheet = `${baseline}/sheet/1.jpg`;

test('a scene shows the robot', async () => {
  // What your own code makes: the path of a file, or its bytes.
  const picture = readFileSync(`${baseline}/valley/1.jpg`);
  await expect(picture).toMatchCharacter(sheet, { min: 0.7 });
});

test('a rabbit is somebody else', async () => {
  await expect('suites/cast/assets/rabbit.jpg').not.toMatchCharacter(sheet);
});

test('a scene is as consistent as the approved ones', async () => {
  await expect(`${baseline}/forest/1.jpg`).toMatchBaseline(baseline, 'forest');
});
