import { UsageError, type Place } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { foldersIn, leaves, readTextInside, shownPath, templatesIn } from './folder.js';
import { shown } from './problems.js';
import type { Reading } from './reading.js';
import type { Case } from './suite.js';
import { Templates, type Sources } from './templates.js';

const TEMPLATE_BYTES = 256 * 1024;
const PROMPT_CHARACTERS = 100_000;

/** Renders every case's prompt in every revision into `prompts`; what cannot be rendered is a problem. */
export function renderPrompts(cases: readonly Case[], reading: Reading): void {
  const { file, document, folder, problems } = reading;
  const known = foldersIn(folder, 'prompts');
  file.revisions.forEach((revision, index) => {
    const place = document.at(['revisions', index]);
    if (file.revisions.indexOf(revision) < index)
      problems.add(`the revision ${shown(revision)} is listed twice`, place);
    else if (revision.startsWith('git:'))
      problems.add('git revisions are not supported yet', place, 'Name a folder under prompts/.');
    else if (!known.includes(revision)) {
      const path = shownPath(folder, `prompts/${revision}`);
      problems.add(`there is no folder ${shown(path)}.${suggestion(revision, known)}`, place);
    } else if (leaves(folder, `prompts/${revision}`))
      problems.add(`'prompts/${revision}' is a link that leaves the suite's folder`, place);
    else renderRevision(revision, place, cases, reading);
  });
}

function renderRevision(revision: string, place: Place, cases: readonly Case[], reading: Reading): void {
  const { file, folder, problems } = reading;
  const below = `prompts/${revision}`;
  const templates = templatesIn(folder, below).filter((name) => !name.startsWith('partials/'));
  const wanted = cases.filter((each) => templates.includes(promptOf(each, reading)));
  for (const each of cases) if (!wanted.includes(each)) reportMissing(each, revision, templates, reading);

  const read = (names: Iterable<string>, parent: string): Sources => {
    const sources = new Map<string, { text: string; file: string }>();
    for (const name of names) {
      const path = `${parent}/${name}.hbs`;
      problems.attempt(() => {
        sources.set(name, { text: readTextInside(folder, path, TEMPLATE_BYTES, place), file: shownPath(folder, path) });
      });
    }
    return sources;
  };
  const partials = read(templatesIn(folder, `${below}/partials`), `${below}/partials`);
  const sources = read(new Set(wanted.map((each) => promptOf(each, reading))), below);
  const compiled = new Templates(sources, partials, problems);
  for (const each of wanted) {
    const prompt = promptOf(each, reading);
    if (!compiled.has(prompt)) continue;
    const data = { ...file.vars, ...file.cases[each.name]?.vars, case: each.name };
    problems.attempt(() => {
      const place = { file: shownPath(folder, `${below}/${prompt}.hbs`) };
      each.prompts[revision] = checked(compiled.render(prompt, data).trim(), each, place);
    });
  }
}

function promptOf(each: Case, { file }: Reading): string {
  return file.cases[each.name]?.prompt ?? each.name;
}

function reportMissing(each: Case, revision: string, templates: readonly string[], reading: Reading): void {
  const { file, document, folder, problems } = reading;
  const prompt = promptOf(each, reading);
  const path = shownPath(folder, `prompts/${revision}/${prompt}.hbs`);
  const written = file.cases[each.name]?.prompt !== undefined;
  problems.add(
    `'${each.name}' has no prompt in revision ${revision}: there is no file ${shown(path)}.${suggestion(prompt, templates)}`,
    written ? document.at(['cases', each.name, 'prompt']) : document.keyAt(['cases', each.name]),
  );
}

function checked(prompt: string, each: Case, place: Place): string {
  const fail = (problem: string, fix?: string) =>
    new UsageError(`the prompt of '${each.name}' ${problem}`, { place, ...(fix === undefined ? {} : { fix }) });
  if (prompt === '') throw fail('is empty');
  if (prompt.length > PROMPT_CHARACTERS)
    throw fail(`has ${prompt.length} characters; the limit is ${PROMPT_CHARACTERS}`);
  // What JavaScript makes of a map in a text; nobody asks for a picture of it.
  if (prompt.includes('[object Object]'))
    throw fail('writes a map as text', 'Name a member, as in {{map.member}}, or go through it with #each.');
  return prompt;
}
