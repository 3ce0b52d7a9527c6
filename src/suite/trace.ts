import Handlebars from 'handlebars';

/** A part of a rendered prompt and the part of a template that it comes from. Ends are exclusive. */
export interface Piece {
  /** In the rendered text. */
  start: number;
  end: number;
  file: string;
  /** In the template's text: offsets in UTF-16 units. */
  from: number;
  to: number;
  /** Whether the template says it letter by letter; else it is what an expression came to. */
  verbatim: boolean;
  /** The path of the variable that was written out, as in `palette.sky`; `null` for all else. */
  variable: string | null;
}

type Origin = Omit<Piece, 'start' | 'end'>;

/**
 * Tells where each part of a rendered prompt comes from. Handlebars does not, so a mark is put before everything that a
 * template writes, and read out of the rendered text. Marks hold NULs, which neither templates nor variables may hold;
 * they stand on every line, since Handlebars indents a partial line by line.
 */
export class Trace {
  private readonly origins: Origin[] = [];

  /** Puts the marks into a parsed template. */
  mark(program: hbs.AST.Program, { text, file }: { text: string; file: string }): void {
    new Marker(text, (origin) => `\0${this.origins.push({ ...origin, file }) - 1}\0`).accept(program);
  }

  /** Takes the marks out of a rendered text, and the white space around it, as rendering does. */
  read(marked: string): { text: string; pieces: Piece[] } {
    const whole = marked.replace(/\0\d+\0/g, '');
    const text = whole.trim();
    const skipped = whole.length - whole.trimStart().length;
    const pieces: Piece[] = [];
    let at = -skipped;
    marked.split('\0').forEach((part, index, parts) => {
      // Text and marks take turns.
      if (index % 2 === 1) return;
      const origin = this.origins[Number(parts[index - 1])];
      if (origin) pieces.push(...pieceAt(at, part.length, text.length, origin));
      at += part.length;
    });
    return { text, pieces };
  }
}

/** The part of a piece that lies in the text once the white space around it is gone. */
function pieceAt(at: number, length: number, limit: number, origin: Origin): Piece[] {
  const written = origin.verbatim ? Math.min(length, origin.to - origin.from) : length;
  const start = Math.max(0, at);
  const end = Math.min(limit, at + written);
  if (start >= end) return [];
  const { from } = origin;
  return [{ ...origin, start, end, ...(origin.verbatim && { from: from + start - at, to: from + end - at }) }];
}

class Marker extends Handlebars.Visitor {
  private readonly lineStarts: number[];

  constructor(
    private readonly text: string,
    private readonly markFor: (origin: Omit<Origin, 'file'>) => string,
  ) {
    super();
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  override Program(program: hbs.AST.Program): void {
    super.Program(program);
    program.body = program.body.flatMap((node) => {
      if (node.type === 'ContentStatement') this.markContent(node as hbs.AST.ContentStatement);
      return node.type === 'MustacheStatement' ? [this.markBefore(node as hbs.AST.MustacheStatement), node] : [node];
    });
  }

  private markContent(content: hbs.AST.ContentStatement): void {
    // Without the white space that Handlebars strips beside tags that stand alone.
    // (The types call `original` flags; it is the text.)
    const original = content.original as unknown as string;
    let from = this.offset(content.loc.start) + Math.max(0, original.indexOf(content.value));
    content.value = content.value.replace(/[^\n]*\n|[^\n]+$/g, (line) => {
      const verbatim = this.text.startsWith(line, from);
      const mark = this.markFor({ from, to: from + line.length, verbatim, variable: null });
      from += line.length;
      return mark + line;
    });
  }

  private markBefore({ loc, path, params, hash }: hbs.AST.MustacheStatement): hbs.AST.ContentStatement {
    const isPlain = path.type === 'PathExpression' && params.length === 0 && !hash?.pairs.length;
    const variable = isPlain ? (path as hbs.AST.PathExpression).parts.join('.') : null;
    const [from, to] = [this.offset(loc.start), this.offset(loc.end)];
    const value = this.markFor({ from, to, verbatim: false, variable });
    return { type: 'ContentStatement', loc, value, original: value as never };
  }

  private offset({ line, column }: { line: number; column: number }): number {
    return (this.lineStarts[line - 1] ?? 0) + column;
  }
}
