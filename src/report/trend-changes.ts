import { count, line, moment } from './format.js';
import type { PastRun, PastVariant } from './history.js';

/** What was otherwise than in the run before, and may be why a score moved. */
export interface Change {
  kind: 'prompt' | 'model' | 'baseline';
  words: string;
}

/**
 * For each run, what changed before it in any of the cases. Compared is with the last run that knew: one that sampled
 * another model, or other cases, says nothing about these.
 */
export function changes(
  runs: readonly PastRun[],
  followed: readonly (PastVariant | undefined)[],
  cases: readonly string[],
): Change[][] {
  const found = runs.map((): Change[] => []);
  const note = (kind: Change['kind'], words: (string | null)[]) => {
    words.forEach((each, i) => {
      if (each !== null) found[i]?.push({ kind, words: each });
    });
  };
  note(
    'prompt',
    differences(followed, (variant) => variant ?? null, promptWords(cases)),
  );
  note(
    'model',
    differences(followed, (variant) => (variant?.versions.length ? variant.versions : null), versionWords),
  );
  note('baseline', baselineWords(runs, cases));
  return found;
}

/** Each value against the last one known; `null` where one of the two is not known, or nothing to say. */
function differences<Item, Value>(
  items: readonly Item[],
  valueOf: (item: Item) => Value | null,
  words: (before: Value, now: Value) => string | null,
): (string | null)[] {
  let before: Value | null = null;
  return items.map((item) => {
    const now = valueOf(item);
    const said = before !== null && now !== null ? words(before, now) : null;
    before = now ?? before;
    return said;
  });
}

function promptWords(cases: readonly string[]) {
  return (before: PastVariant, now: PastVariant): string | null => {
    if (before.revision !== now.revision) return `revision ${line(before.revision, 40)} → ${line(now.revision, 40)}`;
    const edited = cases.filter((name) =>
      isEdited(before.cells.get(name)?.prompts ?? [], now.cells.get(name)?.prompts ?? []),
    );
    if (edited.length === 0) return null;
    const where = cases.length > 1 ? ` in ${count(edited.length, 'case')}` : '';
    return `prompts of ${line(now.revision, 40)} edited${where}`;
  };
}

/** A conversation that broke off has fewer prompts than a whole one, which is no edit. */
function isEdited(before: readonly string[], now: readonly string[]): boolean {
  return before.some((each) => !now.includes(each)) && now.some((each) => !before.includes(each));
}

function versionWords(before: readonly string[], now: readonly string[]): string | null {
  const [a, b] = [before, now].map((versions) => line(versions.join(', '), 80));
  return a === b ? null : `model version ${a} → ${b}`;
}

function baselineWords(runs: readonly PastRun[], cases: readonly string[]): (string | null)[] {
  // A case that the run did not have is unknown; one without an approved set has `none`.
  const changed = cases.map((name) =>
    differences(
      runs,
      ({ baselines }) => {
        const approved = baselines.get(name);
        return approved === undefined ? null : (approved ?? ('none' as const));
      },
      (before, now) => {
        if (now === 'none') return before === 'none' ? null : 'approved set taken away';
        const same = before !== 'none' && before.run === now.run && before.approvedAt === now.approvedAt;
        return same ? null : `approved ${moment(now.approvedAt).slice(0, 10)}, run ${line(now.run, 40)}`;
      },
    ),
  );
  return runs.map((_, i) => {
    const said = changed.flatMap((each) => each[i] ?? []);
    const [first] = said;
    if (first === undefined) return null;
    if (cases.length === 1) return first;
    const where = count(said.length, 'case');
    return new Set(said).size === 1 ? `${first} (${where})` : `approved sets of ${where} changed`;
  });
}
