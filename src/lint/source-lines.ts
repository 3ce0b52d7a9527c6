import type { Place } from '../lib/errors.js';

/** A text with its lines: from places to offsets (UTF-16 units) and back. */
export class SourceLines {
  private readonly starts: number[];

  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    this.starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  placeOf(offset: number): Required<Place> {
    const line = this.starts.findLastIndex((start) => start <= offset);
    return { file: this.file, line: line + 1, column: offset - (this.starts[line] ?? 0) + 1 };
  }

  offsetOf({ line = 1, column = 1 }: Place): number {
    return (this.starts[line - 1] ?? 0) + column - 1;
  }
}
