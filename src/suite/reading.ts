import type { SuiteDocument } from './document.js';
import type { SuiteFolder } from './folder.js';
import type { Problems } from './problems.js';
import type { SuiteFile } from './schema.js';

/** A suite while it is read: what was written, where it stands, and what was found wrong so far. */
export interface Reading {
  file: SuiteFile;
  document: SuiteDocument;
  folder: SuiteFolder;
  problems: Problems;
}
