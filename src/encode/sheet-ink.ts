import { connectedComponents, type Component } from '../image/components.js';
import { crop, flatten, type Box, type Raster } from '../image/raster.js';
import { withoutRules } from './sheet-rules.js';
import { shadowsIn } from './sheet-shadow.js';
import { borderOf, distancesFrom, fitPaper, isSoft, type Paper } from './sheet-paper.js';

/** What stands on a sheet: `mask` is 1 there, row by row. */
export interface Ink {
  width: number;
  height: number;
  mask: Uint8Array;
}

/** Panels in panels: a border around the sheet, and one around each view. */
const DEPTH = 3;
/** At least this share of the border is paper; the rest may be figures that reach it. */
const PLAIN = 0.6;
/** Bands of colour behind a title are lower than this share of the sheet. */
const BAND = 0.25;

/**
 * 1 where something stands on the paper of a sheet, with all that it encloses; `null` where the border shows no plain
 * paper. Gradients, vignettes and faint shadows are paper; ruled lines, frames and panels count as paper too. Where
 * the paper is transparent, something stands where it is not.
 */
export function inkOf(sheet: Raster, depth = DEPTH): Ink | null {
  const { width, height } = sheet;
  const flat = flatten(sheet);
  const seen = paperOf(flat);
  if (!seen) return null;
  const { paper, distances, reached } = seen;
  const drawn = flat !== sheet && isTransparent(sheet) ? opaque(sheet) : drawnOn(paper, distances, reached, sheet);
  const isShadow = shadowsIn({ mask: drawn, width, height }, distances);
  const outside = flood(sheet, (i) => drawn[i] === 0 || isShadow(i));
  const ink = { mask: outside.map((set) => 1 - set), width, height };
  if (depth > 0) openPanels(ink, flat, paper, depth);
  return hasGround(ink) ? null : ink;
}

/** The paper of a sheet, how far every pixel is from it, and what of it is reached from the border; `null` for none. */
function paperOf(sheet: Raster) {
  const atBorder = fitPaper(sheet);
  if (atBorder.plain < PLAIN) return null;
  // Once more from all the paper found, as the border says little of a vignette's middle.
  const paper = fitPaper(sheet, reachedPaper(atBorder, unruled(atBorder, sheet), sheet));
  const distances = unruled(paper, sheet);
  return { paper, distances, reached: reachedPaper(paper, distances, sheet) };
}

/** Distances from the paper, of which ruled lines are part. */
function unruled(paper: Paper, sheet: Raster): Float32Array {
  const { width, height } = sheet;
  const distances = distancesFrom(paper, sheet);
  const kept = withoutRules(
    Uint8Array.from(distances, (distance) => (distance > paper.surely ? 1 : 0)),
    width,
    height,
  );
  return distances.map((distance, i) => (distance > paper.surely && !kept[i] ? 0 : distance));
}

function isTransparent(sheet: Raster): boolean {
  const border = borderOf(sheet);
  return border.filter((i) => (sheet.data[4 * i + 3] ?? 0) < 128).length >= PLAIN * border.length;
}

function opaque({ width, height, data }: Raster): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) => ((data[4 * i + 3] ?? 0) >= 128 ? 1 : 0));
}

/** 1 for what is reached from the border over paper and over what shades softly off it. */
function reachedPaper({ surely, surelyNot }: Paper, distances: Float32Array, sheet: Raster): Uint8Array {
  return flood(sheet, (i) => {
    const distance = distances[i] ?? 1;
    return distance <= surely || (distance <= surelyNot && isSoft(i, distances, sheet.width));
  });
}

/** 1 for what is reached from the border, from pixel to pixel beside it, where `passes`. */
function flood({ width, height }: Pick<Raster, 'width' | 'height'>, passes: (i: number) => boolean): Uint8Array {
  const reached = new Uint8Array(width * height);
  const stack: number[] = [];
  const visit = (i: number) => {
    if (reached[i] || !passes(i)) return;
    reached[i] = 1;
    stack.push(i);
  };
  borderOf({ width, height }).forEach(visit);
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < reached.length - width) visit(i + width);
  }
  return reached;
}

