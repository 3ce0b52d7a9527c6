import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadBaseline } from '../gate/baseline.js';
import { readNote } from '../emulator/studio/metadata.js';
import { type RunRecord, runRecord, type SampleRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

const shipped = join(import.meta.dirname, '../../suites/conversation');
const recordOf = (stdout: string): RunRecord => runRecord.parse(JSON.parse(stdout));
const turnsOf = ({ samples }: RunRecord): SampleRecord[] => samples.filter(({ case: name }) => name === 'meadow');

/** The emulator refuses a later turn that lacks a signature, and notes in each picture what it drew. */
it('makes, scores and approves each turn of a conversation', async () => {
  await using place = new Workplace();
  // The suite as it is, drawn small.
  const suite = place.path('conversation');
  cpSync(shipped, suite, { recursive: true });
  const text = readFileSync(join(suite, 'suite.yaml'), 'utf8');
  const small = text
    .replace('gemini-nano-banana-2.1', 'gemini-3.1-flash-image')
    .replace('imageSize: 1K', "imageSize: '512'");
  writeFileSync(join(suite, 'suite.yaml'), small);
  const first = await place.run(suite, '--offline', '--json', '-n', '1');
  expect(first.stderr).not.toContain('bug');
  expect(first.code).toBe(0);
  const record = recordOf(first.stdout);
  expect(record).toMatchObject({ status: 'complete', totals: { calls: 4, images: 4 } });
  const turns = turnsOf(record);
  expect(turns.map(({ turn, slot, outcome }) => [turn, slot, outcome])).toEqual([
    [1, 'meadow#1.1', 'ok'],
    [2, 'meadow#1.2', 'ok'],
    [3, 'meadow#1.3', 'ok'],
  ]);
  expect(new Set(turns.map(({ key }) => key)).size).toBe(3);
  for (const { inputs, scores } of turns) {
    expect(inputs.map(({ name }) => name)).toEqual(['robot']);
    expect(scores['consistency']?.value).toEqual(expect.any(Number));
  }
  const drawn = turns.map(
    ({ image }) => readNote(readFileSync(place.path('reports/conversation/latest', image?.path ?? ''))) as object,
  );
  expect(drawn).toMatchObject([
    { scene: { place: 'meadow', light: 'day' } },
    { scene: { place: 'meadow', light: 'dusk' } },
    { scene: { place: 'meadow', light: 'dusk' } },
  ]);
  const scene = record.samples.find(({ case: name }) => name === 'summit');
  expect(scene?.inputs.map(({ name, sha256 }) => [name, sha256])[1]).toEqual(['meadow', turns[2]?.image?.sha256]);

  const approved = await place.run('approve', record.id);
  expect(approved.stdout).toContain('meadow: new, gemini-3.1-flash-image@v1; 1 sample (1 ok);');
  expect(readdirSync(place.path('baselines/conversation.emulated/meadow')).sort()).toEqual(
    turns.map(({ image }, index) => `1-${index + 1}.${image?.path.split('.').at(-1)}`),
  );
  const baseline = loadBaseline(place.path('baselines/conversation.emulated')).cases.get('meadow');
  expect(baseline?.samples[0]?.image?.sha256).toBe(turns[2]?.image?.sha256);

  const later = recordOf((await place.run(suite, '--offline', '--json', '-n', '1', '--case', 'meadow')).stdout);
  expect(later.totals.calls).toBe(3);
  expect(turnsOf(later).map(({ slot }) => slot)).toEqual(['meadow#2.1', 'meadow#2.2', 'meadow#2.3']);
  expect(later.cases[0]?.baseline?.turns?.map(({ picture }) => picture?.sha256)).toEqual(
    turns.map(({ image }) => image?.sha256),
  );
  for (const { scores } of turnsOf(later)) expect(scores['ssim']?.value).toEqual(expect.any(Number));
}, 60_000);
