import { hash31 } from '../../../lib/hash.js';
import { type FigureReading, positionOf, readFigure } from './figure.js';
import { mentions, type Thing, things } from './objects.js';
import { readReferences, type References } from './references.js';
import { readRoles, type Roles } from './roles.js';
import {
  type Distance,
  distanceWords,
  type Light,
  lightWords,
  type Place,
  placeWords,
  type Position,
} from './words.js';

/** What was understood of a prompt. `null`: it did not say. */
export interface Reading extends FigureReading {
  references: References;
  /** Whom it speaks of one by one. */
  roles: Roles;
  layout: 'scene' | 'sheet' | 'cutout';
  place: Place | null;
  position: Position | null;
  distance: Distance | null;
  light: Light | null;
  captions: string[];
  /** Things asked for (true) or said to be gone (false). */
  things: Map<Thing, boolean>;
  /** The axes stand in the ground. */
  planted: boolean;
  /** 0: whole sentences; 1: a heap of keywords. */
  keywords: number;
  /** Of everything not understood: it changes the picture, as in any picture model. */
  hash: number;
}

/** Reads a prompt roughly as a picture model does: by what it mentions, never failing. */
export function readPrompt(prompt: string): Reading {
  const references = readReferences(prompt);
  const captions = captionsOf(references.rest);
  const text = references.rest.replace(/["“”«»]/g, ' ').toLowerCase();
  const places = mentions(text, placeWords);
  const first = <Name>(table: readonly (readonly [Name, RegExp])[]) =>
    table.find(([, words]) => words.test(text))?.[0] ?? null;
  return {
    ...readFigure(text),
    references,
    roles: readRoles(references),
    layout: layoutOf(text),
    place: (Object.keys(placeWords) as (keyof typeof placeWords)[]).find((place) => places.get(place) === true) ?? null,
    position: positionOf(text),
    distance: first(distanceWords),
    light: first(lightWords),
    captions,
    things: mentions(text, things),
    planted: text.split('.').some(isPlanted),
    keywords: keywordsIn(references.rest),
    hash: hash31(text.replace(/\s+/g, ' ').trim()),
  };
}

/** The axes are planted, or somebody plants them. */
function isPlanted(sentence: string): boolean {
  const after = (first: RegExp) => {
    const hit = first.exec(sentence);
    return hit ? sentence.slice(hit.index + hit[0].length) : '';
  };
  return (
    /\b(?:planted|stuck|upright|standing|stand)\b/.test(after(/\bax(?:e|es)\b/)) ||
    /\bax(?:e|es)\b/.test(after(/\bplant\w* /))
  );
}

function layoutOf(text: string): Reading['layout'] {
  const sheet =
    /\b(?:character|reference|model) ?sheet\b|\bturn ?around\b/.test(text) ||
    (/\bfront view\b/.test(text) && /\bback view\b/.test(text));
  if (sheet) return 'sheet';
  return /\bcut ?-?outs?\b|\b(?:plain|pure|solid|empty|seamless)(?:,? \w+)? white (?:back(?:ground|drop)|surface)\b|\bon (?:plain |pure )?white\b|\bisolat\w+\b|\bwhite background\b/.test(
    text,
  )
    ? 'cutout'
    : 'scene';
}

/** Captions are quoted, or stand in capitals (two words or more). */
function captionsOf(prompt: string): string[] {
  const quoted = [...prompt.matchAll(/["“«]([^"”»\n]{1,48})["”»]/g)].map((hit) => (hit[1] ?? '').trim());
  const shouted = [...prompt.matchAll(/\b[A-Z][A-Z0-9]{2,}(?: [A-Z0-9]{2,})+\b/g)].map((hit) => hit[0]);
  return [
    ...new Set([
      ...quoted.filter((caption) => caption === caption.toUpperCase()),
      ...(quoted.length > 0 ? [] : shouted),
    ]),
  ].filter((caption) => /[A-Z0-9]/.test(caption));
}

/** Running text is held together by small words; a keyword list has hardly any. */
function keywordsIn(prompt: string): number {
  const words = prompt.toLowerCase().match(/[a-z']+/g) ?? [];
  if (words.length < 4) return 0.5;
  const small = words.filter((word) =>
    /^(?:the|a|an|is|are|its|his|her|of|in|on|at|with|and|to|it|that|from|as|by|both|has|have|no)$/.test(word),
  ).length;
  return Math.min(1, Math.max(0, (0.34 - small / words.length) / 0.2));
}
