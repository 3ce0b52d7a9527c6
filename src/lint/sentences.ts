import { matches, type Range } from './rule.js';

/** Sentences, and lines that end without a full stop before an empty line or another sentence. */
export function chunks(text: string): Range[] {
  return matches(text, /[^\s.!?][^.!?\n]*(?:\.(?=\S)[^.!?\n]*)*(?:\n(?!\s*\n)[^.!?\n]+)*[.!?]*/g).map(
    ({ start, end }) => ({ start, end }),
  );
}

/** How many words a fragment between commas may have, and how many fragments make a list. */
const SHORT = 3;
const FRAGMENTS = 4;

/**
 * Paragraphs that are lists of keywords: no sentence ends in them, and most of what stands between the commas is no
 * longer than three words. Labels (`Image 1: ...`) and lists with bullets are none.
 */
export function keywordLists(text: string): Range[] {
  return matches(text, /\S(?:[^\n]|\n(?!\s*\n))*/g)
    .map(({ start, text }) => ({ start, end: start + text.trimEnd().length, text: text.trimEnd() }))
    .filter(({ text }) => !/[.!?:;](?:\s|$)|^\s*[-*] /.test(text) && isList(text));
}

function isList(text: string): boolean {
  const fragments = text.split(',').map((fragment) => fragment.trim().split(/\s+/).filter(Boolean));
  // With an article or a joining word it is part of a sentence.
  const keywords = fragments.filter(
    (words) => words.length <= SHORT && !/^(?:an?|the|and|or|with|its)$/i.test(words[0] ?? ''),
  );
  return fragments.length >= FRAGMENTS && keywords.length >= fragments.length / 2;
}
