import type { RunRecord } from '../../record.js';

/**
 * case -> how many pictures lie between it and the character's sheet: 0 for the sheet itself, 1 for a scene made from
 * the sheet alone, else one more than the longest way there. Cases that no way leads to, or whose inputs nobody knows
 * because none of their samples was begun, are left out.
 */
export function hopsFrom(record: RunRecord, character: string): Map<string, number> {
  const roles = new Map(
    record.cases.map((each) => [each.name, each.characters.find(({ name }) => name === character)] as const),
  );
  // A request may name the sheet by its character, its case or its asset; the names of a suite are all different.
  const sheets = new Set([character, ...[...roles].flatMap(([name, role]) => (role ? [role.sheet ?? name] : []))]);
  const inputs = new Map<string, Set<string>>();
  for (const sample of record.samples) {
    const names = inputs.get(sample.case) ?? new Set();
    for (const { name } of sample.inputs) names.add(name);
    inputs.set(sample.case, names);
  }
  const known = new Map<string, number | null>();
  const visit = (name: string): number | null => {
    if (sheets.has(name) || roles.get(name)?.sheet === null) return 0;
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    // A suite has no cycles, but a record may be anybody's: a case that is still being visited leads nowhere.
    known.set(name, null);
    const ways = [...(inputs.get(name) ?? [])].flatMap((input) => visit(input) ?? []);
    const hop = ways.length === 0 ? null : 1 + Math.max(...ways);
    known.set(name, hop);
    return hop;
  };
  return new Map(
    record.cases.flatMap(({ name }) => {
      const hop = visit(name);
      return hop === null ? [] : [[name, hop] as const];
    }),
  );
}