/** Something from side to side that is higher than a caption's band: the figures stand in a place, not on paper. */
function hasGround({ mask, width, height }: Ink): boolean {
  const { components } = connectedComponents(mask, width, height);
  return components.some(({ box }) => box.width === width && box.height >= BAND * height);
}

/**
 * What surely is not paper, and what may not be and was not reached, where it fills a 3 x 3 square: the fringes that
 * resampling and JPEG leave around edges do not.
 */
function drawnOn(paper: Paper, distances: Float32Array, reached: Uint8Array, { width, height }: Raster): Uint8Array {
  const drawn = Uint8Array.from(distances, (distance) => (distance > paper.surelyNot ? 1 : 0));
  const pale = reached.map((set, i) => (set || drawn[i] || (distances[i] ?? 0) <= paper.surely ? 0 : 1));
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
      if (!pale[at]) continue;
      const rows = [at - width, at, at + width];
      if (!rows.every((i) => pale[i - 1] && pale[i] && pale[i + 1])) continue;
      for (const i of rows) drawn.fill(1, i - 1, i + 2);
    }
  }
  return drawn;
}

/** Replaces each panel (a frame, a card, the inside of a border) in the mask by what stands on it. */
function openPanels({ mask, width, height }: Ink, sheet: Raster, paper: Paper, depth: number): void {
  for (const { box, area } of connectedComponents(mask, width, height).components) {
    const big = box.width >= 0.12 * width && box.height >= 0.4 * height;
    if (!big || area < 0.93 * box.width * box.height) continue;
    const panel = panelIn(sheet, box, paper, depth);
    if (!panel) continue;
    for (let y = box.y; y < box.y + box.height; y += 1) mask.fill(0, y * width + box.x, y * width + box.x + box.width);
    pasteMask(mask, width, panel.ink, panel.inside);
  }
}

/**
 * What stands on a rectangle, or `undefined` where it is no panel but a rectangular figure. It is a panel when behind
 * its edge there is the sheet's own paper, when it is most of the sheet, or when it is plain and holds a tall figure.
 */
function panelIn(sheet: Raster, box: Box, outer: Paper, depth: number): { inside: Box; ink: Ink } | undefined {
  const short = Math.min(box.width, box.height);
  const insides = [2, 4, 7, 11, 16, 24].filter((inset) => inset <= 0.06 * short + 2 && short > 2 * inset + 2);
  const tried = insides.map((inset) => {
    const inside = { x: box.x + inset, y: box.y + inset, width: box.width - 2 * inset, height: box.height - 2 * inset };
    return { inside, paper: fitPaper(crop(sheet, inside)) };
  });
  const plain = tried.filter(({ paper }) => paper.plain >= 0.95);
  const same = plain.find(({ paper }) => distance(middle(paper), middle(outer)) <= outer.surelyNot);
  const found = same ?? plain[0];
  if (!found) return undefined;
  const { inside } = found;
  const ink = inkOf(crop(sheet, inside), depth - 1);
  const components = ink ? connectedComponents(ink.mask, inside.width, inside.height).components : [];
  const share = components.reduce((sum, { area }) => sum + area, 0) / (inside.width * inside.height);
  const tall = components.some((component) => isTall(component, inside));
  const most = box.width * box.height >= 0.6 * sheet.width * sheet.height;
  return ink && share >= 0.01 && (same || (share <= 0.8 && (most || tall))) ? { inside, ink } : undefined;
}

function isTall({ box, area }: Component, panel: Box): boolean {
  const rectangular = area >= 0.93 * box.width * box.height;
  return box.height >= 0.5 * panel.height && box.width >= 0.15 * panel.width && !rectangular;
}

/** OKLab in the middle of the sheet. */
function middle({ surface }: Paper): number[] {
  return surface.map(([constant = 0]) => constant);
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
}

function pasteMask(target: Uint8Array, width: number, { mask }: Ink, { x, y, width: across, height }: Box): void {
  for (let row = 0; row < height; row += 1)
    target.set(mask.subarray(row * across, (row + 1) * across), (y + row) * width + x);
}
