/** A report in one file shows its pages in one document: what listens beyond a page's own elements ends with the page. */
let shown = new AbortController();

/** For listeners on the document and the window. */
export function untilLeft(): { signal: AbortSignal } {
  return { signal: shown.signal };
}

export function leave(): void {
  shown.abort();
  shown = new AbortController();
}
