import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { shareCalibrations } from '../__fixtures__/shared.js';
import { matchers } from './index.js';

const cache = mkdtempSync(join(tmpdir(), 'evaluate-matchers-'));
shareCalibrations(cache);
// Measuring the sheet takes long where no other test has done so.
vi.setConfig({ testTimeout: 120_000 });
vi.stubEnv('EVALUATE_CACHE_DIR', cache);
afterAll(() => {
  rmSync(cache, { recursive: true, force: true });
});

// Its tests are tests of this file, too.
await import('../../examples/vitest/robot.test.js');
expect.extend(matchers);

const baseline = 'baselines/robot.emulated';
const sheet = `${baseline}/sheet/1.jpg`;
const forest = readFileSync(`${baseline}/forest/1.jpg`);
const approved = JSON.parse(readFileSync(`${baseline}/forest.json`, 'utf8')) as {
  representative: number;
  samples: { sample: number; scores: { consistency: number } }[];
};
const scores = approved.samples.map((sample) => sample.scores.consistency);
const lowest = Math.min(...scores);
const own = approved.samples.find(({ sample }) => sample === approved.representative)?.scores.consistency ?? NaN;

const failureOf = async (assertion: Promise<void>): Promise<string> =>
  assertion.then(
    () => 'it passed',
    (error: unknown) => (error as Error).message,
  );

it('a picture that is not like the character says where it was found, what is weakest, and what to do', async () => {
  const said = await failureOf(expect(forest).toMatchCharacter(sheet, { min: 0.99 }));
  expect(said.split('\n')).toEqual([
    'the picture is not the character of the sheet',
    `  consistency: ${own.toFixed(3)}; asked for: at least 0.990`,
    expect.stringMatching(/^ {2}found: view '(front|back)' at x \d+, y \d+, \d+ x \d+ px of the picture$/),
    expect.stringMatching(/^ {2}weakest: .* x \d+, y \d+, \d+ x \d+ px/),
    ...said.split('\n').filter((line) => line.startsWith('  lost colours: #')),
    '  Look at that place. If the picture is right, lower `min`; if it is not, make it again.',
  ]);
});

it('the least is a limit that may be reached', async () => {
  const said = await failureOf(expect(forest).not.toMatchCharacter(sheet, { min: 0.1 }));
  expect(said).toMatch(
    /^the picture is the character of the sheet\n {2}consistency: 0\.\d+; asked for: less, and not at least 0.100/,
  );
});

it('a picture is compared with the lowest approved sample, less the margin', async () => {
  const short = own - lowest + 0.01;
  const said = await failureOf(expect(forest).toMatchBaseline(baseline, 'forest', { margin: -short }));
  expect(said).toContain(
    `consistency: ${own.toFixed(3)}; asked for: at least ${(lowest + short).toFixed(3)}: the lowest of 8 approved, ${lowest.toFixed(3)}, less the margin ${-short}`,
  );
  await expect(forest).toMatchBaseline(baseline, 'forest', { margin: -short + 0.02 });
});

it('a new sheet is measured as a sheet', async () => {
  await expect(sheet).toMatchBaseline(baseline, 'sheet');
});

it.each([
  [
    'no picture',
    () => expect(Buffer.from('text')).toMatchCharacter(sheet),
    /^the picture cannot be decoded: it is no PNG/,
  ],
  ['no file', () => expect('absent.png').toMatchCharacter(sheet), /^the picture: there is no file 'absent.png'/],
  ['no path', () => expect(7).toMatchCharacter(sheet), /^the picture is neither the bytes/],
  ['no sheet', () => expect(forest).toMatchCharacter('baselines'), /^the sheet: there is no file 'baselines'/],
  ['no limit', () => expect(forest).toMatchCharacter(sheet, { min: NaN }), /^min: NaN is no number/],
  ['no encoder', () => expect(forest).toMatchCharacter(sheet, { encoder: './absent' }), /absent/],
  [
    'no baseline',
    () => expect(forest).toMatchBaseline('baselines/robot', 'forest'),
    /^there is no baseline in 'baselines\/robot'\n {2}'baselines\/robot.emulated' is one/,
  ],
  [
    'no case',
    () => expect(forest).toMatchBaseline(baseline, 'forrest'),
    /^no case 'forrest' is approved .* Did you mean 'forest'\?/,
  ],
  [
    'no character',
    () => expect(forest).toMatchBaseline(baseline, 'cutout'),
    /has no approved character to compare with\n/,
  ],
])('%s is an error, also behind `not`', async (_, assertion, message) => {
  expect(await failureOf(assertion())).toMatch(message);
});
