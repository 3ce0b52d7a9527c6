import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../image/raster.js';
import { castOf, FOUND_FROM, OWN_PLACE, scoreOf, type Sighting, type Sought } from './cast.js';

const at = (x: number, value: number, size = 100): Sighting => ({
  box: { x, y: 0, width: size, height: size },
  value,
  evidence: { view: 'front' },
});
const sought = (sightings: Record<string, Sighting[]>): Sought[] =>
  Object.entries(sightings).map(([character, places]) => ({ character, sightings: places }));

/** `robot 0 0.9`: the left edge of the place (`-` for none) and the value; `?` where it is missing. */
const told = (cast: ReturnType<typeof castOf>) => [
  ...cast.members.map(
    ({ character, at: place, value, found }) => `${character} ${place?.box.x ?? '-'} ${value}${found ? '' : '?'}`,
  ),
  ...cast.extra.map(({ character, at: place }) => `and ${character} ${place.box.x} ${place.value}`),
];

describe('who stands where', () => {
  it.each<[string, Record<string, Sighting[]>, string[]]>([
    [
      'each at its best',
      { robot: [at(0, 0.9), at(300, 0.1)], dog: [at(300, 0.8), at(0, 0)] },
      ['robot 0 0.9', 'dog 300 0.8'],
    ],
    [
      'both alike: whoever loses less gives way',
      { robot: [at(0, 0.9), at(300, 0.8)], dog: [at(0, 0.85), at(300, 0.3)] },
      ['robot 300 0.8', 'dog 0 0.85'],
    ],
    ['one figure is one character', { robot: [at(0, 0.9)], dog: [at(5, 0.7)] }, ['robot 0 0.9', 'dog - 0?']],
    [
      'a poor place is a place',
      { robot: [at(0, 0.9)], dog: [at(0, 0.7), at(300, -0.2)] },
      ['robot 0 0.9', 'dog 300 -0.2?'],
    ],
    ['nobody was looked for', {}, []],
    ['nothing was found', { robot: [] }, ['robot - 0?']],
    ['just found', { robot: [at(0, FOUND_FROM)] }, ['robot 0 0.45']],
    ['just not', { robot: [at(0, 0.4499)] }, ['robot 0 0.4499?']],
    [
      'drawn twice',
      { robot: [at(0, 0.9), at(300, 0.6)], dog: [at(600, 0.8)] },
      ['robot 0 0.9', 'dog 600 0.8', 'and robot 300 0.6'],
    ],
    ['twice, of which one is no figure', { robot: [at(0, 0.9), at(300, 0.2)] }, ['robot 0 0.9']],
    [
      'twice, where the other is missing',
      { robot: [at(0, 0.9), at(300, 0.6)], dog: [at(300, 0.1)] },
      ['robot 0 0.9', 'dog 300 0.1?', 'and robot 300 0.6'],
    ],
    [
      'a stranger like both counts once',
      { robot: [at(0, 0.9), at(600, 0.4)], dog: [at(300, 0.8), at(605, 0.5)] },
      ['robot 0 0.9', 'dog 300 0.8', 'and dog 605 0.5'],
    ],
    [
      'equals stay in order',
      { robot: [at(0, 0.5), at(300, 0.5)], dog: [at(0, 0.5), at(300, 0.5)] },
      ['robot 0 0.5', 'dog 300 0.5'],
    ],
    [
      'equal sums: the fewest left out',
      { robot: [at(40, 0.5), at(0, 0.5)], dog: [at(80, 0)] },
      ['robot 0 0.5', 'dog 80 0?'],
    ],
  ])('%s', (_, places, expected) => {
    expect(told(castOf(sought(places)))).toEqual(expected);
  });

  it.each<[string, Sighting, Sighting, boolean]>([
    // 100 px squares: shared / union is 0.4 at a shift of 42.86 px.
    ['squares a little over 0.4 of the union', at(0, 0.9), at(42, 0.9), true],
    ['squares a little under', at(0, 0.9), at(43, 0.9), false],
    // A 20 px square with 12 px of its width inside shares 0.6 of itself.
    ['a small one with more than 0.6 inside', at(0, 0.9), at(87, 0.9, 20), true],
    ['a small one with 0.6 inside', at(0, 0.9), at(88, 0.9, 20), false],
    ['one inside the other', at(0, 0.9), at(40, 0.9, 20), true],
    ['edge to edge', at(0, 0.9), at(100, 0.9), false],
  ])('%s', (_, robot, dog, same) => {
    const { members } = castOf(sought({ robot: [robot], dog: [dog] }));
    expect(members.filter((member) => member.at === null)).toHaveLength(same ? 1 : 0);
  });
});

it('is scored by the mean, with what the record keeps', () => {
  const robot = { ...at(10.4, 0.9), evidence: { view: 'back', raw: 0.7 } };
  const cast = castOf(sought({ robot: [robot, at(400, 0.5)], dog: [at(20, 0.3)], cat: [at(200, 0.2)] }));
  expect(scoreOf(cast)).toEqual({
    value: (0.9 + 0 + 0.2) / 3,
    evidence: {
      characters: [
        { character: 'robot', view: 'back', raw: 0.7, characterFound: true, value: 0.9, box: [10, 0, 100, 100] },
        { character: 'dog', characterFound: false, value: 0, box: null },
        { character: 'cat', view: 'front', characterFound: false, value: 0.2, box: [200, 0, 100, 100] },
      ],
      missing: ['dog', 'cat'],
      extra: [{ character: 'robot', value: 0.5, box: [400, 0, 100, 100] }],
    },
  });
});

