import { bind } from './keys.js';
import { untilLeft } from './leaving.js';
import { bindCells, type Shown } from './matrix-cells.js';
import { plainGrid, virtualGrid } from './matrix-grid.js';
import { chosenColumns, chosenRows, columnsOf, filters, rowsOf } from './matrix-rows.js';
import { pathOf, showPicture } from './pictures.js';
import { change, state } from './state.js';

/** Filters, order and keys of the matrix. What is chosen stands in the page's address, and is read from there only. */
export function openMatrix(): void {
  const table = document.querySelector<HTMLTableElement>('table.matrix');
  const form = document.querySelector<HTMLFormElement>('form.filters');
  const body = table?.tBodies[0];
  if (!table || !form || !body) return;
  const aside = document.querySelector<HTMLTemplateElement>('template#rows');
  const rows = rowsOf((aside?.content ?? body).querySelectorAll('tr'));
  const columns = columnsOf(table);
  const shown: Shown = { rows, columns };

  const dress = (row: HTMLTableRowElement) => {
    for (const { index } of columns) {
      const cell = row.cells[index];
      if (cell) cell.hidden = !shown.columns.some((column) => column.index === index);
    }
    for (const image of row.querySelectorAll('img')) cutOrWhole(image, state().has('whole'));
  };
  const grid = (aside ? virtualGrid : plainGrid)(body, dress);
  const refocus = bindCells(table, grid, () => shown);

  const show = () => {
    const choice = state();
    for (const control of controlsOf(form)) {
      const value = choice.get(control.name) ?? '';
      if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = value !== '';
      else if (control.value !== value) control.value = value;
    }
    shown.rows = chosenRows(rows, choice);
    shown.columns = chosenColumns(columns, choice);
    for (const { index, head } of columns) head.hidden = !shown.columns.some((column) => column.index === index);
    const hadFocus = table.contains(document.activeElement);
    grid.show(shown.rows);
    if (hadFocus) refocus();
    tell(form, shown.rows.length, rows.length);
  };
  const clear = () => {
    change(Object.fromEntries(filters.map((name) => [name, null])));
    show();
  };

  form.addEventListener('input', ({ target }) => {
    if (!isControl(target)) return;
    const isOff = target instanceof HTMLInputElement && target.type === 'checkbox' && !target.checked;
    change({ [target.name]: isOff ? null : target.value });
    show();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    clear();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    clear();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  addEventListener('hashchange', show, untilLeft());

  const [search, first] = [form.querySelector('input'), form.querySelector('select')];
  bind('/', 'find a case by name', () => search?.select());
  bind('f', 'filter and sort', () => first?.focus());
  bind('w', 'whole pictures, or cut to the character', () => form.querySelector<HTMLElement>('[name=whole]')?.click());
  bind('Escape', 'clear the filters', clear);
  form.hidden = false;
  show();
}

type Control = HTMLInputElement | HTMLSelectElement;

function isControl(target: EventTarget | null): target is Control {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(isControl);
}

function tell(form: HTMLFormElement, shown: number, all: number): void {
  const [output, reset] = [form.querySelector('output'), form.querySelector<HTMLElement>('[type=reset]')];
  if (output) output.value = shown === all ? `${all} cases` : `${shown} of ${all} cases`;
  if (reset) reset.hidden = !filters.some((name) => state().has(name));
}

/** `thumb/HASH-CUT.webp` is the cut of `thumb/HASH.webp`. */
function cutOrWhole(image: HTMLImageElement, isWhole: boolean): void {
  if (!isWhole && image.dataset['cut'] === undefined) return;
  const shown = pathOf(image);
  const cut = image.dataset['cut'] ?? shown;
  const wanted = isWhole ? cut.replace(/-[0-9a-f]+(?=\.webp$)/, '') : cut;
  image.dataset['cut'] = cut;
  if (wanted !== shown) showPicture(image, wanted);
}
