import { shown } from './problems.js';
import type { Path } from './document.js';
import type { Reading } from './reading.js';
import type { WrittenStatement } from './schema-checklist.js';
import type { Statement } from './suite.js';

/** As many as a judge keeps apart in one call; a picture is seldom told by more. */
const MOST = 20;

/** The statements of a case, each before those that hang on it. Empty ones, repeats and too many are problems. */
export function resolveChecklist(name: string, { file, document, problems }: Reading): Statement[] {
  const all: Statement[] = [];
  const first = new Map<string, Path>();
  const add = (written: readonly WrittenStatement[], under: number | null, at: Path): void => {
    written.forEach((each, index) => {
      const isPlain = typeof each === 'string';
      const place = isPlain ? [...at, index] : [...at, index, 'says'];
      // The judge gets a numbered line each.
      const says = (isPlain ? each : each.says).replace(/\s+/g, ' ').trim();
      const before = first.get(says.toLowerCase());
      if (says === '')
        problems.add(
          `a statement of ${shown(name)} is empty`,
          document.at(place),
          'Say what should be true, or drop it.',
        );
      else if (before)
        problems.add(
          `${shown(name)} says ${shown(says)} twice; first on line ${document.at(before).line}`,
          document.at(place),
          'Say it once: the same answer would count twice.',
        );
      else first.set(says.toLowerCase(), place);
      all.push({ says, under });
      if (all.length === MOST + 1)
        problems.add(
          `${shown(name)} has more than ${MOST} statements`,
          document.at(place),
          'Keep those that a wrong picture would break.',
        );
      if (!isPlain) add(each.then, all.length - 1, [...at, index, 'then']);
    });
  };
  add(file.cases[name]?.checklist ?? [], null, ['cases', name, 'checklist']);
  return all;
}
