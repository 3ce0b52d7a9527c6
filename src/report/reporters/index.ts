import type { Reporter, ReporterOptions } from '../reporter.js';
import { htmlReporter } from './html/html.js';
import { jsonReporter } from './json.js';
import { terminalReporter } from './terminal/terminal.js';

/** In the order they finish: the terminal comes last, because it names the page that html made. */
export const reporters = {
  html: htmlReporter,
  json: jsonReporter,
  terminal: terminalReporter,
} satisfies Record<string, (options: ReporterOptions) => Reporter>;

export type ReporterId = keyof typeof reporters;
