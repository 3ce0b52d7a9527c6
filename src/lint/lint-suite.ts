import { UsageError } from '../lib/errors.js';
import { readFileSync, realpathSync, writeFileAtomic } from '../lib/files.js';
import { suggestion } from '../lib/nearest.js';
import { decodeText } from '../suite/folder.js';
import { readSuite, type LoadOptions, type ReadSuite } from '../suite/load.js';
import { tracePrompts } from '../suite/traced-prompts.js';
import { applyEdits, savedAs, type Change } from './fix.js';
import { lint, type Finding } from './lint.js';
import { subjectOf, type Subject } from './subject.js';

export interface LintOptions extends Pick<LoadOptions, 'inspectImage' | 'markRegion'> {
  /** Only these; all revisions of the suite by default. Those of git cannot be edited and are left out. */
  revisions?: readonly string[];
  /** Makes all edits, over and over until there are none. Nothing is written yet: see `writeFixes`. */
  fix?: boolean;
}

export interface SuiteLint {
  suite: string;
  /** What is left when the edits are made. */
  findings: Finding[];
  changes: Change[];
  files: FixedFiles;
}

/** File -> what it is to hold, and what it held when it was read. */
export type FixedFiles = Map<string, { text: string; before: string }>;

/**
 * Looks for what is wrong with a suite that loads.
 * @throws UsageError when the suite does not load, or a revision is not one of its.
 */
export async function lintSuite(target: string, options: LintOptions): Promise<SuiteLint> {
  const { inspectImage, markRegion } = options;
  const read = await readSuite(target, { inspectImage, ...(markRegion && { markRegion }) });
  const files: FixedFiles = new Map();
  const changes: Change[] = [];
  for (;;) {
    const subject = subjectFor(read, options, new Map([...files].map(([file, { text }]) => [file, text])));
    const { findings, edits } = lint(subject);
    if (!options.fix || edits.length === 0) return { suite: read.suite.name, findings, changes, files };
    const texts = new Map(subject.revisions.flatMap(({ sources }) => [...sources]));
    const applied = applyEdits(texts, edits);
    changes.push(...applied.changes);
    for (const [file, text] of applied.texts)
      files.set(file, { text, before: files.get(file)?.before ?? texts.get(file) ?? '' });
  }
}

/**
 * Writes fixed files, each whole at once, as they were saved: line ends and byte order mark stay.
 * @throws UsageError when one has changed since it was read; nothing is written then.
 */
export function writeFixes(files: FixedFiles): void {
  const saved = [...files].map(([file, { text, before }]) => {
    // A link stays a link.
    const target = realpathSync(file);
    const bytes = readFileSync(target);
    if (decodeText(bytes, file) !== before)
      throw new UsageError(`the file has changed since it was read`, { place: { file }, fix: 'Lint again.' });
    return [target, savedAs(bytes.toString('utf8'), before, text)] as const;
  });
  for (const [file, text] of saved) writeFileAtomic(file, text);
}

function subjectFor(
  { suite, reading }: ReadSuite,
  { revisions }: LintOptions,
  edited: ReadonlyMap<string, string>,
): Subject {
  const unknown = revisions?.find((name) => !suite.revisions.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`${suite.name} has no revision '${unknown}'.${suggestion(unknown, suite.revisions)}`);
  const wanted = (revisions ?? suite.revisions).filter((name) => suite.commits[name] === undefined);
  return subjectOf(
    suite,
    reading,
    wanted.map((revision) => tracePrompts(revision, suite.cases, reading, edited)),
  );
}
