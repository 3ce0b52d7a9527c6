import { expect, it } from 'vitest';
import { colourEncoder } from '../encode/__fixtures__/colour-encoder.js';
import { filled } from '../image/raster.js';
import { inputOf } from './__fixtures__/pictures.js';
import { lackOfSheets, type Metric, type MetricInput, type Score } from './metric.js';
import { scoreKey, scoreSample, type ScoreCache } from './score.js';

const image = filled(16, 16, [1, 2, 3, 255]);
const input = inputOf(image);

/** A metric that counts its measurements. */
function metric(changes: Partial<Metric> = {}): Metric & { measured: () => number } {
  let measured = 0;
  return {
    id: 'probe',
    version: '1',
    better: 'higher',
    against: 'nothing',
    encodes: false,
    measure: () => Promise.resolve({ value: (measured += 1) }),
    measured: () => measured,
    ...changes,
  };
}

function memory(): ScoreCache & { stored: Map<string, Score> } {
  const stored = new Map<string, Score>();
  return { stored, get: (key) => stored.get(key) ?? null, put: (key, score) => void stored.set(key, score) };
}

it('measures once and remembers, with the version', async () => {
  const [probe, cache] = [metric(), memory()];
  expect(await scoreSample(input, [probe], cache)).toEqual({ probe: { value: 1, version: '1' } });
  expect(await scoreSample(input, [probe], cache)).toEqual({ probe: { value: 1, version: '1' } });
  expect(probe.measured()).toBe(1);
});

it('remembers that there is no value, too', async () => {
  const cache = memory();
  const none = metric({ measure: () => Promise.resolve({ value: null, reason: 'not today' }) });
  await scoreSample(input, [none], cache);
  expect([...cache.stored.values()]).toEqual([{ value: null, reason: 'not today', version: '1' }]);
});

it('a metric that throws is named', async () => {
  const broken = metric({ id: 'broken', measure: () => Promise.reject(new RangeError('off by one')) });
  await expect(scoreSample(input, [broken], memory())).rejects.toThrow(
    "metric 'broken' failed on aaaaaaaaaaaa: off by one",
  );
});

const front = { name: 'front', box: null };
const sheet = { image, sha256: 'f'.repeat(64), views: [front], character: 'robot' };
const approved = { image, sha256: 'f'.repeat(64) };
const matters: [string, Partial<Metric>, Partial<MetricInput>, boolean][] = [
  ['the picture', {}, { sha256: '9'.repeat(64) }, true],
  ['the request', {}, { requested: { aspectRatio: '1:1', imageSize: null } }, true],
  ['the captions', {}, { case: { name: 'case', text: ['HI'], checklist: [] } }, true],
  ["the case's name", {}, { case: { name: 'other', text: [], checklist: [] } }, false],
  ['a sheet, for what is against it', { against: 'sheet' }, { sheets: [sheet] }, true],
  ['a sheet that is not there', { against: 'sheet' }, { withoutSheet: ['robot'] }, true],
  ['a sheet, for what is against nothing', {}, { sheets: [sheet], withoutSheet: ['dog'] }, false],
  ['the approved picture, for what is against it', { against: 'approved' }, { approved }, true],
  ['the approved picture, for what is against the sheet', { against: 'sheet' }, { approved }, false],
  ['the encoder, for what encodes', { encodes: true }, { encoder: colourEncoder }, true],
  ['the encoder, for what does not', {}, { encoder: colourEncoder }, false],
];
it.each(matters)('%s in the key', (_, kind, changes, different) => {
  const key = scoreKey(metric(kind), input);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(scoreKey(metric(kind), { ...input, ...changes }) !== key).toBe(different);
});

it('the encoder file and its means are in the key', () => {
  const encoders = [
    null,
    colourEncoder,
    { ...colourEncoder, sha256: 'd'.repeat(64) },
    { ...colourEncoder, mean: Float32Array.of(1, 2) },
    { ...colourEncoder, mean: Float32Array.of(1, 3) },
    { ...colourEncoder, patchMean: Float32Array.of(1, 2) },
  ];
  const keys = encoders.map((encoder) => scoreKey(metric({ encodes: true }), { ...input, encoder }));
  expect(new Set(keys).size).toBe(encoders.length);
});

it('all that is known of every sheet is in the key', () => {
  const dog = { image, sha256: 'd'.repeat(64), views: [front], character: 'dog' };
  const framed = { name: 'front', box: [0, 0, 0.5, 1] as const };
  const differing = [
    [],
    [sheet],
    [dog],
    [sheet, dog],
    [dog, sheet],
    [sheet, { ...dog, sha256: 'e'.repeat(64) }],
    [sheet, { ...dog, character: 'cat' }],
    [sheet, { ...dog, views: [] }],
    [sheet, { ...dog, views: [{ name: 'back', box: null }] }],
    [sheet, { ...dog, views: [framed] }],
    [sheet, { ...dog, views: [{ ...framed, box: [0, 0, 0.5, 0.9] as const }] }],
    [sheet, { ...dog, views: [framed, front] }],
  ];
  const keys = differing.map((sheets) => scoreKey(metric({ against: 'sheet' }), { ...input, sheets }));
  expect(new Set(keys).size).toBe(differing.length);
});

it.each<[Partial<MetricInput>, string | null]>([
  [{}, 'the case shows no character'],
  [{ sheets: [sheet] }, null],
  [{ sheets: [sheet], withoutSheet: ['dog', 'cat'] }, 'the request carried no sheet of dog, cat'],
  [{ makesSheet: true, withoutSheet: ['robot'] }, 'no approved sheet'],
  [{ makesSheet: true, sheets: [sheet] }, null],
])('what it lacks to compare with: %j', (changes, reason) => {
  expect(lackOfSheets({ ...input, ...changes })).toBe(reason);
});

it('id and version are in the key', () => {
  const keys = [metric(), metric({ id: 'other' }), metric({ version: '2' })].map((each) => scoreKey(each, input));
  expect(new Set(keys).size).toBe(3);
});
