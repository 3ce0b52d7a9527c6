/** What characters are called, where nobody gave them a name. */
const kinds =
  'robot|android|dog|puppy|cat|kitten|fox|bird|owl|penguin|robin|bear|rabbit|bunny|mouse|hedgehog|squirrel|badger|raccoon|wolf|deer|frog|turtle|dragon|lion|tiger|panda|monkey|elephant|unicorn|sheep|pig|cow|horse|monster|alien|creature|ghost|doll|teddy|girl|boy|child|woman|man|person|knight|wizard|princess|mascot';
/** Words that stand for whoever a picture shows; in running text they may mean anyone. */
const anyone = 'character(?! sheet)|figure|subject|hero|friend';
const article = /^(?:the|an?|this|that|these|our|my|your|its|his|her|their|same|of|with|and|one|very|is|as)$/;
/** Capitals that begin a label or a sentence. */
const noName =
  /^(?:The|An?|This|That|These|Our|My|Its?|He|She|They|Image|Picture|Photo|Character|Reference|Sheet|Front|Back|And|While|Both|Keep|Make|Draw|Show|Put|In|On|At|To|Of|By|From|With|Near|Next|Beside|Behind|Between|Before|After|Under|Over|Above|Below|Around|Like|Then|Now|Here|When|Where|As|For|Only|Also)$/;

/** "a sheet of", "an archive photo with": what follows is the one who is shown. */
const depiction =
  /^.*?\b(?:sheet|photo|photograph|picture|portrait|drawing|illustration|snapshot|cut-?out|view|reference|likeness)\s+(?:of|with|showing|for)\b/i;
/** Here ends who it is and begins what else is said. */
const remark = /\b(?:which|that|who|whose|for|on|with|in|of|settles?|from|standing|wearing|worn)\b/i;

/** Whom a label calls its picture: "the character sheet of Pip, the red robot" gives `robot`, `red robot` and `pip`. */
export function namesIn(says: string): string[] {
  const said = says.replace(depiction, '').split(remark)[0] ?? '';
  return [...new Set([...kindsIn(said, `${kinds}|${anyone}`), ...properNames(said)])];
}

/** Kinds of characters in running text, lower case, in order: each with its adjective ("red robot") and without. */
export function kindsIn(text: string, of = kinds): string[] {
  const hits = [...text.toLowerCase().matchAll(new RegExp(`(?:\\b([a-z-]{1,20}) )?\\b(${of})\\b`, 'g'))];
  return hits.flatMap(([, before, kind = '']) =>
    before === undefined || article.test(before) ? [kind] : [kind, `${before} ${kind}`],
  );
}

/** Words with one capital in front. */
const properNames = (text: string) =>
  [...text.matchAll(/\b[A-Z][a-z]+\b/g)].flatMap(([word]) => (noName.test(word) ? [] : [word.toLowerCase()]));

/** Names joined by "and" ("Pip and Momo"), and names given to a kind ("Pip the robot"); in order, lower case. */
export function namesInText(text: string): string[][] {
  const roles: { at: number; names: string[] }[] = [];
  const add = (at: number, ...names: string[]) => {
    const known = roles.find((role) => role.names.some((name) => names.includes(name)));
    if (known) known.names.push(...names.filter((name) => !known.names.includes(name)));
    else roles.push({ at, names });
  };
  for (const { 1: name = '', 2: kind = '', index } of text.matchAll(
    new RegExp(`\\b([A-Z][a-z]+),? (?:the|an?) (?:[a-z-]{1,20} ){0,2}(${kinds})\\b`, 'g'),
  ))
    if (!noName.test(name)) add(index, name.toLowerCase(), kind);
  for (const { 1: one = '', 2: other = '', index } of text.matchAll(/\b([A-Z][a-z]+),? and ([A-Z][a-z]+)\b/g))
    for (const name of [one, other]) if (!noName.test(name)) add(index, name.toLowerCase());
  for (const { 1: kind = '', index } of text.matchAll(new RegExp(`\\b(${kinds})\\b`, 'gi')))
    add(index, kind.toLowerCase());
  return roles.sort((a, b) => a.at - b.at).map(({ names }) => names);
}
