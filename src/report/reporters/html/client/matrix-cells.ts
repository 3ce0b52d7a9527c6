import { bind } from './keys.js';
import type { Grid } from './matrix-grid.js';
import type { Column, Row } from './matrix-rows.js';

/** What the matrix shows at the moment. */
export interface Shown {
  rows: readonly Row[];
  columns: readonly Column[];
}

/**
 * Keys that go from cell to cell; the one with the focus is the one that Enter opens.
 * @returns what gives the cell its focus back after its row was put elsewhere
 */
export function bindCells(table: HTMLTableElement, grid: Grid, shown: () => Shown): () => void {
  let at: { row: Row; column: Column } | null = null;

  const go = (row: Row | undefined, column: Column | undefined) => {
    if (!row || !column) return;
    at = { row, column };
    const cell = grid.reveal(row).cells[column.index];
    if (!cell) return;
    cell.tabIndex = -1;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  };
  const home = () => {
    const { columns } = shown();
    return columns.find(({ isCandidate }) => isCandidate) ?? columns[0];
  };
  const step = (down: number, across: number) => () => {
    const { rows, columns } = shown();
    if (!at || !rows.includes(at.row)) {
      go(rows[0], home());
      return;
    }
    const column = Math.max(0, columns.indexOf(at.column)) + across;
    const row = rows.indexOf(at.row) + down;
    go(rows[clamp(row, rows.length)], columns[clamp(column, columns.length)]);
  };
  const problem = (step: 1 | -1) => () => {
    const { rows } = shown();
    const found = rows.filter(({ isProblem }) => isProblem);
    // Where nothing is wrong the weakest case is what there is to look at.
    const stops = found.length > 0 ? found : rows.slice(0, 1);
    const here = at ? rows.indexOf(at.row) : -1;
    const next =
      step > 0
        ? (stops.find((row) => rows.indexOf(row) > here) ?? stops[0])
        : (stops.findLast((row) => rows.indexOf(row) < here) ?? stops.at(-1));
    go(next, home());
  };

  table.addEventListener('focusin', ({ target }) => {
    const cell = target instanceof Element ? target.closest('td') : null;
    const row = cell?.parentElement instanceof HTMLTableRowElement ? grid.rowOf(cell.parentElement) : null;
    const column = shown().columns.find(({ index }) => index === cell?.cellIndex);
    if (row && column) at = { row, column };
  });
  bind('j', 'next case', step(1, 0));
  bind('k', 'case before', step(-1, 0));
  bind('l', 'next variant', step(0, 1));
  bind('h', 'variant before', step(0, -1));
  bind('n', 'next case to look at', problem(1));
  bind('p', 'case to look at before', problem(-1));
  bind('Enter', 'open the cell', () => {
    if (at) linkOf(grid.reveal(at.row), at.column)?.click();
  });
  document.querySelector('button.problem')?.addEventListener('click', problem(1));
  return () => {
    if (at && shown().rows.includes(at.row) && shown().columns.includes(at.column)) go(at.row, at.column);
  };
}

/** The worst sample of a cell, else the page of its case. */
function linkOf(row: HTMLTableRowElement, column: Column): HTMLAnchorElement | null {
  return row.cells[column.index]?.querySelector('a') ?? row.querySelector('a');
}

const clamp = (at: number, length: number) => Math.min(Math.max(0, at), length - 1);
