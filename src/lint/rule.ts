import type { Path } from '../suite/document.js';
import type { PromptText } from './prompt-text.js';
import type { Subject } from './subject.js';

/** error: the model cannot follow it. warning: it costs quality or consistency. hint: worth a look. */
export type Level = 'error' | 'warning' | 'hint';

export interface Rule {
  /** What findings are called; lower-case words with hyphens. */
  id: string;
  level: Level;
  /** What goes wrong otherwise, for people. */
  why: string;
  /** Who says so; `null` where it follows from what the suite or the API is. */
  source: string | null;
  /** Looks at one prompt of a case. */
  inPrompt?: (prompt: PromptText, subject: Subject) => Iterable<InPrompt>;
  /** Looks at the suite as a whole. */
  inSuite?: (subject: Subject) => Iterable<InSuite>;
}

/** Offsets in a text; the end is exclusive. */
export interface Range {
  start: number;
  end: number;
}

/** Something found in a rendered prompt. */
export interface InPrompt extends Range {
  /** What is wrong, without the place. */
  message: string;
  /** What to do. */
  advice: string;
  /** An edit that changes nothing but what is wrong; offsets as in `start`. It makes the text shorter. */
  edit?: Range & { text: string };
}

/** Something found in suite.yaml (at a path), or in a file as a whole. */
export interface InSuite {
  at: { path: Path; key?: true } | { file: string };
  message: string;
  advice: string;
}

/** All matches of a pattern, with their places. The pattern needs the flag `g`. */
export function matches(text: string, pattern: RegExp): (Range & { found: RegExpMatchArray; text: string })[] {
  return [...text.matchAll(pattern)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    text: found[0],
    found,
  }));
}
