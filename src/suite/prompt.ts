import { UsageError, type Place } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { maskInWords } from './edits.js';
import { promptsInGit } from './git-revision.js';
import { type Problems, shown } from './problems.js';
import { promptsOnDisk, type PromptFolder } from './prompt-folder.js';
import type { Reading } from './reading.js';
import { parseRevision, revisionRule } from './revision-name.js';
import type { Case } from './suite.js';
import { type Data, Templates, type Sources } from './templates.js';

const PROMPT_CHARACTERS = 100_000;

/**
 * Renders every case's prompt in every revision into `prompts`; what cannot be rendered is a problem.
 * @param extra revisions to render beside those of the suite; a commit among them may lack cases that came later.
 * @returns for every revision of git the id of its commit.
 */
export function renderPrompts(
  cases: readonly Case[],
  extra: readonly string[],
  reading: Reading,
): Record<string, string> {
  const { file, document, problems } = reading;
  const commits: Record<string, string> = {};
  const render = (revision: string, place: Place | undefined) => {
    problems.attempt(() => {
      const prompts = promptsOf(revision, place, reading);
      if (prompts.commit !== null) commits[revision] = prompts.commit;
      const later = place === undefined && prompts.commit !== null;
      renderRevision(revision, prompts, later ? cases.filter((each) => holds(prompts, each, reading)) : cases, reading);
    });
  };
  file.revisions.forEach((revision, index) => {
    const place = document.at(['revisions', index]);
    if (file.revisions.indexOf(revision) < index)
      problems.add(`the revision ${shown(revision)} is listed twice`, place);
    else render(revision, place);
  });
  for (const revision of new Set(extra)) if (!file.revisions.includes(revision)) render(revision, undefined);
  return commits;
}

/** Where a revision's templates are; `place` is where the revision is written, if it is. A commit without a folder is read for what the suite's first folder was then. */
export function promptsOf(revision: string, place: Place | undefined, { file, folder }: Reading): PromptFolder {
  const fail = (problem: string, fix: string) =>
    new UsageError(`${shown(revision)} ${problem}`, { fix, ...(place && { place }) });
  const name = parseRevision(revision);
  if (!name) throw fail('is no revision', `A revision is ${revisionRule}.`);
  if (!('ref' in name)) return promptsOnDisk(folder, name.folder, place);
  const first = file.revisions.find((each) => !each.startsWith('git:'));
  const read = name.folder ?? first;
  if (read === undefined)
    throw fail('needs a folder, since the suite lists none', `Write ${revision}:v1, or list a folder such as v1.`);
  return promptsInGit(folder, { ref: name.ref, folder: read }, place);
}

function holds({ templates }: PromptFolder, each: Case, reading: Reading): boolean {
  return templatesOf(each, reading).every((template) => templates.includes(template));
}

function renderRevision(revision: string, prompts: PromptFolder, cases: readonly Case[], reading: Reading): void {
  const { problems } = reading;
  const wanted = cases.filter((each) => holds(prompts, each, reading));
  for (const each of cases) if (!wanted.includes(each)) reportMissing(each, revision, prompts, reading);

  const partials = sourcesOf(prompts, prompts.partials, problems, 'partials/');
  const sources = sourcesOf(prompts, new Set(wanted.flatMap((each) => templatesOf(each, reading))), problems);
  const compiled = new Templates(sources, partials, problems);
  for (const each of wanted) {
    const templates = templatesOf(each, reading);
    if (!templates.every((template) => compiled.has(template))) continue;
    problems.attempt(() => {
      each.prompts[revision] = templates.map((template) => {
        const place = { file: prompts.shown(template) };
        return checked(compiled.render(template, dataOf(each, reading)).trim(), each, place);
      });
    });
  }
}

/** The texts of templates, or below `parent` of partials; what cannot be read is a problem. */
export function sourcesOf(prompts: PromptFolder, names: Iterable<string>, problems: Problems, parent = ''): Sources {
  const sources = new Map<string, { text: string; file: string }>();
  for (const name of names) {
    const path = `${parent}${name}`;
    problems.attempt(() => {
      sources.set(name, { text: prompts.read(path), file: prompts.shown(path) });
    });
  }
  return sources;
}

/** What a case's template is rendered with. */
export function dataOf(each: Case, { file }: Pick<Reading, 'file'>): Data {
  const mask = maskInWords(each);
  return { ...file.vars, ...file.cases[each.name]?.vars, case: each.name, ...(mask !== null && { mask }) };
}

/** The names of a case's templates: one, or one for each turn of a conversation. */
export function templatesOf(each: Case, { file }: Pick<Reading, 'file'>): string[] {
  const { prompt, turns } = file.cases[each.name] ?? {};
  return turns?.map((turn) => turn.prompt) ?? [prompt ?? each.name];
}

function reportMissing(each: Case, revision: string, prompts: PromptFolder, reading: Reading): void {
  const { file, document, problems } = reading;
  const { prompt, turns } = file.cases[each.name] ?? {};
  templatesOf(each, reading).forEach((template, index) => {
    if (prompts.templates.includes(template)) return;
    const path = shown(prompts.shown(template));
    const written = turns ? ['turns', index, 'prompt'] : prompt === undefined ? null : ['prompt'];
    problems.add(
      `'${each.name}' has no prompt in revision ${revision}: there is no file ${path}.${suggestion(template, prompts.templates)}`,
      written ? document.at(['cases', each.name, ...written]) : document.keyAt(['cases', each.name]),
      prompts.commit === null
        ? undefined
        : 'A revision needs a prompt for every case; name a commit that has them all.',
    );
  });
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
