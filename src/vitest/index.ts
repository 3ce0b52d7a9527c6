import { afterAll } from 'vitest';
import { type BaselineOptions, type CharacterOptions, toMatchBaseline, toMatchCharacter } from './matchers.js';
import type { Picture } from './picture.js';
import { closeScorers } from './scorers.js';

export type { BaselineOptions, CharacterOptions, Picture };

/**
 * For `expect.extend(matchers)`: pictures, as bytes or paths, are scored as `evaluate score` scores them. The scoring
 * thread opens with the first one and ends with the test file.
 */
export const matchers = { toMatchCharacter, toMatchBaseline };

interface PictureMatchers {
  /** Shows the character of the sheet, by `consistency`. */
  toMatchCharacter(sheet: Picture, options?: CharacterOptions): Promise<void>;
  /** Is as consistent as the approved samples of a case: `toMatchBaseline('baselines/robot', 'forest')`. */
  toMatchBaseline(folder: string, name: string, options?: BaselineOptions): Promise<void>;
}

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
  interface Matchers<T = any> extends PictureMatchers {}
}

afterAll(closeScorers);
