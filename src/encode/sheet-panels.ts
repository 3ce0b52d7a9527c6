import { connectedComponents, type Component } from '../image/components.js';
import { crop, type Box, type Raster } from '../image/raster.js';
import type { Ink } from './sheet-ink.js';
import { findPaper, type Paper } from './sheet-paper.js';

/** Behind the edge of a panel, as far in as its line may be thick, px. */
const INSETS = [2, 4, 7, 11, 16, 24];
/** A rectangle, its corners perhaps rounded, fills this share of its box. */
const RECTANGULAR = 0.93;

/** Replaces each panel (a frame, a card, the inside of a border) in the ink by what stands on it, which `read` finds. */
export function openPanels(
  { mask, width, height }: Ink,
  sheet: Raster,
  paper: Paper,
  read: (panel: Raster) => Ink | null,
): void {
  for (const component of connectedComponents(mask, width, height).components) {
    const { box } = component;
    const big = box.width >= 0.12 * width && box.height >= 0.4 * height;
    if (!big || !isRectangular(component)) continue;
    const panel = panelIn(sheet, box, paper, read);
    if (!panel) continue;
    for (let y = box.y; y < box.y + box.height; y += 1) mask.fill(0, y * width + box.x, y * width + box.x + box.width);
    pasteMask(mask, width, panel.ink, panel.inside);
  }
}

/**
 * What stands on a rectangle, or `null` where it is no panel but a rectangular figure. It is a panel when behind its
 * edge there is the sheet's own paper, or when it is plain, holds something, and is most of the sheet or holds a
 * tall figure.
 */
function panelIn(
  sheet: Raster,
  box: Box,
  outer: Paper,
  read: (panel: Raster) => Ink | null,
): { inside: Box; ink: Ink } | null {
  const found = insideOf(sheet, box, outer);
  const ink = found && read(crop(sheet, found.inside));
  if (!ink) return null;
  const { components } = connectedComponents(ink.mask, ink.width, ink.height);
  const share = components.reduce((sum, { area }) => sum + area, 0) / ink.mask.length;
  const most = box.width * box.height >= 0.6 * sheet.width * sheet.height;
  const tall = components.some((component) => isTall(component, ink));
  const isPanel = share >= 0.01 && (found.same || (share <= 0.8 && (most || tall)));
  return isPanel ? { inside: found.inside, ink } : null;
}

/** The part of a rectangle behind its edge whose own border is plain: of the sheet's own paper, if there is one. */
function insideOf(sheet: Raster, box: Box, outer: Paper): { inside: Box; same: boolean } | null {
  const short = Math.min(box.width, box.height);
  let plain: { inside: Box; same: boolean } | null = null;
  for (const inset of INSETS.filter((each) => each <= 0.06 * short + 2 && short > 2 * each + 2)) {
    const inside = { x: box.x + inset, y: box.y + inset, width: box.width - 2 * inset, height: box.height - 2 * inset };
    const paper = findPaper(crop(sheet, inside));
    if (paper.plain < 0.95) continue;
    if (distance(middle(paper), middle(outer)) <= outer.surelyNot) return { inside, same: true };
    plain ??= { inside, same: false };
  }
  return plain;
}

function isTall(component: Component, { width, height }: Ink): boolean {
  const { box } = component;
  return box.height >= 0.5 * height && box.width >= 0.15 * width && !isRectangular(component);
}

function isRectangular({ box, area }: Component): boolean {
  return area >= RECTANGULAR * box.width * box.height;
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
