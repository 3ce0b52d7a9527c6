import type { SuiteFile } from './schema.js';

/** Where a picture comes from: a file of the suite, or what a case makes. */
export type Source = { asset: string } | { case: string };

/** What a name stands for, or `null` when it is neither an asset nor a case. */
export function sourceOf(name: string, file: SuiteFile): Source | null {
  if (Object.hasOwn(file.assets, name)) return { asset: name };
  return Object.hasOwn(file.cases, name) ? { case: name } : null;
}

export function sameSource(a: Source, b: Source): boolean {
  return 'asset' in a ? 'asset' in b && a.asset === b.asset : 'case' in b && a.case === b.case;
}
