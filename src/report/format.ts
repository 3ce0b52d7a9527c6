/** How numbers and outside text read, the same in every reporter. */

/** `1 sample`, `4 samples`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** USD, with more decimals the smaller it is: `$12.40`, `$0.134`, `$0.0039`. `null` is a call without a known price. */
export function money(usd: number | null): string {
  if (usd === null) return 'no price';
  const decimals = usd === 0 || usd >= 1 ? 2 : usd >= 0.01 ? 3 : 4;
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}`;
}

/** What a run spent; calls without a known price make the sum a lower bound, or no sum at all. */
export function spent(cost: { spent: number; unpriced: number }): string {
  if (cost.unpriced === 0) return `${money(cost.spent)} spent`;
  return cost.spent === 0 ? 'cost unknown' : `at least ${money(cost.spent)} spent`;
}

/** Milliseconds for people: `840 ms`, `8.2 s`, `3 min 5 s`. */
export function duration(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** As many decimals as a value of this size deserves. */
const decimalsOf = (value: number) => (Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : 2);

/** A metric's value, with two decimals or less; never `-0.00`. */
export function score(value: number | null, decimals = decimalsOf(value ?? 0)): string {
  if (value === null) return '–';
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text.replace('-', '−');
}

/** `+0.03`, `−0.26`, `±0.00`. */
export function signed(value: number, decimals?: number): string {
  const text = score(value, decimals);
  return Number(text.replace('−', '-')) === 0 ? `±${text}` : value > 0 ? `+${text}` : text;
}

/** `0.87 ± 0.02`, both with the decimals of the mean; without a scatter the mean alone. */
export function meanAndSd(mean: number, sd: number | null): string {
  return sd === null ? score(mean) : `${score(mean)} ± ${score(sd, decimalsOf(mean))}`;
}

/** `[0.53, 0.68]`. */
export function interval(bounds: readonly [number, number]): string {
  return `[${score(bounds[0])}, ${score(bounds[1])}]`;
}

/** Bytes for people, in thousands as disks are sold: `840 B`, `12.3 KB`, `4.1 MB`, `2.0 GB`. */
export function fileSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const power = bytes < 999.5 ? 0 : bytes < 999_950 ? 1 : bytes < 999_950_000 ? 2 : 3;
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}

/** `2026-11-20 14:02 UTC` from ISO 8601. */
export function moment(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

// Control characters (they move cursors and set colours) and the characters that reverse the direction of what follows.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** Text from outside as one harmless line of at most `width` characters. */
export function line(text: string, width = Number.POSITIVE_INFINITY): string {
  const clean = text.replace(unsafe, ' ').trim();
  return clean.length <= width ? clean : `${clean.slice(0, Math.max(0, width - 1))}…`;
}
