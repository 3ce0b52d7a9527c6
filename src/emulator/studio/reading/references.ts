/** What the prompt says about its input pictures. Indexes start at 0 ("Image 1" is 0). */
export interface References {
  labelled: boolean;
  character: number | null;
  scene: number | null;
  /** The prompt without its labels: they describe what is given, not what to draw. */
  rest: string;
}

const label = /\b(?:image|picture|photo)\s*#?(\d+)\s*(?::|=|\(|is\b|shows\b|-)\s*([^\n.;]*)[.;]?/gi;
const isCharacter = /\b(?:sheet|character|identity|reference|subject|robot|person|pet|dog|cat|creature|toy)\b/i;
const isScene = /\b(?:scene|previous|before|background|setting|place|landscape|world|starting)\b/i;

/** Finds "Image N: ..." labels. The character is the picture called a sheet or character; the scene is the other kind. */
export function readReferences(prompt: string): References {
  const labels = [...prompt.matchAll(label)].map((hit) => ({ index: Number(hit[1]) - 1, says: hit[2] ?? '' }));
  const scene = labels.find(({ says }) => isScene.test(says) && !/\b(?:sheet|character)\b/i.test(says)) ?? null;
  const character =
    labels.find(({ says }) => /\b(?:sheet|character)\b/i.test(says)) ??
    labels.find((one) => one !== scene && isCharacter.test(one.says)) ??
    labels.find((one) => one !== scene) ??
    null;
  return {
    labelled: labels.length > 0,
    character: character?.index ?? null,
    scene: scene?.index ?? null,
    rest: prompt.replace(label, ' '),
  };
}
