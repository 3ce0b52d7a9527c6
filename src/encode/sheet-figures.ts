import { connectedComponents } from '../image/components.js';
import type { Box } from '../image/raster.js';
import type { Ink } from './sheet-ink.js';
import { withoutText } from './sheet-text.js';

/** One figure in a mask. */
export interface Figure {
  /** Tight around it. */
  box: Box;
  /** 1 for its own pixels in the box, row by row. */
  mask: Uint8Array;
}

/** Components that belong together, as far as they lie in the box. */
interface Group {
  labels: ReadonlySet<number>;
  box: Box;
  area: number;
}

/** A mask taken apart. */
interface Labelled {
  width: number;
  height: number;
  labels: Int32Array;
}

/** Captions and dust are shorter than this share of the sheet's height. */
const CAPTION_HEIGHT = 0.06;
/** Figures are at least this share as tall as the tallest; what is smaller belongs to the figure beside it. */
const FIGURE_HEIGHT = 0.35;
/** Loose pieces of one figure are at most this share of its height apart. */
const REACH = 0.05;
/** Figures of which the next smaller one has less than this share of the area are taken; the rest are details. */
const DETAIL_AREA = 0.5;
/** Below this share of the sheet's area a spot is dust. */
const DUST = 2e-4;
/** More large pieces than this are a pattern. */
const PIECES = 100;

/** The `count` figures in a mask in reading order, or how many there are instead. */
export function findFigures({ mask, width, height }: Ink, count: number): Figure[] | number {
  const { labels, components } = connectedComponents(mask, width, height);
  const ink: Labelled = { width, height, labels };
  const spots = components
    .map(({ box, area }, i): Group => ({ labels: new Set([i + 1]), box, area }))
    .filter(({ area }) => area >= DUST * mask.length);
  const drawn = withoutText(spots);
  const tallest = Math.max(0, ...drawn.filter((spot) => !isRule(spot)).map(({ box }) => box.height));
  const limit = Math.max(CAPTION_HEIGHT * height, FIGURE_HEIGHT * tallest);
  const tall = new Set(drawn.filter((spot) => spot.box.height >= limit && !isRule(spot)));
  if (tall.size > PIECES) return tall.size;
  const bits = drawn.filter((spot) => !tall.has(spot));
  const groups = withBits(merged([...tall], count), bits);
  const chosen = groups.length > count ? largest(groups, count) : cutApart(groups, ink, count);
  return chosen ? inReadingOrder(chosen).map((group) => figureOf(group, ink)) : groups.length;
}

/** What stands in a box: its one figure or, where it holds several, all; `null` where it holds none. */
export function figureInBox({ mask, width, height }: Ink, area: Box): Figure | null {
  const inside = new Uint8Array(mask.length);
  for (let y = area.y; y < area.y + area.height; y += 1) {
    const from = y * width + area.x;
    inside.set(mask.subarray(from, from + area.width), from);
  }
  const found = findFigures({ mask: inside, width, height }, 1);
  if (typeof found !== 'number') return found[0] ?? null;
  const { labels, components } = connectedComponents(inside, width, height);
  const all = components.map(({ box, area }, i): Group => ({ labels: new Set([i + 1]), box, area }));
  return all.length > 0 ? figureOf(all.reduce(joined), { width, height, labels }) : null;
}

/** Everything in a box. */
export function wholeOf(box: Box): Figure {
  return { box, mask: new Uint8Array(box.width * box.height).fill(1) };
}

/** The ink without the components that are mostly part of these figures. */
export function withoutFigures({ mask, width, height }: Ink, figures: readonly Figure[]): Ink {
  if (figures.length === 0) return { mask, width, height };
  const { labels, components } = connectedComponents(mask, width, height);
  const taken = new Uint32Array(components.length);
  for (const { box, mask: own } of figures) {
    own.forEach((set, i) => {
      const x = i % box.width;
      const label = labels[(box.y + (i - x) / box.width) * width + box.x + x] ?? 0;
      if (set && label > 0) taken[label - 1] = (taken[label - 1] ?? 0) + 1;
    });
  }
  const left = components.map(({ area }, i) => (taken[i] ?? 0) <= area / 2);
  return { mask: mask.map((_, i) => (left[(labels[i] ?? 0) - 1] ? 1 : 0)), width, height };
}

/** A line that stands alone, such as a divider. */
function isRule({ box: { width, height } }: Group): boolean {
  return Math.min(width, height) * 25 <= Math.max(width, height);
}

/** Nearest pairs joined until there are `count`, as long as they are near enough to be pieces of one figure. */
function merged(pieces: readonly Group[], count: number): Group[] {
  const figures = [...pieces];
  while (figures.length > count) {
    const pairs = figures.flatMap((a, i) => figures.slice(i + 1).map((b) => ({ a, b, apart: apart(a.box, b.box) })));
    const [nearest] = pairs.sort((one, other) => one.apart - other.apart);
    if (!nearest || nearest.apart > REACH * Math.max(nearest.a.box.height, nearest.b.box.height)) break;
    const { a, b } = nearest;
    figures.splice(figures.indexOf(b), 1);
    figures.splice(figures.indexOf(a), 1, joined(a, b));
  }
  return figures;
}

function joined(a: Group, b: Group): Group {
  return { ...a, labels: new Set([...a.labels, ...b.labels]), box: around(a.box, b.box), area: a.area + b.area };
}

