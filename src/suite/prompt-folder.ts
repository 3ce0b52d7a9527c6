import { UsageError, type Place } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { foldersIn, leaves, readTextInside, shownPath, templatesIn, type SuiteFolder } from './folder.js';
import { shown } from './problems.js';

/** The templates of one revision, wherever they are kept. Names are paths with slashes, without .hbs, sorted. */
export interface PromptFolder {
  templates: readonly string[];
  /** Names below `partials/`. */
  partials: readonly string[];
  /** The id of the commit that the templates come from; `null` for the working tree. */
  commit: string | null;
  /** How messages name the file of a template or of `partials/<name>`, also of one that does not exist. */
  shown(name: string): string;
  /**
   * The text of a template or of `partials/<name>`; see `readTextInside`.
   * @throws UsageError when it is over `TEMPLATE_BYTES`, is a link that may not be followed, or is no text.
   */
  read(name: string): string;
}

export const TEMPLATE_BYTES = 256 * 1024;

/**
 * The templates in a folder under prompts/, as they are on disk.
 * @param place where the revision is written, if it is.
 * @throws UsageError when there is no such folder, with the nearest name, or it leads out of the suite's folder.
 */
export function promptsOnDisk(suite: SuiteFolder, folder: string, place: Place | undefined): PromptFolder {
  const below = `prompts/${folder}`;
  const known = foldersIn(suite, 'prompts');
  const file = (name: string) => `${below}/${name}.hbs`;
  const fail = (problem: string) => new UsageError(problem, place && { place });
  if (!known.includes(folder))
    throw fail(`there is no folder ${shown(shownPath(suite, below))}.${suggestion(folder, known)}`);
  if (leaves(suite, below)) throw fail(`'${below}' is a link that leaves the suite's folder`);
  return {
    templates: templatesIn(suite, below).filter((name) => !name.startsWith('partials/')),
    // Searched by itself, for it may be a linked folder.
    partials: templatesIn(suite, `${below}/partials`),
    commit: null,
    shown: (name) => shownPath(suite, file(name)),
    read: (name) => readTextInside(suite, file(name), TEMPLATE_BYTES, place),
  };
}
