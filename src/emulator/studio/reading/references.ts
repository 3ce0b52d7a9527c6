import { namesIn } from './names.js';

/** What the prompt says of one input picture. */
export interface Label {
  /** Index of the picture ("Image 1" is 0). */
  image: number;
  /** What the one it shows goes by, lower case; none for a label that names nobody. */
  names: string[];
}

/** What the prompt says about its input pictures. Indexes start at 0 ("Image 1" is 0). */
export interface References {
  labelled: boolean;
  character: number | null;
  scene: number | null;
  /** Every picture that is called somebody, in the order of the labels. */
  characters: Label[];
  /** The prompt without its labels: they describe what is given, not what to draw. */
  rest: string;
}

const label =
  /\b(?:image|picture|photo)\s*#?(\d+)\s*(?::|=|\(|is\b|shows\b|-)\s*((?:(?!\b(?:image|picture|photo)\s*#?\d+\s*[:=(])[^\n.;])*)[.;]?/gi;
const isCharacter = /\b(?:sheet|character|identity|reference|subject|robot|person|pet|dog|cat|creature|toy)\b/i;
const isScene = /\b(?:scene|previous|before|background|setting|place|landscape|world|starting)\b/i;
const isSheet = /\b(?:sheet|character)\b/i;

/** Finds "Image N: ..." labels. The character is the picture called a sheet or character; the scene is the other kind. */
export function readReferences(prompt: string): References {
  const labels = [...prompt.matchAll(label)].map((hit) => ({ image: Number(hit[1]) - 1, says: hit[2] ?? '' }));
  const rest = prompt.replace(label, ' ');
  const scene = labels.find(({ says }) => isScene.test(says) && !isSheet.test(says)) ?? null;
  const characters = charactersOf(labels.filter(({ image }) => image !== scene?.image));
  const spoken = characters.find(({ names }) => names.some((name) => new RegExp(`\\b${name}\\b`, 'i').test(rest)));
  const character =
    (characters.length > 1 ? spoken : undefined) ??
    labels.find(({ says }) => isSheet.test(says)) ??
    labels.find((one) => one !== scene && isCharacter.test(one.says)) ??
    labels.find((one) => one !== scene) ??
    null;
  return {
    labelled: labels.length > 0,
    character: character?.image ?? null,
    scene: scene?.image ?? null,
    characters,
    rest,
  };
}

/** The first label of each picture counts. A name that two pictures share tells nobody apart where others do. */
function charactersOf(labels: readonly { image: number; says: string }[]): Label[] {
  const first = labels.filter(({ image }, i) => labels.findIndex((other) => other.image === image) === i);
  const all = first
    .map(({ image, says }) => ({ image, names: namesIn(says), sheet: isSheet.test(says) }))
    .filter(({ names, sheet }) => names.length > 0 || sheet);
  return all.map(({ image, names }) => {
    const own = names.filter((name) => !all.some((other) => other.image !== image && other.names.includes(name)));
    return { image, names: own.length > 0 ? own : names };
  });
}
