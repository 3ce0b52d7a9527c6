/** Things that a scene can hold and that the next scene keeps unless its prompt says that they are gone. */
export const things = {
  map: /\bmaps?\b/,
  axes: /\b(?:ice[- ])?ax(?:e|es)\b/,
  rocks: /\b(?:rocks?|boulders?|stones?)\b/,
  snow: /\bsnow[- ]?patch(?:es)?\b|\bpatch(?:es)? of (?:\w+ )?snow\b/,
  trunks: /\btrunks?\b/,
  bridge: /\bbridge\b/,
  hammock: /\bhammock\b/,
  lantern: /\blanterns?\b/,
  flag: /\bflags?\b/,
  campfire: /\b(?:camp ?fire|bonfire)\b/,
  balloon: /\bballoons?\b/,
} as const;
export type Thing = keyof typeof things;
export const thingNames = Object.keys(things) as Thing[];

const negatorBefore =
  /\b(?:no longer|no more|no|not|never|without|remov\w*|drop\w*|erase\w*|delet\w*|free of|instead of|takes? away|leaves? out)\b/;
const goneAfter =
  /\b(?:gone|removed|vanish\w*|disappear\w*|put away|left behind|nowhere|no longer|absent|stowed|not (?:there|visible|present|in))\b/;

/** Says of each pattern whether the text asks for it (`true`), says it is gone (`false`) or does not name it. The last word counts. */
export function mentions<Name extends string>(
  text: string,
  patterns: Readonly<Record<Name, RegExp>>,
): Map<Name, boolean> {
  const found = new Map<Name, boolean>();
  for (const clause of clausesOf(text)) {
    for (const [name, pattern] of Object.entries(patterns) as [Name, RegExp][]) {
      const hit = pattern.exec(clause.text);
      if (!hit) continue;
      const before = clause.text.slice(0, hit.index);
      const after = clause.text.slice(hit.index + hit[0].length);
      found.set(name, !(clause.gone || negatorBefore.test(before) || goneAfter.test(after)));
    }
  }
  return found;
}

/** Splits lower-case text into clauses; "replace A by B" becomes one clause that drops A and one that asks for B. */
function clausesOf(text: string): { text: string; gone: boolean }[] {
  return text.split(/[.;:!?\n,()]|\bbut\b|\bwhile\b|\bbecause\b|\binstead\b(?! of)/).flatMap((clause) => {
    const swapped =
      activeSwap(clause) ?? /^(.*?)\b(?:is|are|was|were|been|gets?|now)? *replaced (?:with|by)\b(.*)/.exec(clause);
    if (!swapped) return [{ text: clause, gone: false }];
    return [
      { text: swapped[1] ?? '', gone: true },
      { text: swapped[2] ?? '', gone: false },
    ];
  });
}

/** "replace A by B"; searched in two steps, so that a long text takes time in proportion to its length. */
function activeSwap(clause: string): [string, string, string] | null {
  const verb = /\breplac(?:e|es|ing)\b/.exec(clause);
  if (!verb) return null;
  const objects = clause.slice(verb.index + verb[0].length);
  const by = /\b(?:with|by)\b/.exec(objects);
  return by ? [clause, objects.slice(0, by.index), objects.slice(by.index + by[0].length)] : null;
}
