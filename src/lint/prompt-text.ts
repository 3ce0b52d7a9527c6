import type { Case } from '../suite/suite.js';
import type { Piece } from '../suite/trace.js';
import type { TracedPrompt } from '../suite/traced-prompts.js';
import type { Range } from './rule.js';

/** A part of a template, or of the suite file: offsets in its text. */
export interface SourceRange {
  file: string;
  from: number;
  to: number;
}

/** Captions in quotes; an apostrophe inside a word opens none. */
const quotes = /"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|„[^“”\n]*[“”]|`[^`\n]*`|(?<!\w)['‘][^'’\n]*['’](?!\w)/g;

/** The prompt of a case in a revision, or of one turn of it, with the ways in which rules look at it. */
export class PromptText {
  readonly case: Case;
  /** From 1; later turns need not say again what the first one said. */
  readonly turn: number;
  readonly revision: string;
  readonly text: string;
  /** The text with everything in quotes made blank, of the same length: what is drawn as letters is not advice. */
  readonly said: string;
  private readonly pieces: readonly Piece[];

  constructor(prompt: TracedPrompt) {
    this.case = prompt.case;
    this.turn = prompt.turn ?? 1;
    this.revision = prompt.revision;
    this.text = prompt.text;
    this.pieces = prompt.pieces;
    this.said = prompt.text.replace(quotes, (quoted) => ' '.repeat(quoted.length));
  }

  /** The first line, for what is missing and so stands nowhere. */
  get opening(): Range {
    const end = this.text.indexOf('\n');
    return { start: 0, end: end < 0 ? this.text.length : end };
  }

  /**
   * Where a part of the prompt is written: the template, or the value of a variable that holds all of it.
   * @param value finds the text of a variable in the suite file.
   */
  locate(range: Range, value: (piece: Piece, text: string) => SourceRange | null): SourceRange {
    const touched = this.pieces.filter(({ start, end }) => start < range.end && end > range.start);
    const [first] = touched;
    if (!first) throw new Error(`nothing was written at ${range.start} of the prompt of ${this.case.name}`);
    if (touched.length === 1 && first.variable !== null) {
      const written = value(first, this.text.slice(first.start, first.end));
      if (written) return { ...written, ...inside(range, first, written.from) };
    }
    // A partial or a variable in the middle may be written elsewhere, even before the beginning.
    const last = touched.findLast((piece) => piece.file === first.file && piece.from >= first.from) ?? first;
    const from = first.verbatim ? first.from + Math.max(0, range.start - first.start) : first.from;
    const to = last.verbatim ? Math.min(last.to, last.from + range.end - last.start) : last.to;
    return { file: first.file, from, to };
  }

  /** The part of one template that says this letter by letter; `null` when there is no such part. */
  verbatim(range: Range): SourceRange | null {
    const piece = this.pieces.find(({ start, end }) => start <= range.start && range.end <= end);
    return piece?.verbatim ? { file: piece.file, ...inside(range, piece, piece.from) } : null;
  }
}

function inside({ start, end }: Range, piece: Piece, from: number) {
  return {
    from: from + Math.max(0, start - piece.start),
    to: from + Math.min(piece.end, end) - piece.start,
  };
}
