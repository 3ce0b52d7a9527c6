import type { Character } from '../studio/character.js';
import type { Pose, Stance } from '../studio/figure/stance.js';
import { readNote } from '../studio/metadata.js';
import type { View } from '../studio/reading/words.js';
import { type Scene, sceneFrom } from '../studio/scene.js';
import { characterFrom } from '../studio/vary.js';

/** How somebody in a picture was drawn. */
export interface Drawn {
  pose: Pose;
  view: View;
  holding: Stance['holding'];
}

/** What the studio wrote of a picture it drew. */
export interface Truth {
  scene: Scene;
  parts: Drawn[];
  captions: string[];
  characters: Character[];
}

/** `null` for pictures from elsewhere, and for edits, of which nobody wrote down what they changed. */
export function truthOf(bytes: Uint8Array): Truth | null {
  const note = readNote(bytes);
  if (typeof note !== 'object' || note === null) return null;
  const { scene, parts, captions, character, cast, edited } = note as Record<string, unknown>;
  const read = sceneFrom(scene);
  if (edited === true || !read || !Array.isArray(parts) || !Array.isArray(captions)) return null;
  const shown: unknown[] = Array.isArray(cast)
    ? cast.map((one) => (one as Record<string, unknown> | null)?.['character'])
    : [character];
  return {
    scene: read,
    parts: parts.filter(isDrawn),
    captions: captions.map(String),
    characters: shown.flatMap((one) => characterFrom(one) ?? []),
  };
}

function isDrawn(value: unknown): value is Drawn {
  const { pose, view } = (value ?? {}) as Record<string, unknown>;
  return typeof pose === 'string' && typeof view === 'string';
}

/** Whether anyone wears it. */
export function isWorn({ characters }: Truth, part: 'backpack' | 'scarf'): boolean {
  return characters.some((one) => one[part] !== 'none');
}
