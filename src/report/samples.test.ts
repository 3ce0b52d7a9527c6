import { expect, it } from 'vitest';
import { sample } from './__fixtures__/small-record.js';
import { bySample, lostIn, samplesText, weakestFirst } from './samples.js';

const turn = (number: number, of: number, outcome: 'ok' | 'refused' | 'skipped' = 'ok') =>
  sample({ sample: number, turn: of, outcome });
const talk = [turn(1, 2), turn(2, 1), turn(1, 1), turn(2, 2, 'refused'), turn(2, 3, 'skipped'), turn(1, 3)];
const places = (turns: readonly { sample: number; turn?: number | undefined }[]) =>
  turns.map((each) => [each.sample, each.turn]);

it('the turns of a sample lie together, in order', () => {
  expect(bySample(talk).map(places)).toEqual([
    [
      [1, 1],
      [1, 2],
      [1, 3],
    ],
    [
      [2, 1],
      [2, 2],
      [2, 3],
    ],
  ]);
  expect(samplesText(talk)).toBe('2 samples in 6 turns');
  expect(samplesText([sample(), sample({ sample: 2 })])).toBe('2 samples');
});

it('a conversation without a picture is lost once, where it ended', () => {
  expect(places(lostIn(talk))).toEqual([[2, 2]]);
});

it('the weakest turn leads its sample, whose turns stay in order', () => {
  const worth = new Map([
    [talk[3], 0.1],
    [talk[0], 0.5],
  ]);
  const value = (each: (typeof talk)[number]) => worth.get(each) ?? 1;
  expect(places(weakestFirst(talk, (a, b) => value(a) - value(b)))).toEqual(
    [2, 1].flatMap((n) => [1, 2, 3].map((k) => [n, k])),
  );
});
