/** A case of the matrix. Its element may stand in the page or be kept aside to be copied. */
export interface Row {
  element: HTMLTableRowElement;
  name: string;
  state: string;
  isProblem: boolean;
  /** To the approved mean, negative is worse; `NaN` where there is none. */
  change: number;
  /** USD. */
  cost: number;
}

/** A variant of the matrix; its cells stand at `index` of every row. */
export interface Column {
  index: number;
  model: string;
  revision: string;
  isCandidate: boolean;
  head: HTMLElement;
}

/** What is chosen to be shown, by its names in the page's address. */
export type Choice = URLSearchParams;

/** Those that narrow what is shown; the others only change how. */
export const filters = ['q', 'model', 'revision', 'verdict'] as const;

export function rowsOf(elements: Iterable<HTMLTableRowElement>): Row[] {
  return [...elements].map((element) => ({
    element,
    name: element.querySelector('.name')?.textContent ?? '',
    state: element.dataset['state'] ?? '',
    isProblem: 'problem' in element.dataset,
    change: Number(element.dataset['change'] || NaN),
    cost: Number(element.dataset['cost']),
  }));
}

export function columnsOf(table: HTMLTableElement): Column[] {
  return [...table.querySelectorAll<HTMLElement>('thead th')].slice(1).map((head, at) => ({
    index: at + 1,
    model: head.dataset['model'] ?? '',
    revision: head.dataset['revision'] ?? '',
    isCandidate: 'candidate' in head.dataset,
    head,
  }));
}

const orders: Readonly<Record<string, (a: Row, b: Row) => number>> = {
  name: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }),
  change: (a, b) => (Number.isNaN(a.change) ? 1 : Number.isNaN(b.change) ? -1 : a.change - b.change),
  cost: (a, b) => b.cost - a.cost,
};

/** Rows come worst first, and stay so unless another order is chosen. */
export function chosenRows(rows: readonly Row[], choice: Choice): Row[] {
  const words = (choice.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const verdict = choice.get('verdict') ?? '';
  const fit = rows.filter(
    ({ name, state }) =>
      words.every((word) => name.toLowerCase().includes(word)) && (verdict === '' || state === verdict),
  );
  const order = orders[choice.get('sort') ?? ''];
  return order ? fit.sort(order) : fit;
}

export function chosenColumns(columns: readonly Column[], choice: Choice): Column[] {
  const fits = (name: string, value: string) => (choice.get(name) ?? value) === value;
  return columns.filter(({ model, revision }) => fits('model', model) && fits('revision', revision));
}
