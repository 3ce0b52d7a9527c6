/** A line across at least this share of the sheet is ruled, not drawn: a divider, a ground line, a table, a frame. */
const ACROSS = 0.9;
/** And it is at most this share of the sheet's short side thick. */
const THICK = 0.015;

/** The mask without straight lines from side to side or from top to bottom; what is thicker where they cross it stays. */
export function withoutRules(mask: Uint8Array, width: number, height: number): Uint8Array {
  const thick = Math.max(4, Math.round(THICK * Math.min(width, height)));
  const kept = Uint8Array.from(mask);
  erase(mask, kept, { count: height, step: width }, { count: width, step: 1 }, thick);
  erase(mask, kept, { count: width, step: 1 }, { count: height, step: width }, thick);
  return kept;
}

interface Axis {
  count: number;
  /** From one pixel to the next along the axis, as an index. */
  step: number;
}

/** Lines that run along `along`, each at one place of `across`; one pixel of slant is let pass. */
function erase(mask: Uint8Array, kept: Uint8Array, across: Axis, along: Axis, thick: number): void {
  for (let line = 0; line < across.count; line += 1) {
    const here = line * across.step;
    const before = line > 0 ? here - across.step : here;
    const after = line < across.count - 1 ? here + across.step : here;
    let set = 0;
    for (let i = 0, offset = 0; i < along.count; i += 1, offset += along.step)
      if (mask[here + offset] || mask[before + offset] || mask[after + offset]) set += 1;
    if (set < ACROSS * along.count) continue;
    for (let i = 0; i < along.count; i += 1) eraseThin(mask, kept, across, line, i * along.step, thick);
  }
}

/** Erases the run of set pixels through one place of a line when it is thin. */
function eraseThin(mask: Uint8Array, kept: Uint8Array, across: Axis, line: number, offset: number, thick: number) {
  const index = (at: number) => at * across.step + offset;
  const isSet = (at: number) => at >= 0 && at < across.count && mask[index(at)] === 1;
  const start = [line, line - 1, line + 1].find(isSet);
  if (start === undefined) return;
  let [from, to] = [start, start];
  while (to - from < thick && isSet(from - 1)) from -= 1;
  while (to - from < thick && isSet(to + 1)) to += 1;
  if (to - from + 1 > thick) return;
  for (let at = from; at <= to; at += 1) kept[index(at)] = 0;
}
