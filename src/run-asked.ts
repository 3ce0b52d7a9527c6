import type { Measuring } from './gate/comparable.js';
import { JUDGE_PROMPT } from './plan/judge.js';
import type { PlannedSample } from './plan/plan.js';
import type { Asked } from './record-asked.js';
import type { Case, Suite } from './suite/suite.js';

/** What the scores of these samples depend on beside pictures. */
export function askedOf(suite: Suite, planned: readonly PlannedSample[]): Asked {
  const views = Object.values(suite.characters).map(({ name, views: all }): [string, Asked['views'][string]] => [
    name,
    all.map((view) => ({ name: view.name, box: view.box && [...view.box] })),
  ]);
  const cases = suite.cases.map(({ name, text, checklist, edit }): [string, Asked['cases'][string]] => [
    name,
    { text, checklist, ...keepOf(edit), requested: {} },
  ]);
  const asked = { views: Object.fromEntries(views), cases: Object.fromEntries(cases) };
  for (const { variant, case: name, generation, extra } of planned) {
    if (extra) continue;
    const { aspectRatio = null, imageSize = null } = generation;
    const each = asked.cases[name];
    if (each) each.requested[variant.id] = { aspectRatio, imageSize };
  }
  return asked;
}

/** Who is to answer the checklist of each case, and what it asks; `undefined` where nobody is. */
export function checklistsAsked({ judge, cases }: Pick<Suite, 'judge' | 'cases'>): Measuring['checklists'] {
  if (!judge) return undefined;
  const all = cases.filter(({ checklist }) => checklist.length > 0);
  return Object.fromEntries(
    all.map(({ name, checklist }) => [name, { ...judge, prompt: JUDGE_PROMPT, statements: checklist }]),
  );
}

function keepOf(edit: Case['edit']): Pick<Asked['cases'][string], 'keep'> {
  if (!edit?.keeps) return {};
  const { picture, marked, outpaint } = edit;
  return { keep: { picture, marked, outpaint } };
}
