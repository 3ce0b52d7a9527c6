import { distance } from 'fastest-levenshtein';
import type { Box } from '../image/raster.js';
import type { Word } from '../read/reader.js';

/** A caption and the words that are most like it; `read` is '' where there are none. */
export interface FoundCaption {
  caption: string;
  read: string;
  /** 1 - CER, 0..1: the share of the caption's characters that need no change. */
  score: number;
  box: Box | null;
}

/**
 * Looks for each caption among the lines: the run of words with the fewest wrong characters, which may go on in the
 * line below. Case and the width of spaces do not count. Words serve one caption only, the one that they are most like:
 * else BACK VIEW would be half of a FRONT VIEW that is not there.
 */
export function findCaptions(captions: readonly string[], lines: readonly Word[][]): FoundCaption[] {
  const wanted = captions.map(plain);
  const longest = Math.max(...wanted.map(longestWindow));
  const columns = lines.map((line) => columnFrom(line, lines, line.length + longest));
  const candidates = wanted.flatMap((caption, index) =>
    columns.flatMap((column, line) => windowsOf(caption, column, lines[line]?.length ?? 0, index)),
  );
  candidates.sort((a, b) => b.score - a.score || b.length - a.length || a.index - b.index);
  const taken = new Set<Word>();
  const found = captions.map((caption): FoundCaption => ({ caption, read: '', score: 0, box: null }));
  for (const { index, words, score } of candidates) {
    const each = found[index];
    if (!each || each.box || words.some((word) => taken.has(word))) continue;
    for (const word of words) taken.add(word);
    Object.assign(each, { read: textOf(words), score, box: around(words) });
  }
  return found;
}

/** Upper case, single spaces, one form of each character. */
export function plain(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(/\s+/g, ' ').trim();
}

interface Candidate {
  index: number;
  /** Of the caption, in characters. */
  length: number;
  words: Word[];
  score: number;
}

/** Runs of words that begin in the first line of the column. */
function windowsOf(caption: string, column: readonly Word[], firstLine: number, index: number): Candidate[] {
  const longest = longestWindow(caption);
  const windows: Candidate[] = [];
  for (let start = 0; start < firstLine; start += 1)
    for (let end = start + 1; end <= Math.min(column.length, start + longest); end += 1) {
      const words = column.slice(start, end);
      const score = 1 - distance(caption, textOf(words)) / caption.length;
      if (score > 0) windows.push({ index, length: caption.length, words, score });
    }
  return windows;
}

/** In words: a caption that is read in pieces has more than it was written with. */
function longestWindow(caption: string): number {
  return caption.split(' ').length * 2 + 1;
}

/** The words of a line, then of the line right below it, and so on until there are enough. */
function columnFrom(line: readonly Word[], lines: readonly (readonly Word[])[], enough: number): Word[] {
  const column = [...line];
  let next = below(line, lines);
  while (next && column.length < enough) {
    column.push(...next);
    next = below(next, lines);
  }
  return column;
}

/** The nearest line at most 1.5 of this one's height under it that shares columns of pixels with it. */
function below(line: readonly Word[], lines: readonly (readonly Word[])[]): readonly Word[] | undefined {
  const { x, y, width, height } = around(line);
  return lines
    .map((other) => ({ other, box: around(other) }))
    .filter(({ box }) => {
      const gap = box.y - (y + height);
      return gap > -height / 2 && gap < height * 1.5 && box.y > y && box.x < x + width && x < box.x + box.width;
    })
    .sort((a, b) => a.box.y - b.box.y)[0]?.other;
}

function textOf(words: readonly Word[]): string {
  return plain(words.map(({ text }) => text).join(' '));
}

function around(words: readonly Word[]): Box {
  const x = Math.min(...words.map(({ box }) => box.x));
  const y = Math.min(...words.map(({ box }) => box.y));
  const right = Math.max(...words.map(({ box }) => box.x + box.width));
  const bottom = Math.max(...words.map(({ box }) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
