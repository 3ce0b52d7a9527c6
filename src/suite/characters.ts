import { suggestion } from '../lib/nearest.js';
import type { Path } from './document.js';
import { shown } from './problems.js';
import type { Reading } from './reading.js';
import { sameSource, sourceOf } from './source.js';
import type { Case, Character, View } from './suite.js';

/** Room for what shares such as 0.7 + 0.1 + 0.2 add up to. */
const ROUNDING = 1e-9;

/** The characters with their sheets and views; unknown sheets, views named twice and impossible boxes are problems. */
export function resolveCharacters(reading: Reading): Record<string, Character> {
  const { file, document, problems } = reading;
  const characters: Record<string, Character> = {};
  for (const [name, { sheet, views: written }] of Object.entries(file.characters)) {
    const source = sourceOf(sheet, file);
    const views = written.map((view): View => {
      return typeof view === 'string' ? { name: view, box: null } : { name: view.name, box: view.box ?? null };
    });
    characters[name] = { name, sheet: source ?? { case: sheet }, views };
    if (!source) {
      const known = Object.keys({ ...file.assets, ...file.cases });
      const place = document.at(['characters', name, 'sheet']);
      problems.add(`the sheet ${shown(sheet)} is neither an asset nor a case.${suggestion(sheet, known)}`, place);
    }
    views.forEach((view, index) => {
      const path = ['characters', name, 'views', index];
      if (views.findIndex((other) => other.name === view.name) < index)
        problems.add(`the view ${shown(view.name)} is listed twice`, document.at([...path, 'name']));
      checkBox(view, [...path, 'box'], reading);
    });
  }
  return characters;
}

function checkBox({ name, box }: View, path: Path, { document, problems }: Reading): void {
  if (!box) return;
  const [left, top, width, height] = box;
  const place = document.at(path);
  const fix = 'A box is [left, top, width, height] in shares of the sheet: [0.5, 0, 0.5, 1] is its right half.';
  if (width === 0 || height === 0)
    problems.add(`the box of the view ${shown(name)} is empty: ${shown(box)}`, place, fix);
  if (left + width > 1 + ROUNDING || top + height > 1 + ROUNDING)
    problems.add(`the box of the view ${shown(name)} reaches out of the sheet: ${shown(box)}`, place, fix);
}

/** The names under `character:` or `characters:` of a case, in the order written. */
export function shownCharacters(caseName: string, { file, document, problems }: Reading): string[] {
  const { character, characters } = file.cases[caseName] ?? {};
  if (character !== undefined && characters !== undefined)
    problems.add(
      `${shown(caseName)} has both 'character' and 'characters'`,
      document.keyAt(['cases', caseName, 'characters']),
      "Name all of them under 'characters'.",
    );
  return characters ?? (character === undefined ? [] : [character]);
}

/**
 * A scene is scored against the sheets that its own request carried, so the request has to carry them; a case that makes
 * a sheet is scored as that sheet alone.
 */
export function checkShown(each: Case, characters: Record<string, Character>, reading: Reading): void {
  const { file, document, problems } = reading;
  const listed = file.cases[each.name]?.characters !== undefined;
  const made = Object.values(characters).filter(({ sheet }) => sameSource(sheet, { case: each.name }));
  each.characters.forEach((name, index) => {
    const place = document.at(['cases', each.name, ...(listed ? ['characters', index] : ['character'])]);
    const character = characters[name];
    if (!character) {
      const hint = suggestion(name, Object.keys(characters));
      problems.add(`unknown character ${shown(name)}.${hint}`, place);
    } else if (each.characters.indexOf(name) < index)
      problems.add(`the character ${shown(name)} is listed twice`, place);
    else if (made[0] && !made.includes(character))
      problems.add(
        `'${each.name}' is the sheet of '${made[0].name}' and scored as a sheet, so it cannot show ${shown(name)}`,
        place,
        `Leave '${name}' out here; scenes show it.`,
      );
    else if (!made[0] && !each.images.some((image) => sameSource(image, character.sheet)))
      problems.add(
        `'${each.name}' should show ${shown(name)}, but its images do not hold that character's sheet`,
        place,
        `Add '${name}' to the images: a scene is scored against the sheet that its request carried.`,
      );
  });
}
