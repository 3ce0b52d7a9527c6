export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Words times words that are still compared; beyond, the middle of the texts counts as replaced. */
const LIMIT = 4_000_000;

/** What changed from `before` to `after`, by words and the spaces between them (longest common subsequence). */
export function wordDiff(before: string, after: string): DiffPart[] {
  const a = before.split(/(\s+)/).filter((word) => word !== '');
  const b = after.split(/(\s+)/).filter((word) => word !== '');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const parts: DiffPart[] = [];
  const add = (kind: DiffPart['kind'], words: readonly string[]) => {
    const last = parts.at(-1);
    const text = words.join('');
    if (text === '') return;
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  add('same', a.slice(0, head));
  middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail), add);
  add('same', a.slice(a.length - tail));
  return parts;
}

function middle(
  a: readonly string[],
  b: readonly string[],
  add: (kind: DiffPart['kind'], words: readonly string[]) => void,
): void {
  if (a.length * b.length > LIMIT) {
    add('removed', a);
    add('added', b);
    return;
  }
  const columns = b.length + 1;
  const common = new Uint32Array((a.length + 1) * columns);
  const at = (i: number, j: number) => common[i * columns + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * columns + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a.slice(i, i + 1));
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) {
      add('removed', a.slice(i, i + 1));
      i += 1;
    } else {
      add('added', b.slice(j, j + 1));
      j += 1;
    }
  }
}
