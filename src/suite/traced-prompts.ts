import { Problems } from './problems.js';
import { dataOf, promptsOf, sourcesOf, templatesOf } from './prompt.js';
import type { PromptFolder } from './prompt-folder.js';
import type { Reading } from './reading.js';
import type { Case } from './suite.js';
import { Templates } from './templates.js';
import { Trace, type Piece } from './trace.js';

/** A prompt as it will be sent, each part of which can be traced to the template that it comes from. */
export interface TracedPrompt {
  case: Case;
  /** Of a conversation, from 1; else left out. */
  turn?: number;
  revision: string;
  text: string;
  /** In the order of the text; what lies between them (the indent of a partial) comes from no place. */
  pieces: readonly Piece[];
}

/** The templates of a revision in the working tree, by the name that messages give their files. */
export interface TracedRevision {
  revision: string;
  prompts: TracedPrompt[];
  /** File -> its text as the templates were read: line ends made `\n`. */
  sources: Map<string, string>;
  /** Files of templates that no case uses, and of all partials. */
  unused: string[];
  partials: { name: string; file: string }[];
}

/**
 * Renders the prompts of a revision of a suite that was read without a problem, and traces them.
 * @param edited file -> another text for it, in place of what is on disk.
 * @throws UsageError when an edited text cannot be rendered.
 */
export function tracePrompts(
  revision: string,
  cases: readonly Case[],
  reading: Reading,
  edited: ReadonlyMap<string, string> = new Map(),
): TracedRevision {
  const problems = new Problems();
  const onDisk = promptsOf(revision, undefined, reading);
  const folder: PromptFolder = { ...onDisk, read: (name) => edited.get(onDisk.shown(name)) ?? onDisk.read(name) };
  const used = new Set(cases.flatMap((each) => templatesOf(each, reading)));
  const partials = sourcesOf(folder, folder.partials, problems, 'partials/');
  const templates = sourcesOf(folder, used, problems);
  const trace = new Trace();
  const compiled = new Templates(templates, partials, problems, (program, source) => trace.mark(program, source));
  problems.throwIfAny();
  return {
    revision,
    prompts: cases.flatMap((each) =>
      templatesOf(each, reading).map((template, index, turns) => ({
        case: each,
        ...(turns.length > 1 && { turn: index + 1 }),
        revision,
        ...trace.read(compiled.render(template, dataOf(each, reading))),
      })),
    ),
    sources: new Map([...templates.values(), ...partials.values()].map(({ file, text }) => [file, text])),
    unused: folder.templates.filter((name) => !used.has(name)).map((name) => folder.shown(name)),
    partials: [...partials].map(([name, { file }]) => ({ name, file })),
  };
}
