import { VIEW_MARGIN } from '../encode/sheet.js';
import { edges, type Box } from '../image/raster.js';
import { composite } from './composite.js';
import { figureCells, type Likeness } from './likeness.js';
import { LOST_BELOW } from './palette.js';
import type { Reference, Scale } from './reference.js';
import { PARTS, partBox, type FigurePatches } from './view.js';

/** What explains one value to a person; boxes are [x, y, width, height] in px of the picture or of the sheet's file. */
export interface PlaceEvidence extends Record<string, unknown> {
  view: string;
  /** Each channel on the scale of the value. */
  channels: Record<string, number>;
  /** The view's parts: their cosines, where they stand on the sheet and, in a scene, where they were found. */
  parts?: { name: string; cosine: number; sheet: number[]; box: number[] }[];
  /** Colours of the view that the picture lacks, as #rrggbb, with their share of the figure. */
  lost?: { colour: string; share: number }[];
  /** Where on the sheet the picture falls most short of what the character's own pictures show there, as a difference of cosines. */
  worst?: { sheet: number[]; short: number };
  /** For each patch of the view how far it falls short, a digit from 0 (not at all) to 9 (by .9 or more), `.` outside the figure; row by row. */
  map?: string;
}

/** Patches around the worst one that are looked at together, on each side: one alone may be noise. */
const REACH = 1;

export function placeEvidence(
  likeness: Pick<Likeness, 'channels' | 'colours' | 'patches'> & { parts?: Likeness['parts'] },
  view: Reference['views'][number],
  scale: Scale,
  toPicture: (box: Box) => number[],
): PlaceEvidence {
  const { patches } = likeness;
  const evidence: PlaceEvidence = {
    view: view.name,
    channels: rounded(composite(likeness.channels, scale)?.channels ?? {}),
    raw: rounded(likeness.channels),
    floor: rounded(scale.floor),
    ceiling: rounded(scale.ceiling),
  };
  if (likeness.parts) {
    evidence.parts = likeness.parts.map(({ name, cosine, box }, i) => ({
      name,
      cosine: round(cosine),
      sheet: PARTS[i] ? onSheet(partBox(PARTS[i], view.cutout), view) : [],
      box: toPicture(box),
    }));
  }
  const lost = likeness.colours.filter(({ covered }) => covered < LOST_BELOW);
  if (lost.length > 0) evidence.lost = lost.map(({ rgb, share }) => ({ colour: hex(rgb), share: round(share) }));
  if (patches && view.patches) {
    evidence.worst = worstOf(patches, view.patches, view);
    evidence.map = mapOf(patches, view.patches);
  }
  return evidence;
}

function worstOf(found: Float32Array, figure: FigurePatches, view: Reference['views'][number]) {
  const { grid } = figure;
  const cells = new Set(figureCells(figure));
  let worst = { cell: 0, short: -Infinity };
  for (const cell of cells) {
    const [x, y] = [cell % grid, Math.floor(cell / grid)];
    let [sum, count] = [0, 0];
    for (let dy = -REACH; dy <= REACH; dy += 1) {
      for (let dx = -REACH; dx <= REACH; dx += 1) {
        const other = (y + dy) * grid + x + dx;
        if (x + dx < 0 || x + dx >= grid || !cells.has(other)) continue;
        sum += shortfall(found, figure, other);
        count += 1;
      }
    }
    if (sum / count > worst.short) worst = { cell, short: sum / count };
  }
  return { sheet: patchesOnSheet(worst.cell, grid, view), short: round(worst.short) };
}

function mapOf(found: Float32Array, figure: FigurePatches): string {
  const cells = new Set(figureCells(figure));
  return Array.from(found, (_, i) =>
    cells.has(i) ? String(Math.min(9, Math.max(0, Math.floor(shortfall(found, figure, i) * 10)))) : '.',
  ).join('');
}

function shortfall(found: Float32Array, { expected }: FigurePatches, cell: number): number {
  return (expected[cell] ?? 0) - (found[cell] ?? 0);
}

/** The patch and its neighbours, as a place on the sheet. The view's square has the figure in its middle. */
function patchesOnSheet(cell: number, grid: number, view: Reference['views'][number]): number[] {
  const { width, height } = view.cutout;
  const side = Math.max(width, height) * (1 + 2 * VIEW_MARGIN);
  const size = ((2 * REACH + 1) * side) / grid;
  const at = (index: number, length: number) => ((index - REACH) * side) / grid - (side - length) / 2;
  const x = Math.max(0, at(cell % grid, width));
  const y = Math.max(0, at(Math.floor(cell / grid), height));
  return onSheet({ x, y, width: Math.min(size, width - x), height: Math.min(size, height - y) }, view);
}

/** From px of the cut-out figure to px of the sheet. */
function onSheet(box: Box, { cutout, box: figure }: Reference['views'][number]): number[] {
  const scale = figure.width / cutout.width;
  return edges({
    x: figure.x + box.x * scale,
    y: figure.y + box.y * scale,
    width: box.width * scale,
    height: box.height * scale,
  });
}

function rounded(numbers: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, round(value)]));
}

function hex(rgb: readonly number[]): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
