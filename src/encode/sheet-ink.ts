import { connectedComponents } from '../image/components.js';
import { flatten, type Raster } from '../image/raster.js';
import { borderOf, flood, maskOf } from './sheet-mask.js';
import { openPanels } from './sheet-panels.js';
import { distancesFrom, findPaper, isSoft, refinePaper, type Paper } from './sheet-paper.js';
import { withoutRules } from './sheet-rules.js';
import { shadowsIn } from './sheet-shadow.js';

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
/** Paper is fitted again at most as often. */
const ROUNDS = 3;
/** Bands of colour behind a title are lower than this share of the sheet. */
const BAND = 0.25;

/**
 * What stands on the paper of a sheet, with all that it encloses; `null` where the border shows no plain paper.
 * Gradients, vignettes and soft shadows are paper; ruled lines, frames and panels count as paper too. Where the paper
 * is transparent, something stands where it is not.
 */
export function inkOf(sheet: Raster, depth = DEPTH): Ink | null {
  const flat = flatten(sheet);
  const seen = paperOf(flat);
  if (!seen) return null;
  const { paper, distances } = seen;
  const { width, height } = sheet;
  const cutOut = flat !== sheet && isTransparent(sheet);
  const drawn = cutOut ? opaque(sheet) : drawnOn(paper, distances, flat);
  const isShadow = cutOut ? () => false : shadowsIn({ mask: drawn, width, height }, distances);
  const outside = flood(sheet, (i) => !drawn[i] || isShadow(i));
  const ink = { mask: maskOf(sheet, (i) => !outside[i]), width, height };
  if (depth > 0) openPanels(ink, flat, paper, (panel) => inkOf(panel, depth - 1));
  return hasGround(ink) ? null : ink;
}

/** The paper of a sheet and how far every pixel is from it; `null` where there is none. */
function paperOf(sheet: Raster): { paper: Paper; distances: Float32Array } | null {
  let paper = findPaper(sheet);
  if (paper.plain < PLAIN) return null;
  let distances = unruled(paper, sheet);
  // Fitted again while much of what was reached is off it: a vignette is followed from the border into its middle.
  for (let round = 0; round < ROUNDS; round += 1) {
    const reached = reachedPaper(paper, distances, sheet);
    const off = maskOf(sheet, (i) => reached[i] === 1 && (distances[i] ?? 0) > paper.surely);
    if (off.filter(Boolean).length < 0.01 * off.length) break;
    paper = refinePaper(sheet, reached);
    distances = unruled(paper, sheet);
  }
  return { paper, distances };
}

/** Distances from the paper, of which ruled lines are part. */
function unruled(paper: Paper, sheet: Raster): Float32Array {
  const { width, height } = sheet;
  const distances = distancesFrom(paper, sheet);
  const marked = maskOf(sheet, (i) => (distances[i] ?? 0) > paper.surely);
  const kept = withoutRules(marked, width, height);
  return distances.map((distance, i) => (marked[i] === kept[i] ? distance : 0));
}

/** 1 for what is reached from the border over paper and over what shades softly off it. */
function reachedPaper({ surely, surelyNot }: Paper, distances: Float32Array, sheet: Raster): Uint8Array {
  return flood(sheet, (i) => {
    const distance = distances[i] ?? 1;
    return distance <= surely || (distance <= surelyNot && isSoft(i, distances, sheet.width));
  });
}

/**
 * What surely is not paper, and what may not be and was not reached, where it fills a 3 x 3 square: the fringes that
 * resampling and JPEG leave around edges do not.
 */
function drawnOn(paper: Paper, distances: Float32Array, sheet: Raster): Uint8Array {
  const { width, height } = sheet;
  const reached = reachedPaper(paper, distances, sheet);
  const drawn = maskOf(sheet, (i) => (distances[i] ?? 0) > paper.surelyNot);
  const pale = maskOf(sheet, (i) => !reached[i] && !drawn[i] && (distances[i] ?? 0) > paper.surely);
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

function isTransparent(sheet: Raster): boolean {
  const border = borderOf(sheet);
  return border.filter((i) => (sheet.data[4 * i + 3] ?? 0) < 128).length >= PLAIN * border.length;
}

function opaque(sheet: Raster): Uint8Array {
  return maskOf(sheet, (i) => (sheet.data[4 * i + 3] ?? 0) >= 128);
}

/** Something from side to side that is higher than a caption's band: the figures stand in a place, not on paper. */
function hasGround({ mask, width, height }: Ink): boolean {
  const { components } = connectedComponents(mask, width, height);
  return components.some(({ box }) => box.width === width && box.height >= BAND * height);
}
