import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSheet } from '../../../src/encode/sheet.js';
import { oklab } from '../../../src/image/oklab.js';
import { SCENES, picturesOf, FULL } from '../design.js';
import { hex, turned } from './colour.js';
import { drifted, DRIFTS, isMissingPart, LEVELS, losesAntennae } from './drift.js';
import { makeIdentity } from './identity.js';
import { drawScene, VIEWS, type Setting } from './scene.js';
import { drawSheet } from './sheet.js';

const setting = (changes: Partial<Setting> = {}): Setting => ({
  view: 'front',
  background: 'plain',
  scale: 0.6,
  ...changes,
});
const character = makeIdentity(3);

describe('colours', () => {
  const codes = (text: string) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16)) as [number, number, number];
  it('keep lightness and hue, and lose chroma only where sRGB ends', () => {
    const channel = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(channel, channel, channel, (l, c, h) => {
        const colour = { l: 0.3 + 0.5 * l, c: 0.05 + 0.2 * c, h: 360 * h };
        const [seen, a, b] = oklab(...codes(hex(colour)));
        expect(Math.abs(seen - colour.l)).toBeLessThan(0.01);
        expect(Math.hypot(a, b)).toBeLessThan(colour.c + 0.01);
        const angle = Math.cos(Math.atan2(b, a) - (colour.h * Math.PI) / 180);
        if (Math.hypot(a, b) > 0.03) expect(angle).toBeGreaterThan(0.98);
      }),
    );
  });
  it('turn all the way round', () => {
    expect(turned({ l: 0.5, c: 0.1, h: 20 }, -40).h).toBe(340);
  });
});

describe('drift', () => {
  it.each(DRIFTS)('%s changes itself and nothing else', (drift) => {
    for (const level of LEVELS) {
      const changed = drifted(character, drift, level);
      const differing = Object.entries(changed)
        .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(character[key as keyof typeof character]))
        .map(([key]) => key);
      const expected: Record<string, string[]> = {
        hue_torso: ['palette'],
        hue_head: ['palette'],
        head: ['head', 'eyes'],
        limb: ['arms', 'legs'],
      };
      expect(differing).toEqual(expected[drift] ?? [drift]);
    }
  });
  it('takes antennae away from those that have three, and gives them to others', () => {
    const counts = new Set<string>();
    for (let seed = 0; seed < 40; seed += 1) {
      const base = makeIdentity(seed);
      const all = LEVELS.map((level) => drifted(base, 'antennae', level).antennae.count);
      counts.add([base.antennae.count, ...all].join(' '));
      expect(isMissingPart(base, 'antennae')).toBe(losesAntennae(base));
    }
    expect([...counts].sort()).toEqual(['1 2 3 4', '2 3 4 5', '3 2 1 0']);
  });
});

describe('pictures', () => {
  it('are the same for the same seed, and others for another', async () => {
    const [a, b, c] = await Promise.all([7, 7, 8].map((seed) => drawScene(character, character, setting(), seed)));
    expect(a?.image.data).toEqual(b?.image.data);
    expect(a?.image.data).not.toEqual(c?.image.data);
  });
  it('know where the figure stands and how large', async () => {
    for (const scale of [0.3, 0.8]) {
      const { box, centre, scale: drawn, image } = await drawScene(character, character, setting({ scale }), 5);
      expect(Math.abs(box.height / image.height - drawn)).toBeLessThan(0.12);
      expect(Math.abs(drawn / scale - 1)).toBeLessThan(0.2);
      expect(centre.x).toBe(box.x + box.width / 2);
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(image.width);
    }
  });
  it.each([
    ['front', 'panel', true],
    ['back', 'panel', false],
    ['back', 'backpack', true],
    ['back', 'eyes', false],
    ['front', 'eyes', true],
    ['turned', 'hue_torso', true],
    ['back', 'hue_head', true],
    ['front', 'head', true],
  ] as const)('from the %s, a drift of the %s can be seen: %s', async (view, drift, visible) => {
    const shown = drifted(character, drift, 3);
    expect((await drawScene(shown, character, setting({ view }), 5)).visible).toBe(visible);
  });
  it('show every kind of view', async () => {
    for (const view of VIEWS) expect((await drawScene(character, character, setting({ view }), 9)).visible).toBe(true);
  });
});

it('sheets have a front and a back, with and without captions', async () => {
  for (const seed of [4, 5, 6, 7, 8, 9, 10, 11]) {
    const names = ['front', 'back'].map((name) => ({ name, box: null }));
    const { views = [] } = await splitSheet(await drawSheet(makeIdentity(seed)), names);
    const [front, back] = views;
    expect(views.map(({ name }) => name)).toEqual(['front', 'back']);
    expect((front?.box.x ?? NaN) + (front?.box.width ?? NaN)).toBeLessThan(back?.box.x ?? NaN);
    expect((front?.box.height ?? NaN) / (back?.box.height ?? NaN)).toBeCloseTo(1, 1);
  }
});

it('scenes have the shares that the protocol asks for', () => {
  const pictures = [1, 2, 3, 4].flatMap((identity) => picturesOf(identity, FULL));
  const none = pictures.filter(({ arm }) => arm === 'none');
  expect(none).toHaveLength(4 * SCENES * FULL.samples);
  const share = (is: (setting: Setting) => boolean) =>
    none.filter((picture) => is(picture.setting)).length / none.length;
  expect(share(({ view }) => view === 'back')).toBeCloseTo(1 / 3, 12);
  expect(share(({ view }) => view === 'turned')).toBeCloseTo(2 / 9, 12);
  expect(share(({ background }) => background === 'busy')).toBeGreaterThan(0.3);
  expect(new Set(pictures.map(({ seed }) => seed)).size).toBe(pictures.length);
  expect(none.every(({ setting: { scale } }) => scale >= 0.22 && scale <= 0.85)).toBe(true);
});
