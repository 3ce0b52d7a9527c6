/** How a revision is written: a folder under prompts/, or `git:REF` or `git:REF:FOLDER`. */
export type RevisionName = { folder: string } | { ref: string; folder: string | null };

const folder = '(?!constructor$)[a-z0-9]+(?:[._-][a-z0-9]+)*';

/**
 * What people call commits: branches, tags, ids, each with steps back such as ~1 and ^2. Narrower than what git allows
 * (git help check-ref-format, gitrevisions), so that nothing reads as an option, a path, a range or a second line.
 */
const ref = '(?!.*\\.\\.)[A-Za-z0-9_@][A-Za-z0-9_@.+/-]*(?:[~^][0-9]*)*';

export const revisionPattern = new RegExp(`^(?:git:(${ref})(?::(${folder}))?|${folder})$`);

/** What the pattern asks for, to go on after "must be". */
export const revisionRule =
  'the name of a folder under prompts/ (lower-case letters, digits, hyphens, dots, underscores) or git:REF, such as git:main';

/** The parts of a revision's name; `null` when it is none. */
export function parseRevision(name: string): RevisionName | null {
  const found = revisionPattern.exec(name);
  if (!found) return null;
  const [, ref, folder = null] = found;
  return ref === undefined ? { folder: name } : { ref, folder };
}
