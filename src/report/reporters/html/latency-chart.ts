import { quantile } from '../../spread.js';
import { roundAxis, tenth, ticks } from './curve.js';

/** Latencies as dots over one axis of seconds that all variants share, in an SVG's own units: `SIZE` of it. */
export interface LatencyChart {
  ticks: { at: number; label: string }[];
  rows: LatencyRow[];
}

export interface LatencyRow {
  /** One path: a dot is a line of no length with round ends, so that thousands stay one element. */
  dots: string;
  p50: number | null;
  p95: number | null;
}

export const SIZE = { width: 544, height: 44 };
const PAD = 18;
/** A dot's width: as near as dots may come before they pile up. */
const DOT = 5;
const BASE = 38;

/** `variants`: the latencies of each, ms. */
export function latencyChart(variants: readonly (readonly number[])[]): LatencyChart {
  const axis = roundAxis([0, ...variants.flat().map((ms) => ms / 1000)]);
  const x = (ms: number) => tenth(PAD + (ms / 1000 / axis.high) * (SIZE.width - 2 * PAD));
  const piles = variants.map((each) => pilesOf(each.map(x)));
  const highest = Math.max(1, ...piles.flatMap((each) => [...each.values()]));
  const rise = Math.min(DOT, (BASE - DOT) / highest);
  return {
    ticks: ticks(axis).map((seconds) => ({ at: x(seconds * 1000), label: `${Number(seconds.toFixed(2))} s` })),
    rows: variants.map((each, i) => {
      const [p50, p95] = [0.5, 0.95].map((share) => quantile(each, share));
      return {
        dots: [...(piles[i] ?? [])]
          .flatMap(([at, n]) => Array.from({ length: n }, (_, j) => `M${at} ${tenth(BASE - j * rise)}h0`))
          .join(''),
        p50: p50 == null ? null : x(p50),
        p95: p95 == null ? null : x(p95),
      };
    }),
  };
}

/** Place on the axis -> dots piled up there. */
function pilesOf(places: readonly number[]): Map<number, number> {
  const piles = new Map<number, number>();
  for (const place of places) {
    const at = Math.round(place / DOT) * DOT;
    piles.set(at, (piles.get(at) ?? 0) + 1);
  }
  return new Map([...piles].sort(([a], [b]) => a - b));
}
