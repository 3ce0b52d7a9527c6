import type { Case, Character } from '../suite/suite.js';

/** The character whose sheet a case carries or makes, and where in its `images:` the sheet stands. */
export interface SheetRole {
  character: Character;
  /** Index of the input that is the sheet, or `null` when the case itself makes it. */
  input: number | null;
}

/** What role a sheet plays in the case; `null` when there is no character to compare with. */
export function sheetRole(each: Case, characters: Record<string, Character>): SheetRole | null {
  const made = Object.values(characters).find(({ sheet }) => 'case' in sheet && sheet.case === each.name);
  if (made) return { character: made, input: null };
  const character = each.character === null ? undefined : characters[each.character];
  if (!character) return null;
  const { sheet } = character;
  const input = each.images.findIndex((image) =>
    'case' in image ? 'case' in sheet && image.case === sheet.case : 'asset' in sheet && image.asset === sheet.asset,
  );
  return input === -1 ? null : { character, input };
}
