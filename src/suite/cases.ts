import { suggestion } from '../lib/nearest.js';
import type { Path } from './document.js';
import { settings } from './models.js';
import { shown } from './problems.js';
import type { Reading } from './reading.js';
import type { SuiteFile } from './schema.js';
import type { Case, Character } from './suite.js';

type Source = { asset: string } | { case: string };

const notYet = ['mask', 'keep', 'turns'] as const;

/**
 * Characters and cases with every name resolved. `prompts` are still empty. Names used twice, unknown names,
 * cycles and keys that nothing acts on yet are problems.
 */
export function resolveCases(reading: Reading): { characters: Record<string, Character>; cases: Case[] } {
  const { file, document, problems } = reading;
  checkNames(reading);
  const characters = resolveCharacters(reading);
  const cases = Object.entries(file.cases).map(([name, written]): Case => {
    for (const key of notYet)
      if (written[key] !== undefined)
        problems.add(`'${key}' is not supported yet`, document.keyAt(['cases', name, key]));
    const images = written.images.map((image, index) => ({
      name: image,
      ...resolveImage(image, characters, ['cases', name, 'images', index], reading),
    }));
    return {
      name,
      images,
      characters: written.character === undefined ? [] : [written.character],
      generation: settings(written.generation ?? {}),
      text: written.text,
      checklist: written.checklist,
      prompts: {},
    };
  });
  for (const each of cases) {
    checkRepeats(each, reading);
    checkCharacter(each, characters, reading);
  }
  checkCycles(cases, reading);
  return { characters, cases };
}

/** Assets, characters and cases share one namespace: `images` names any of them. */
function checkNames({ file, document, problems }: Reading): void {
  const first = new Map<string, Path>();
  for (const section of ['assets', 'characters', 'cases'] as const)
    for (const name of Object.keys(file[section])) {
      const path = [section, name];
      const other = first.get(name);
      if (!other) first.set(name, path);
      else
        problems.add(
          `the name ${shown(name)} is used twice; first under ${String(other[0])} on line ${document.keyAt(other).line}`,
          document.keyAt(path),
          'Assets, characters and cases need different names.',
        );
    }
}

function resolveCharacters({ file, document, problems }: Reading): Record<string, Character> {
  const characters: Record<string, Character> = {};
  for (const [name, { sheet, views }] of Object.entries(file.characters)) {
    const source = sourceOf(sheet, file);
    characters[name] = {
      name,
      sheet: source ?? { case: sheet },
      views: views.map((view) => ({ name: view, box: null })),
    };
    if (!source) {
      const known = Object.keys({ ...file.assets, ...file.cases });
      const place = document.at(['characters', name, 'sheet']);
      problems.add(`the sheet ${shown(sheet)} is neither an asset nor a case.${suggestion(sheet, known)}`, place);
    }
    views.forEach((view, index) => {
      if (views.indexOf(view) < index)
        problems.add(`the view ${shown(view)} is listed twice`, document.at(['characters', name, 'views', index]));
    });
  }
  return characters;
}

function sourceOf(name: string, file: SuiteFile): Source | null {
  if (Object.hasOwn(file.assets, name)) return { asset: name };
  return Object.hasOwn(file.cases, name) ? { case: name } : null;
}

/** An unknown name is told and stands in as a case, so that the checks after it keep their places. */
function resolveImage(
  name: string,
  characters: Record<string, Character>,
  path: Path,
  { file, document, problems }: Reading,
): Source {
  const source = sourceOf(name, file) ?? characters[name]?.sheet;
  if (source) return source;
  const known = Object.keys({ ...file.assets, ...file.characters, ...file.cases });
  const hint = suggestion(name, known);
  problems.add(`unknown image ${shown(name)}; it is no asset, character or case.${hint}`, document.at(path));
  return { case: name };
}

function checkRepeats(each: Case, { document, problems }: Reading): void {
  each.images.forEach((image, index) => {
    const first = each.images.findIndex((other) => keyOf(other) === keyOf(image));
    if (first === index) return;
    problems.add(
      `'${each.name}' receives the same picture twice: ${shown(each.images[first]?.name)} and ${shown(image.name)}`,
      document.at(['cases', each.name, 'images', index]),
    );
  });
}

/** A scene is scored against the sheet that its own request carried, so the request has to carry one. */
function checkCharacter(each: Case, characters: Record<string, Character>, { document, problems }: Reading): void {
  const [name] = each.characters;
  if (name === undefined) return;
  const place = document.at(['cases', each.name, 'character']);
  const sheet = characters[name]?.sheet;
  if (!sheet) {
    const hint = suggestion(name, Object.keys(characters));
    problems.add(`unknown character ${shown(name)}.${hint}`, place);
    return;
  }
  const makesSheet = 'case' in sheet && sheet.case === each.name;
  if (makesSheet || each.images.some((image) => keyOf(image) === keyOf(sheet))) return;
  problems.add(
    `'${each.name}' should show ${shown(name)}, but its images do not hold that character's sheet`,
    place,
    `Add '${name}' to the images: a scene is scored against the sheet that its request carried.`,
  );
}

function keyOf(source: Source): string {
  return 'asset' in source ? `asset ${source.asset}` : `case ${source.case}`;
}

/** Depth first; every cycle is told once, at the image that closes it. */
function checkCycles(cases: readonly Case[], { document, problems }: Reading): void {
  const byName = new Map(cases.map((each) => [each.name, each]));
  const done = new Set<string>();
  const visit = (each: Case, trail: readonly string[]): void => {
    if (done.has(each.name)) return;
    const here = [...trail, each.name];
    for (const image of each.images) {
      if (!('case' in image)) continue;
      const start = here.indexOf(image.case);
      const parent = byName.get(image.case);
      if (start >= 0) {
        const index = each.images.indexOf(image);
        problems.add(
          `cases need each other's pictures: ${[...here.slice(start), image.case].join(' needs ')}`,
          document.at(['cases', each.name, 'images', index]),
          'One of them has to start from something else.',
        );
      } else if (parent) visit(parent, here);
    }
    done.add(each.name);
  };
  for (const each of cases) visit(each, []);
}
