import * as path from 'node:path';
import { existsSync, readdirSync } from '../lib/files.js';
import { UsageError, type Place } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import type { SuiteDocument } from './document.js';
import { readTextInside, shownPath, type SuiteFolder } from './folder.js';
import { shown, type Problems } from './problems.js';
import type { SuiteFile } from './schema.js';
import type { Case } from './suite.js';
import { Templates, type Sources } from './template.js';

const TEMPLATE_BYTES = 256 * 1024;
const PROMPT_CHARACTERS = 100_000;

/** Renders every case's prompt in every revision into `prompts`; what cannot be rendered is a problem. */
export function renderPrompts(
  file: SuiteFile,
  cases: readonly Case[],
  suite: SuiteFolder,
  document: SuiteDocument,
  problems: Problems,
): void {
  file.revisions.forEach((revision, index) => {
    const place = document.at(['revisions', index]);
    if (file.revisions.indexOf(revision) < index)
      problems.add(`the revision ${shown(revision)} is listed twice`, place);
    else if (revision.startsWith('git:'))
      problems.add('git revisions are not supported yet', place, 'Name a folder under prompts/.');
    else renderRevision(revision, place, file, cases, suite, document, problems);
  });
}

function renderRevision(
  revision: string,
  place: Place,
  file: SuiteFile,
  cases: readonly Case[],
  suite: SuiteFolder,
  document: SuiteDocument,
  problems: Problems,
): void {
  const folder = `prompts/${revision}`;
  if (!existsSync(path.join(suite.folder, folder))) {
    const known = namesIn(suite, 'prompts', 'folders');
    problems.add(`there is no folder ${shown(shownPath(suite, folder))}.${suggestion(revision, known)}`, place);
    return;
  }
  const available = namesIn(suite, folder, 'templates').filter((name) => !name.startsWith('partials/'));
  const wanted = cases.filter((each) => {
    const prompt = promptOf(file, each);
    if (available.includes(prompt)) return true;
    problems.add(
      `the prompt of '${each.name}' is missing in revision ${revision}: no file ${shown(shownPath(suite, `${folder}/${prompt}.hbs`))}.${suggestion(prompt, available)}`,
      file.cases[each.name]?.prompt === undefined
        ? document.keyAt(['cases', each.name])
        : document.at(['cases', each.name, 'prompt']),
    );
    return false;
  });
  const read = (names: readonly string[], below: string): Sources =>
    new Map(
      names.flatMap((name) => {
        try {
          const relative = `${below}/${name}.hbs`;
          return [
            [name, { text: readTextInside(suite, relative, TEMPLATE_BYTES, place), file: shownPath(suite, relative) }],
          ];
        } catch (thrown) {
          problems.keep(thrown);
          return [];
        }
      }),
    );
  const partials = read(namesIn(suite, `${folder}/partials`, 'templates'), `${folder}/partials`);
  const templates = new Templates(
    read([...new Set(wanted.map((each) => promptOf(file, each)))], folder),
    partials,
    problems,
  );
  for (const each of wanted) {
    const prompt = promptOf(file, each);
    if (!templates.has(prompt)) continue;
    try {
      const data = { ...file.vars, ...file.cases[each.name]?.vars, case: each.name };
      each.prompts[revision] = checked(templates.render(prompt, data).trim(), {
        file: shownPath(suite, `${folder}/${prompt}.hbs`),
      });
    } catch (thrown) {
      problems.keep(thrown);
    }
  }
}

function promptOf(file: SuiteFile, each: Case): string {
  return file.cases[each.name]?.prompt ?? each.name;
}

function checked(prompt: string, place: Place): string {
  if (prompt === '') throw new UsageError('the prompt is empty', { place });
  if (prompt.length > PROMPT_CHARACTERS)
    throw new UsageError(`the prompt has ${prompt.length} characters; the limit is ${PROMPT_CHARACTERS}`, { place });
  if (prompt.includes('[object Object]'))
    throw new UsageError('a map was written as text', {
      place,
      fix: 'Name one of its members: {{map.member}}, or go through it with #each.',
    });
  return prompt;
}

/** Sub-folders, or templates at any depth as slash-separated names without .hbs; sorted. None when there is no folder. */
function namesIn(suite: SuiteFolder, relative: string, kind: 'folders' | 'templates'): string[] {
  const folder = path.join(suite.folder, relative);
  if (!existsSync(folder)) return [];
  if (kind === 'folders')
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.hbs'))
    .map((name) => name.slice(0, -'.hbs'.length))
    .sort();
}
