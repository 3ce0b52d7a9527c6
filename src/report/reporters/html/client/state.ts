/**
 * What the page shows, kept in its address behind the `#` as `name=value` pairs, so that a copied link shows the same.
 * A plain `#name` is a place on the page, and the same as `#place=name`. In a report that is one file `page` names the
 * page.
 */
export function state(): URLSearchParams {
  const text = location.hash.slice(1);
  return new URLSearchParams(text === '' || text.includes('=') ? text : { place: decodeURIComponent(text) });
}

/** Changes some of it without a new entry in the history; `null` takes a name away. */
export function change(changes: Readonly<Record<string, string | null>>): void {
  const next = state();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString().replaceAll('%2F', '/');
  history.replaceState(null, '', text === '' ? location.pathname + location.search : `#${text}`);
}

/** The name of a place, `null` where the address has none. */
export function placeName(): string | null {
  return state().get('place');
}
