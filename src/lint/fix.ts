import type { Place } from '../lib/errors.js';
import type { SourceRange } from './prompt-text.js';
import { SourceLines } from './source-lines.js';

/** Another text for a part of a template. It is shorter than what it replaces, so that fixing comes to an end. */
export interface SourceEdit extends SourceRange {
  text: string;
  rule: string;
}

/** What a fix did, for people. */
export interface Change {
  place: Required<Place>;
  rule: string;
  was: string;
  is: string;
}

/**
 * Applies edits to the texts of files. Of edits that overlap the first is applied; the others are found again.
 * @returns the texts that changed, and what changed in them.
 */
export function applyEdits(
  texts: ReadonlyMap<string, string>,
  edits: readonly SourceEdit[],
): { texts: Map<string, string>; changes: Change[] } {
  const changed = new Map<string, string>();
  const changes: Change[] = [];
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const before = texts.get(file) ?? '';
    const lines = new SourceLines(file, before);
    let after = '';
    let done = 0;
    for (const edit of edits.filter((each) => each.file === file).sort((a, b) => a.from - b.from || b.to - a.to)) {
      if (edit.from < done) continue;
      after += before.slice(done, edit.from) + edit.text;
      done = edit.to;
      changes.push({
        place: lines.placeOf(edit.from),
        rule: edit.rule,
        was: before.slice(edit.from, edit.to),
        is: edit.text,
      });
    }
    changed.set(file, after + before.slice(done));
  }
  return { texts: changed, changes };
}

/**
 * The bytes that say a fixed text the way the file was saved: with its byte order mark and its line ends.
 * @param before the file's text as it was read, with line ends made `\n`.
 */
export function savedAs(saved: string, before: string, after: string): string {
  const mark = saved.startsWith('\uFEFF') ? '\uFEFF' : '';
  const ends = saved.match(/\r\n?|\n/g) ?? [];
  // Line ends that are left are those of the lines before and after the change: edits stay within their line.
  if (ends.length !== before.split('\n').length - 1) throw new Error('the text is not that of the file');
  const lines = after.split('\n');
  return mark + lines.map((line, index) => line + (index < lines.length - 1 ? (ends[index] ?? '\n') : '')).join('');
}