/** Gives each small piece (a floating antenna, a spark) to the nearest figure, if it is near; flat ones lie below it. */
function withBits(figures: readonly Group[], bits: readonly Group[]): Group[] {
  const grown = [...figures];
  for (const bit of bits) {
    const gaps = figures.map(({ box }) => apart(box, bit.box) / box.height);
    const nearest = Math.min(Infinity, ...gaps);
    const flat = bit.box.width > 2.5 * bit.box.height;
    const at = gaps.indexOf(nearest);
    const figure = grown[at];
    if (figure && nearest <= (flat ? 0 : REACH)) grown[at] = joined(figure, bit);
  }
  return grown;
}

/** The `count` largest, where the others are so much smaller that they are details; else nothing. */
function largest(figures: readonly Group[], count: number): Group[] | null {
  const sorted = [...figures].sort((a, b) => b.area - a.area);
  const [last, next] = [sorted[count - 1], sorted[count]];
  return last && next && next.area < DETAIL_AREA * last.area ? sorted.slice(0, count) : null;
}

/** Figures that touch, cut at the emptiest columns; `null` where a part would not look like a figure of its own. */
function cutApart(figures: readonly Group[], ink: Labelled, count: number): Group[] | null {
  const parts = figures.map((figure) => ({ figure, into: 1 }));
  for (let more = count - parts.length; more > 0; more -= 1) {
    const widest = parts.reduce<(typeof parts)[number] | null>(
      (best, part) => (best && best.figure.box.width / best.into >= part.figure.box.width / part.into ? best : part),
      null,
    );
    if (!widest) return null;
    widest.into += 1;
  }
  const cut = parts.map(({ figure, into }) => (into === 1 ? [figure] : cutInto(figure, into, ink)));
  return cut.some((pieces) => pieces === null) ? null : cut.flatMap((pieces) => pieces ?? []);
}

function cutInto(figure: Group, into: number, ink: Labelled): Group[] | null {
  const { box } = figure;
  const columns = new Float64Array(box.width);
  for (let y = box.y; y < box.y + box.height; y += 1)
    for (let x = 0; x < box.width; x += 1)
      if (figure.labels.has(ink.labels[y * ink.width + box.x + x] ?? 0)) columns[x] = (columns[x] ?? 0) + 1;
  const cuts = Array.from({ length: into - 1 }, (_, i) => emptiestNear(columns, (i + 1) / into, into));
  const edges = [0, ...cuts, box.width];
  const peaks = edges.slice(1).map((to, i) => Math.max(0, ...columns.slice(edges[i], to)));
  // Where figures touch little of either is drawn; through the middle of one figure much is.
  if (cuts.some((at, i) => (columns[at] ?? 0) > 0.4 * Math.min(peaks[i] ?? 0, peaks[i + 1] ?? 0))) return null;
  const pieces = edges.slice(1).map((to, i) => part(figure, box.x + (edges[i] ?? 0), box.x + to, ink));
  const most = (key: (piece: Group) => number) => Math.max(...pieces.map(key));
  const alike = pieces.every(
    ({ box: { height }, area }) =>
      height >= 0.7 * most((piece) => piece.box.height) && area >= 0.4 * most((piece) => piece.area),
  );
  return alike ? pieces : null;
}

/** The emptiest of the columns around an equal part; ones further from it must be the emptier for that. */
function emptiestNear(columns: Float64Array, at: number, into: number): number {
  const centre = Math.round(at * columns.length);
  const reach = Math.floor((0.3 * columns.length) / into);
  const most = Math.max(...columns);
  const cost = (x: number) => (columns[x] ?? Infinity) / most + (8 * Math.abs(x - centre)) / columns.length;
  let best = centre;
  for (let x = centre - reach; x <= centre + reach; x += 1) if (cost(x) < cost(best)) best = x;
  return best;
}

/** The pixels of a group within some columns. */
function part({ labels }: Group, from: number, to: number, ink: Labelled): Group {
  let [left, right, top, bottom, area] = [to, from - 1, ink.height, -1, 0];
  for (let y = 0; y < ink.height; y += 1) {
    for (let x = from; x < to; x += 1) {
      if (!labels.has(ink.labels[y * ink.width + x] ?? 0)) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), y];
      area += 1;
    }
  }
  return { labels, box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }, area };
}

function figureOf({ labels, box }: Group, ink: Labelled): Figure {
  const { x, y, width, height } = box;
  const mask = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1)
      if (labels.has(ink.labels[(y + row) * ink.width + x + column] ?? 0)) mask[row * width + column] = 1;
  return { box, mask };
}

/** Rows from top to bottom (figures beside each other for at least half the smaller's height), each left to right. */
function inReadingOrder(figures: readonly Group[]): Group[] {
  const rows: Group[][] = [];
  for (const figure of [...figures].sort((a, b) => a.box.y - b.box.y)) {
    const row = rows.find(([first]) => first && beside(first.box, figure.box) >= 0.5);
    if (row) row.push(figure);
    else rows.push([figure]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.box.x - b.box.x));
}

/** How much of the lower one's height two boxes share, 0-1. */
function beside(a: Box, b: Box): number {
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, shared) / Math.min(a.height, b.height);
}

/** Pixels between two boxes, 0 when they overlap or touch. */
function apart(a: Box, b: Box): number {
  const across = Math.max(a.x - (b.x + b.width), b.x - (a.x + a.width));
  const down = Math.max(a.y - (b.y + b.height), b.y - (a.y + a.height));
  return Math.max(0, across, down);
}

function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}
