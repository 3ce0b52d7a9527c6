import { suggestion } from '../lib/nearest.js';
import { resolveChecklist } from './checklist.js';
import { checkShown, resolveCharacters, shownCharacters } from './characters.js';
import type { Path } from './document.js';
import { resolveEdit } from './edits.js';
import { present } from './present.js';
import { shown } from './problems.js';
import type { Reading } from './reading.js';
import { sameSource, sourceOf, type Source } from './source.js';
import type { Case, Character } from './suite.js';

/**
 * Characters and cases with every name resolved. `prompts` are still empty. Names used twice, unknown names,
 * cycles and edits that contradict themselves are problems.
 */
export function resolveCases(reading: Reading): { characters: Record<string, Character>; cases: Case[] } {
  const { file, document, problems } = reading;
  checkNames(reading);
  const characters = resolveCharacters(reading);
  const cases = Object.entries(file.cases).map(([name, written]): Case => {
    if (written.prompt !== undefined && written.turns !== undefined)
      problems.add(
        `${shown(name)} has both 'prompt' and 'turns'`,
        document.keyAt(['cases', name, 'turns']),
        'Make the prompt the first of the turns: each turn has one of its own.',
      );
    const images = written.images.map((image, index) => ({
      name: image,
      ...resolveImage(image, characters, ['cases', name, 'images', index], reading),
    }));
    const resolved = resolveEdit(name, images, reading);
    return {
      name,
      images: [...images, ...(resolved?.images ?? [])],
      ...(resolved && { edit: resolved.edit }),
      characters: shownCharacters(name, reading),
      generation: present(written.generation ?? {}),
      text: written.text,
      checklist: resolveChecklist(name, reading),
      prompts: {},
    };
  });
  for (const each of cases) {
    checkRepeats(each, reading);
    checkShown(each, characters, reading);
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
    const first = each.images.findIndex((other) => sameSource(other, image));
    if (first === index) return;
    problems.add(
      `'${each.name}' receives the same picture twice: ${shown(each.images[first]?.name)} and ${shown(image.name)}`,
      document.at(['cases', each.name, 'images', index]),
    );
  });
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
