/** A text with the width it takes on screen, which its colours do not add to. */
export interface TextCell {
  text: string;
  paint?: (text: string) => string;
}

export interface Column {
  title: string;
  align: 'left' | 'right';
}

/** Columns as wide as their widest text, two spaces apart; no lines, so that it copies well. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly TextCell[])[],
  paintTitle: (text: string) => string,
): string {
  const widths = columns.map((column, i) =>
    Math.max(column.title.length, ...rows.map((row) => row[i]?.text.length ?? 0)),
  );
  const print = (cells: readonly TextCell[]) =>
    cells
      .map(({ text, paint }, i) => {
        const gap = ' '.repeat(Math.max(0, (widths[i] ?? 0) - text.length));
        const painted = paint && text ? paint(text) : text;
        return columns[i]?.align === 'right' ? gap + painted : painted + gap;
      })
      .join('  ')
      .trimEnd();
  return [columns.map(({ title }) => ({ text: title, paint: paintTitle })), ...rows].map(print).join('\n');
}
