export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Words times words that are still compared; beyond, the middle of the texts counts as replaced. */
const LIMIT = 4_000_000;

/** What changed from `before` to `after`, word by word (longest common subsequence); a word keeps the space behind it. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const a = words(before);
  const b = words(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const runs = [
    { same: a.slice(0, head), removed: [], added: [] },
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    { same: a.slice(a.length - tail), removed: [], added: [] },
  ];
  return runs
    .flatMap((run) => (['removed', 'added', 'same'] as const).map((kind) => ({ kind, text: run[kind].join('') })))
    .filter(({ text }) => text !== '');
}

/** A change and what follows it unchanged. */
interface Run {
  removed: string[];
  added: string[];
  same: string[];
}

const words = (text: string) => text.match(/\s*\S+\s?|\s+$/g) ?? [];

function middle(a: readonly string[], b: readonly string[]): Run[] {
  if (a.length * b.length > LIMIT) return [{ removed: [...a], added: [...b], same: [] }];
  const columns = b.length + 1;
  const common = new Uint32Array((a.length + 1) * columns);
  const at = (i: number, j: number) => common[i * columns + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * columns + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const runs: Run[] = [];
  let run: Run = { removed: [], added: [], same: [] };
  let [i, j] = [0, 0];
  for (;;) {
    const [left, right] = [a[i], b[j]];
    if (left === undefined && right === undefined) return [...runs, run];
    if (left !== undefined && left === right) {
      run.same.push(left);
      i += 1;
      j += 1;
      continue;
    }
    if (run.same.length > 0) {
      runs.push(run);
      run = { removed: [], added: [], same: [] };
    }
    if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      run.removed.push(left);
      i += 1;
    } else if (right !== undefined) {
      run.added.push(right);
      j += 1;
    }
  }
}
