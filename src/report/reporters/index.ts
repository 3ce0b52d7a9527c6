import type { Reporter, ReporterOptions } from '../reporter.js';
import { githubReporter } from './github.js';
import { htmlReporter } from './html/html.js';
import { jsonReporter } from './json.js';
import { junitReporter } from './junit.js';
import { summaryReporter } from './summary.js';
import { terminalReporter } from './terminal/terminal.js';

/**
 * In the order they finish: the terminal names the page that html made, and github lets the runner obey commands again
 * once everything is said.
 */
export const reporters = {
  html: htmlReporter,
  junit: junitReporter,
  summary: summaryReporter,
  json: jsonReporter,
  terminal: terminalReporter,
  github: githubReporter,
} satisfies Record<string, (options: ReporterOptions) => Reporter>;

export type ReporterId = keyof typeof reporters;
