import type { Pose } from '../figure/stance.js';
import { mentions } from './objects.js';
import { type Position, poseWords, type View, viewWords } from './words.js';

/** What a text says of how somebody is shown. `null`: it did not say. */
export interface FigureReading {
  pose: Pose | null;
  view: View | null;
  /** A backpack is asked for (true) or taken off (false). */
  backpack: boolean | null;
}

/** Reads lower-case text. */
export function readFigure(text: string): FigureReading {
  return {
    pose: poseOf(text),
    view: viewWords.find(([, words]) => words.test(text))?.[0] ?? null,
    backpack: mentions(text, { backpack: /\b(?:backpack|rucksack|knapsack)\b/ }).get('backpack') ?? null,
  };
}

function poseOf(text: string): Pose | null {
  const said = mentions(text, Object.fromEntries(poseWords));
  return poseWords.find(([pose]) => said.get(pose) === true)?.[0] ?? null;
}

/** Only clauses about the figure count: "the blue mountain on the right" places no figure. */
export function positionOf(text: string): Position | null {
  for (const clause of text.split(/[.;\n]/)) {
    const subject =
      /\b(?:robot|it|he|she|they|figure|character|creature|dog|cat|person|stand\w*|positioned|placed|compos\w+|subject)\b/.exec(
        clause,
      );
    const position = subject && positionIn(clause.slice(subject.index));
    if (position) return position;
  }
  return null;
}

/** The side that a clause about a figure puts it on; hands, slopes and mountains have sides of their own. */
export function positionIn(clause: string): Position | null {
  const near = clause
    .replace(/\b(?:left|right)(?:-hand)? (?:slope|hand|arm|ear|foot|flank|face|mountain|peak)\b/g, ' ')
    .split(',')
    .map(withoutLandscape)
    .join(',');
  const hit =
    /\b(?:bottom[- ]left|lower[- ]left|left)\b|\b(?:bottom[- ]right|lower[- ]right|right)\b|\b(?:centre|center|middle)\b/.exec(
      near,
    )?.[0];
  if (!hit) return null;
  return hit.includes('left') ? 'left' : hit.includes('right') ? 'right' : 'centre';
}

/** Without "the blue mountain at the far right". */
function withoutLandscape(part: string): string {
  const mountain = /\b(?:mountain|peak|view)s?\b/.exec(part);
  if (!mountain) return part;
  const rest = part.slice(mountain.index + mountain[0].length);
  const side = [...rest.matchAll(/\b(?:left|right)\b/g)].pop();
  return side ? `${part.slice(0, mountain.index)} ${rest.slice(side.index + side[0].length)}` : part;
}
