import { sameSource } from '../suite/source.js';
import type { Reading } from '../suite/reading.js';
import type { Case, Character, InputRef, Suite } from '../suite/suite.js';
import type { TracedRevision } from '../suite/traced-prompts.js';
import { PromptText } from './prompt-text.js';

/** What rules look at: a suite that loads, and its prompts in the revisions that are linted. */
export interface Subject {
  suite: Suite;
  reading: Reading;
  revisions: readonly TracedRevision[];
  prompts: readonly PromptText[];
}

export function subjectOf(suite: Suite, reading: Reading, revisions: readonly TracedRevision[]): Subject {
  const prompts = revisions.flatMap((revision) => revision.prompts.map((prompt) => new PromptText(prompt)));
  return { suite, reading, revisions, prompts };
}

/** Whose sheet an input picture is. */
export function sheetOwner(image: InputRef, { suite }: Subject): Character | undefined {
  return Object.values(suite.characters).find(({ sheet }) => sameSource(sheet, image));
}

/** The characters whose sheets a case receives, in the order of its pictures. */
export function charactersSent(each: Case, subject: Subject): Character[] {
  return each.images.flatMap((image) => sheetOwner(image, subject) ?? []);
}

/** The prompt that makes a character's sheet; `undefined` when the sheet is a file. */
export function sheetPrompt({ sheet }: Character, revision: string, { prompts }: Subject): PromptText | undefined {
  if ('asset' in sheet) return undefined;
  return prompts.find((prompt) => prompt.case.name === sheet.case && prompt.revision === revision);
}
