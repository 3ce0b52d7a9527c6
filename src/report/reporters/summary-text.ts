import { line } from '../format.js';

/** A list or a line where a block begins; what opens emphasis, code, links, pictures, cells, tags; what GitHub links. */
const active = /^[-+](?=[\s-]|$)|^\d(?=\d*[.)](?:\s|$))|[&<>`*_~|\\[\]$@#]|:(?=\/\/)|\bGH-|\bwww(?=\.)/gi;

/**
 * Text from outside as one line of Markdown that reads as it was: no markup, no HTML, no mathematics, and nothing that
 * GitHub turns into links once it is rendered (addresses, mentions, issues). Numeric references are never structure
 * (CommonMark 0.31.2, 2.5); a zero-width space takes apart what is looked for later; a dollar sign outside of
 * mathematics is to be written as a span (docs.github.com, "Writing mathematical expressions").
 */
export function plain(text: string, width?: number): string {
  return line(text, width).replace(active, (found) => {
    if (found === '$') return '<span>$</span>';
    if (found === '@' || found === '#' || found.length > 1 || found === ':') return `${found}&#8203;`;
    return `&#${found.charCodeAt(0)};`;
  });
}
