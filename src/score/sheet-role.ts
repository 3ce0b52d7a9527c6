import { sameSource } from '../suite/source.js';
import type { Case, Character } from '../suite/suite.js';

/** The characters whose sheets a case carries or makes. */
export interface SheetRole {
  /** True when the case itself makes the sheet; it is then scored as a sheet. */
  makesSheet: boolean;
  /** In the order of the suite, each with the name of the input that is its sheet; `null` for none. */
  characters: { character: Character; input: string | null }[];
}

/** What role sheets play in the case; without characters there is nobody to compare with. */
export function sheetRole(each: Case, characters: Record<string, Character>): SheetRole {
  const all = Object.values(characters);
  const made = all.filter(({ sheet }) => sameSource(sheet, { case: each.name }));
  if (made.length > 0) return { makesSheet: true, characters: made.map((character) => ({ character, input: null })) };
  const shown = all.filter(({ name }) => each.characters.includes(name));
  return {
    makesSheet: false,
    characters: shown.map((character) => ({
      character,
      input: each.images.find((image) => sameSource(image, character.sheet))?.name ?? null,
    })),
  };
}
