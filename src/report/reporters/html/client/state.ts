/**
 * What the page shows, kept in its address behind the `#` as `name=value` pairs, so that a copied link shows the same.
 * A plain `#name` is a place on the page.
 */
export function state(): URLSearchParams {
  const text = location.hash.slice(1);
  return new URLSearchParams(text.includes('=') ? text : '');
}

/** Changes some of it without a new entry in the history; `null` takes a name away. */
export function change(changes: Readonly<Record<string, string | null>>): void {
  const next = state();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  history.replaceState(null, '', next.size > 0 ? `#${next.toString()}` : location.pathname + location.search);
}

/** The name of a place, `null` where the address has none. */
export function placeName(): string | null {
  const text = decodeURIComponent(location.hash.slice(1));
  return text === '' || text.includes('=') ? null : text;
}
