import { type FigureReading, positionIn, readFigure } from './figure.js';
import { namesInText } from './names.js';
import { mentions, type Thing, things } from './objects.js';
import type { References } from './references.js';
import { readSubjects, speaksOfAll } from './subjects.js';
import type { Position } from './words.js';

/** Somebody the prompt speaks of, with what it says of them alone. */
export interface Role extends FigureReading {
  /** Index of their picture ("Image 1" is 0), where a label names it. */
  image: number | null;
  names: string[];
  position: Position | null;
  depth: 'near' | 'far' | null;
  /** Things that are spoken of with them. */
  things: Thing[];
}

/** Whom the prompt speaks of. */
export interface Roles {
  /** In the order of the labels, then of the text; whoever is said to be gone is not among them. */
  named: Role[];
  /** Words for several ("both", "together", "they") stand in it. */
  together: boolean;
  /** What is said of nobody by name holds for all. */
  common: FigureReading;
}

/** As many as there can be input pictures. */
const MOST_NAMED = 14;

export function readRoles({ characters, rest }: References): Roles {
  const text = rest.replace(/["“”«»]/g, ' ');
  const lower = text.toLowerCase();
  const called = characters.map(({ image, names }) => ({ image: image as number | null, names }));
  for (const names of namesInText(text))
    if (!called.some((known) => known.names.some((name) => names.some((other) => isSame(name, other)))))
      called.push({ image: null, names });
  called.splice(MOST_NAMED);
  const together = speaksOfAll(lower);
  const present = called.filter(({ names }) => {
    if (names.some((name) => isGone(lower, name))) return false;
    return together || names.length === 0 || names.some((name) => within(name).test(lower));
  });
  const { own, common } = readSubjects(
    lower,
    present.map(({ names }) => names),
  );
  const others = ['him', 'them', 'others?', ...present.flatMap(({ names }) => names)];
  return {
    named: present.map((role, i) => ({ ...role, ...readRole(own[i] ?? '', others) })),
    together,
    common: readFigure(common),
  };
}

/** Whoever is in the pictures without being named. */
export const unnamed: Role = { image: null, names: [], ...readRole('', []) };

/** `others`: words for those that one can stand before or behind. */
function readRole(text: string, others: readonly string[]): Omit<Role, 'image' | 'names'> {
  const someone = `(?:the )?(?:[a-z-]+ )?(?:${others.join('|')}|camera|viewer)\\b`;
  const near = new RegExp(`\\bforeground\\b|\\b(?:in front of|near|nearest to|close to|closest to) ${someone}`);
  const far = new RegExp(`\\bbackground\\b|\\bin the distance\\b|\\bfarther back\\b|(?<!from )\\bbehind ${someone}`);
  return {
    ...readFigure(text),
    position:
      text
        .split('\n')
        .map(positionIn)
        .find((position) => position !== null) ?? null,
    depth: near.test(text) ? 'near' : far.test(text) ? 'far' : null,
    things: [...mentions(text, things)].flatMap(([thing, asked]) => (asked ? [thing] : [])),
  };
}

/** "robot" may be the "red robot" of a label. */
const isSame = (called: string, name: string) => called === name || called.endsWith(` ${name}`);

const within = (name: string) => new RegExp(`\\b${name}\\b`);

const isGone = (text: string, name: string) =>
  new RegExp(
    `\\b(?:no|without(?: the| a)?) ${name}\\b|\\b${name} (?:is|has) (?:gone|left|not (?:there|here|in|visible)|no longer (?:there|here|in|with)|been removed|stayed)\\b`,
  ).test(text);