/** On a small grid, with values whose sums are exact, so that equals are equal. */
const sighting = fc
  .record({
    box: fc.record({
      x: fc.nat(8),
      y: fc.nat(3),
      width: fc.integer({ min: 1, max: 6 }),
      height: fc.integer({ min: 1, max: 6 }),
    }),
    value: fc.integer({ min: -4, max: 16 }).map((value) => value / 16),
  })
  .map((place): Sighting => ({ ...place, evidence: {} }));
const company = fc
  .array(fc.array(sighting, { maxLength: 4 }), { maxLength: 4 })
  .map((all) => all.map((sightings, index): Sought => ({ character: `c${index}`, sightings })));

/** The same rule in whole cells: they can be counted. */
/** What two boxes share of the smaller one, and of both, counted pixel by pixel. */
function counted(a: Box, b: Box): { ofSmaller: number; ofBoth: number } {
  const cells = ({ x, y, width, height }: Box) =>
    Array.from({ length: width * height }, (_, i) => `${x + (i % width)} ${y + Math.floor(i / width)}`);
  const [inA, inB] = [new Set(cells(a)), new Set(cells(b))];
  const shared = [...inA].filter((cell) => inB.has(cell)).length;
  const union = new Set([...inA, ...inB]).size;
  return { ofSmaller: shared / Math.min(inA.size, inB.size), ofBoth: shared / union };
}

function overlap(a: Box, b: Box): boolean {
  const { ofSmaller, ofBoth } = counted(a, b);
  return ofBoth > 0.4 || ofSmaller > 0.6;
}

/** Every way to give places, by counting through them; -1 leaves a character out. */
function everyWay(all: readonly Sought[]): number[][] {
  return all.reduce<number[][]>(
    (ways, { sightings }) => ways.flatMap((way) => [...sightings.keys(), -1].map((index) => [...way, index])),
    [[]],
  );
}
const worst = ({ sightings }: Sought) => sightings.reduce((low, { value }) => Math.min(low, value), 0);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('for any company', () => {
  it('no other way without overlap is better, and among equals none comes before it', () => {
    fc.assert(
      fc.property(company, (all) => {
        const ways = everyWay(all)
          .map((way) => ({ way, boxes: way.flatMap((index, who) => all[who]?.sightings[index]?.box ?? []) }))
          .filter(({ boxes }) => boxes.every((box, i) => boxes.slice(i + 1).every((other) => !overlap(box, other))))
          .map(({ way, boxes }) => ({
            way,
            placed: boxes.length,
            total: sum(all.map((each, who) => each.sightings[way[who] ?? -1]?.value ?? worst(each))),
          }));
        const most = Math.max(...ways.map(({ total }) => total));
        const equals = ways.filter(({ total }) => total === most);
        const fullest = Math.max(...equals.map(({ placed }) => placed));
        const expected = equals.find(({ placed }) => placed === fullest);
        const { members } = castOf(all);
        expect(members.map((member, who) => (member.at ? all[who]?.sightings.indexOf(member.at) : -1))).toEqual(
          expected?.way,
        );
        expect(sum(members.map(({ value }) => value))).toBe(most);
      }),
      { numRuns: 300 },
    );
  });

  it('nobody is left out who has a free place', () => {
    fc.assert(
      fc.property(company, (all) => {
        const { members } = castOf(all);
        const taken = members.flatMap((member) => (member.at ? [member.at.box] : []));
        for (const [who, member] of members.entries())
          if (!member.at)
            for (const { box } of all[who]?.sightings ?? [])
              expect(taken.some((other) => overlap(other, box))).toBe(true);
      }),
    );
  });

  it('extra is everything clear that stands apart, no place twice', () => {
    fc.assert(
      fc.property(company, (all) => {
        const { members, extra } = castOf(all);
        const found = members.flatMap((member) => (member.at && member.found ? [member.at.box] : []));
        const boxes = [...found, ...extra.map((one) => one.at.box)];
        boxes.forEach((box, i) => {
          if (i >= found.length)
            expect(boxes.slice(0, i).some((other) => counted(box, other).ofSmaller > OWN_PLACE)).toBe(false);
        });
        for (const { character, at: place } of extra) {
          expect(place.value).toBeGreaterThanOrEqual(FOUND_FROM);
          expect(all.find((each) => each.character === character)?.sightings).toContain(place);
        }
        for (const place of all.flatMap(({ sightings }) => sightings))
          if (place.value >= FOUND_FROM)
            expect(boxes.some((box) => counted(box, place.box).ofSmaller > OWN_PLACE)).toBe(true);
      }),
    );
  });
});

it('five characters with eight places each are no crowd', () => {
  const crowd = Array.from({ length: 5 }, (_, who): Sought => {
    return {
      character: `c${who}`,
      sightings: Array.from({ length: 8 }, (_place, i) => at(200 * i, ((who * 7 + i * 3) % 11) / 11)),
    };
  });
  expect(castOf(crowd).members.every(({ at: place }) => place !== null)).toBe(true);
});
