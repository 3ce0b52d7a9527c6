import { element } from './elements.js';
import { untilLeft } from './leaving.js';
import type { Row } from './matrix-rows.js';

/** Where the rows of the matrix stand. */
export interface Grid {
  show(rows: readonly Row[]): void;
  /** The row as it stands in the page, in sight. */
  reveal(row: Row): HTMLTableRowElement;
  /** Which row of the page this is. */
  rowOf(shown: HTMLTableRowElement): Row | null;
}

/** Hides columns and changes pictures of a row before it is seen. */
export type Dress = (row: HTMLTableRowElement) => void;

/** All rows in the page. */
export function plainGrid(body: HTMLTableSectionElement, dress: Dress): Grid {
  const rows = new Map<HTMLTableRowElement, Row>();
  return {
    show(chosen) {
      rows.clear();
      for (const row of chosen) {
        rows.set(row.element, row);
        dress(row.element);
      }
      // Putting a thousand pictures where they are would lay all of them out again.
      const elements = [...rows.keys()];
      const isThere = elements.length === body.rows.length && elements.every((row, i) => row === body.rows[i]);
      if (!isThere) body.replaceChildren(...elements);
    },
    reveal({ element: row }) {
      row.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      return row;
    },
    rowOf: (shown) => rows.get(shown) ?? null,
  };
}

/** Rows live beyond each edge of the window, so that quick scrolling finds them there. */
const SPARE = 3;
/** ms a row must stay before its pictures are drawn: a flick of the wheel passes hundreds that nobody sees. */
const STAY = 100;

/**
 * Only the rows in sight in the page, as copies; empty rows above and below are as high as those left out. All rows
 * have one height, which the style sheet sets, so that nothing moves as they come and go.
 */
export function virtualGrid(body: HTMLTableSectionElement, dress: Dress): Grid {
  const [above, below] = [gap(), gap()];
  const live = new Map<Row, HTMLTableRowElement>();
  let rows: readonly Row[] = [];
  let height = NaN;
  let isScrolling = false;

  const make = (row: Row): HTMLTableRowElement => {
    const copy = document.importNode(row.element, true);
    copy.ariaRowIndex = String(rows.indexOf(row) + 2);
    dress(copy);
    if (isScrolling) pass(copy);
    return copy;
  };
  const place = () => {
    if (Number.isNaN(height)) height = measure();
    const top = -body.getBoundingClientRect().top;
    const first = within(Math.floor(top / height) - SPARE);
    const last = within(Math.ceil((top + innerHeight) / height) + SPARE);
    const wanted = new Set(rows.slice(first, last));
    for (const [row, copy] of live) {
      if (wanted.has(row)) continue;
      copy.remove();
      live.delete(row);
    }
    let before = above;
    for (const row of wanted) {
      const copy = live.get(row) ?? make(row);
      live.set(row, copy);
      if (before.nextElementSibling !== copy) before.after(copy);
      before = copy;
    }
    stretch(above, first * height);
    stretch(below, (rows.length - last) * height);
  };
  const within = (at: number) => Math.min(Math.max(0, at), rows.length);
  /** px of a row, and of the pictures in a cell; it takes one to know. */
  const measure = () => {
    const [row] = rows;
    if (!row) return NaN;
    const copy = live.get(row) ?? make(row);
    above.after(copy);
    live.set(row, copy);
    const tiles = copy.querySelector('.tiles')?.getBoundingClientRect();
    if (tiles) body.style.setProperty('--tiles', `${tiles.width}px ${tiles.height}px`);
    return copy.getBoundingClientRect().height;
  };

  const scrolled = () => {
    isScrolling = true;
    place();
    isScrolling = false;
  };

  addEventListener('scroll', scrolled, { passive: true, ...untilLeft() });
  addEventListener(
    'resize',
    () => {
      height = NaN;
      place();
    },
    untilLeft(),
  );
  return {
    show(chosen) {
      rows = chosen;
      live.clear();
      body.replaceChildren(above, below);
      body.parentElement?.setAttribute('aria-rowcount', String(rows.length + 1));
      place();
    },
    reveal(row) {
      const at = rows.indexOf(row) * height + body.getBoundingClientRect().top;
      const head = body.previousElementSibling?.getBoundingClientRect().height ?? 0;
      if (at < head) scrollBy({ top: at - head, behavior: 'instant' });
      else if (at + height > innerHeight) scrollBy({ top: at + height - innerHeight, behavior: 'instant' });
      place();
      return live.get(row) ?? row.element;
    },
    rowOf: (shown) => [...live].find(([, copy]) => copy === shown)?.[0] ?? null,
  };
}

/** A row that has only just come shows its figures alone. The style sheet leaves the pictures out, and so unfetched. */
function pass(row: HTMLTableRowElement): void {
  row.classList.add('passing');
  setTimeout(() => {
    row.classList.remove('passing');
  }, STAY);
}

function gap(): HTMLTableRowElement {
  return element('tr', { class: 'gap', 'aria-hidden': 'true' }, element('td', { colspan: '1000' }));
}

function stretch(row: HTMLTableRowElement, height: number): void {
  row.hidden = !(height > 0);
  row.style.height = `${height}px`;
}
