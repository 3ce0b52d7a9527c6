import { z } from 'zod';
import { revisionPattern, revisionRule } from './revision-name.js';

/** What values of suite.yaml look like, whatever they are of. */

/** A map that takes no other keys. The message of an unknown key is the list of known ones. */
export function closed<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}

export const text = (pattern: RegExp, rule: string) => z.string().max(100).regex(pattern, rule);

/** Names become folder names, file names, columns and command line arguments. */
export const name = text(
  /^(?!constructor$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
  'lower-case letters and digits, with single hyphens, dots or underscores between them',
);
export const suiteName = text(
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  'lower-case letters and digits, with single hyphens between them',
);
export const revision = text(revisionPattern, revisionRule).describe(
  'A folder under prompts/, such as v1; or git:REF, such as git:main: the first folder of this list as it was at that commit; git:REF:v1 names another one.',
);
export const templateName = text(
  /^(?!.*\.hbs$)[A-Za-z0-9_-][\w.-]*(?:\/[A-Za-z0-9_-][\w.-]*)*$/,
  'a template of prompts/<revision>/ without .hbs',
);
export const path = z.string().min(1).max(1000);
export const words = z.string().min(1).max(10_000);

/** A map from names, at most 1000 of them. */
export const named = <T extends z.ZodType>(value: T) =>
  z.record(name, value).refine((map) => Object.keys(map).length <= 1000, { error: 'must hold at most 1000 names' });

export const count = z.int().min(1).max(1000);
