import { distance } from 'fastest-levenshtein';

/** The known name nearest to what was written, or `undefined` when none is near enough to suggest. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: { name: string; edits: number } | undefined;
  for (const name of known) {
    const edits = distance(written.toLowerCase(), name.toLowerCase());
    if (!best || edits < best.edits) best = { name, edits };
  }
  return best && best.edits <= Math.max(2, Math.ceil(written.length / 3)) ? best.name : undefined;
}

/** ` Did you mean 'x'?`, ` Known: a, b.` or nothing; made to be appended to a sentence. */
export function suggestion(written: string, known: readonly string[]): string {
  const name = nearest(written, known);
  if (name !== undefined) return ` Did you mean '${name}'?`;
  return known.length > 0 ? ` Known: ${known.join(', ')}.` : '';
}
