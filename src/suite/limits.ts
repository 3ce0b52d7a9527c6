import { present } from './present.js';
import type { SuiteFile } from './schema.js';
import type { Judge, Limits, Suite } from './suite.js';

/** As written; of two entries with one model id the tighter one holds, since they share its quota. */
export function resolveLimits(file: SuiteFile, judge: Judge | null): Suite['limits'] {
  const models: Record<string, Limits> = {};
  for (const model of file.models) {
    if (typeof model === 'string' || !model.limits) continue;
    models[model.id] = tighter(models[model.id] ?? {}, present<Limits>(model.limits));
  }
  if (judge && file.judge !== 'none' && file.judge.limits) models[judge.model] = present<Limits>(file.judge.limits);
  return { each: present<Limits>(file.limits), models };
}

/** What holds for a model: a flag before the model's own limit before that of the suite. */
export function limitsFor({ limits }: Pick<Suite, 'limits'>, model: string, flags: Limits): Limits {
  return { ...limits.each, ...limits.models[model], ...flags };
}

function tighter(one: Limits, other: Limits): Limits {
  const both = { ...one, ...other };
  const keys = Object.keys(both) as (keyof Limits)[];
  return Object.fromEntries(keys.map((key) => [key, Math.min(one[key] ?? Infinity, other[key] ?? Infinity)])) as Limits;
}
