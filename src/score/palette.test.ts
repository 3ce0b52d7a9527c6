import { describe, expect, it } from 'vitest';
import { filled, paste, type Raster } from '../image/raster.js';
import { LOST_BELOW, paletteAround, paletteCoverage, paletteOf } from './palette.js';

type Rgb = readonly [number, number, number];
const RED: Rgb = [195, 48, 36];
const YELLOW: Rgb = [240, 200, 64];
const BLUE: Rgb = [36, 72, 195];
const GREY: Rgb = [120, 122, 126];

/** A figure 40 wide and 60 high: `top` above, `rest` below. */
function figure(top: Rgb, rest: Rgb): Raster {
  const raster = filled(40, 60, [...rest, 255]);
  paste(raster, filled(40, 15, [...top, 255]), 0, 0);
  return raster;
}

function shown(what: Raster, background: Rgb = GREY): Raster {
  const picture = filled(96, 96, [...background, 255]);
  paste(picture, what, 28, 18);
  return picture;
}

const coverage = (sheet: Raster, window: Raster) => paletteCoverage(paletteOf(sheet), paletteAround(window));

describe('coverage', () => {
  it.each([
    ['the figure itself', figure(YELLOW, RED), 1, 1],
    ['a little darker', figure([225, 186, 58], [180, 43, 32]), 0.85, 1],
    ['with a blue head', figure(BLUE, RED), 0.74, 0.78],
    ['with a blue body', figure(YELLOW, BLUE), 0.22, 0.27],
    ['somebody else', figure(BLUE, [40, 160, 90]), 0, 0.05],
  ])('of %s', (_, drawn, least, most) => {
    const found = coverage(figure(YELLOW, RED), shown(drawn)).coverage;
    expect(found).toBeGreaterThanOrEqual(least);
    expect(found).toBeLessThanOrEqual(most);
  });

  it.each([
    ['night', [0.7, 0.77, 0.95]],
    ['lamplight', [1.1, 1.03, 0.9]],
    ['shade', [0.75, 0.75, 0.75]],
  ] as const)('hardly depends on the light: %s', (_, tint) => {
    const under = (raster: Raster): Raster => ({
      ...raster,
      data: raster.data.map((value, i) => value * (tint[i % 4] ?? 1)),
    });
    expect(coverage(figure(YELLOW, RED), under(shown(figure(YELLOW, RED)))).coverage).toBeGreaterThan(0.9);
    const drifted = coverage(figure(YELLOW, RED), under(shown(figure(YELLOW, BLUE))));
    expect(drifted.coverage).toBeLessThan(0.35);
    expect(drifted.entries[0]?.covered).toBeLessThan(LOST_BELOW);
  });

  it('does not take a stray patch of the colour for the part', () => {
    const window = shown(figure(BLUE, RED));
    paste(window, filled(2, 2, [...YELLOW, 255]), 50, 50);
    const [, head] = coverage(figure(YELLOW, RED), window).entries;
    expect(head?.covered).toBeLessThan(LOST_BELOW);
  });

  it('asks less of a colour that pose may hide in part', () => {
    const window = shown(figure(RED, RED));
    paste(window, filled(20, 10, [...YELLOW, 255]), 30, 20);
    expect(coverage(figure(YELLOW, RED), window).coverage).toBeGreaterThan(0.9);
  });
});

describe('entries', () => {
  it('are the figure’s main colours with their shares, and which are lost', () => {
    const { entries } = coverage(figure(YELLOW, RED), shown(figure(BLUE, RED)));
    expect(entries.map(({ rgb }) => rgb)).toEqual([RED, YELLOW]);
    expect(entries.map(({ share }) => share)).toEqual([expect.closeTo(0.75, 6), expect.closeTo(0.25, 6)]);
    expect(entries.map(({ covered }) => covered < LOST_BELOW)).toEqual([false, true]);
  });
  it('leave out what is transparent', () => {
    const cutout = figure(YELLOW, RED);
    for (let p = 0; p < 40 * 15; p += 1) cutout.data[4 * p + 3] = 0;
    expect(paletteOf(cutout).points).toHaveLength(1);
  });
});
