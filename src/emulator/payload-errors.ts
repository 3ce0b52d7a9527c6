import type { z } from 'zod';

const TYPES: Record<string, string> = {
  string: 'TYPE_STRING',
  number: 'TYPE_FLOAT',
  int: 'TYPE_INT32',
  boolean: 'TYPE_BOOL',
};

/** `['generationConfig', 'stopSequences', 0]` -> `generation_config.stop_sequences[0]`, as the service names fields. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const snake = String(step).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return text ? `${text}.${snake}` : snake;
  }, '');
}

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], root);

/** What was wrong with a payload, in the sentences of Google's JSON parser: unknown names, then values of the wrong type. */
export function violationsOf(error: z.ZodError, payload: unknown): { field: string; description: string }[] {
  return error.issues.flatMap((issue) => {
    const field = fieldPath(issue.path);
    if (issue.code === 'unrecognized_keys') {
      const where = field ? ` at '${field}'` : '';
      return issue.keys.map((key) => ({
        field,
        description: `Invalid JSON payload received. Unknown name "${key}"${where}: Cannot find field.`,
      }));
    }
    const type = issue.code === 'invalid_type' ? (TYPES[issue.expected] ?? 'TYPE_MESSAGE') : 'TYPE_INT32';
    const shown = JSON.stringify(valueAt(payload, issue.path)) ?? 'nothing';
    return [{ field, description: `Invalid value at '${field}' (${type}), ${shown.slice(0, 200)}` }];
  });
}
