import type { Encoder } from '../encode/encoder.js';
import type { Raster } from '../image/raster.js';
import type { Case, Character, Generation } from '../suite/suite.js';
import type { MetricInput } from './metric.js';

/** A picture that can be decoded when a metric needs it. */
export interface StoredPicture {
  sha256: string;
  raster: Raster;
}

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

/** Puts together what the metrics of one picture may look at. */
export function metricInput(
  each: Case,
  generation: Generation,
  role: SheetRole | null,
  pictures: { image: StoredPicture; sheet: StoredPicture | null; approved: StoredPicture | null },
  encoder: Encoder | null,
): MetricInput {
  const { image, sheet, approved } = pictures;
  return {
    image: image.raster,
    sha256: image.sha256,
    case: { name: each.name, text: each.text, checklist: each.checklist },
    requested: { aspectRatio: generation.aspectRatio ?? null, imageSize: generation.imageSize ?? null },
    sheet:
      role && sheet
        ? { image: sheet.raster, sha256: sheet.sha256, views: role.character.views, character: role.character.name }
        : null,
    makesSheet: role?.input === null,
    approved: approved && { image: approved.raster, sha256: approved.sha256 },
    encoder,
  };
}
