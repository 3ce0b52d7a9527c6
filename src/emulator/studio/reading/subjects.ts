import { poseWords, viewWords } from './words.js';

/** What a prompt says of each of several, and what it says of nobody in particular. Lower case, a line a sentence. */
export interface Said {
  own: string[];
  common: string;
}

const several =
  /\b(?:they|together|each other|one another|side by side|everyone|everybody|(?:all|the|of them) (?:two|three|four|five)|(?:two|three|four|five) (?:of them|characters|figures|friends|heroes|companions)|duo|trio)\b/;
const bothOfThem =
  /\bboth\b(?! +(?:(?:of )?(?:its|his|her|their|the) )?(?:arms?|hands?|paws?|wings?|eyes?|ears?|feet|legs?|sides?|axes|ends?|views?|at)\b)/;
/** Whether lower-case text means more than one at once. */
export const speaksOfAll = (text: string) => several.test(text) || bothOfThem.test(text);

const predicates = [
  ...[...poseWords, ...viewWords].map(([, words]) => words),
  /\b(?:left|right|cent(?:re|er)|middle|foreground|background)\b/,
  /\b(?:is|are|has|have|looks?|holds?|wears?|stays?|keeps?|leans?|lies?|follows?|greets?|comes?|goes)\b/,
];
/** Who is told after these words is beside the point: "next to the felt robot". */
const aside =
  /\b(?:beside|behind|near|by|at|to|towards?|of|with|from|for|on|onto|over|under|above|below|around|past|between|than|like|against|follows|greets)(?: the| an?| its| his| her)?(?: (?!the |an? )[a-z-]+){0,2} $/;
/** Opens a clause that waits for its subject: "on the left, the robot". */
const place = /^(?:on|at|in|to|behind|beside|next|near|before|farther|further|far|close|left|right)\b/;
const pronoun = /^(?:it|he|she|its|his|her)\b/;
/** Something of its own, which nobody carries: "the light", but not "the axes in its hands". */
const other = /^(?:the|an?|no) (?!.*\b(?:its|his|her|their)\b)/;

/** What several do, as it is said of one: "they wave" as "it waves". */
const inSingular = (text: string) =>
  text.replace(/(?<!\b(?:an?|the|this|that|of|high|big) )\b(wave|point|raise|push)\b/g, (verb) =>
    verb === 'push' ? 'pushes' : `${verb}s`,
  );

/** Goes through the text clause by clause and keeps track of who is meant. `names`: what each of them goes by. */
export function readSubjects(text: string, names: readonly (readonly string[])[]): Said {
  const own = names.map((): string[] => []);
  const common: string[] = [];
  let last: number[] = [];
  for (const sentence of inSingular(text).split(/[.!?\n]+/)) {
    const lines = names.map((): string[] => []);
    const loose: string[] = [];
    /** Named without a predicate yet: "the robot and", */ let waiting: number[] = [];
    let subjects: number[] | null = null;
    let lead = '';
    const say = (who: number[], words: string) => {
      for (const i of who) lines[i]?.push(lead, words);
      if (who.length === 0) loose.push(lead, words);
      else last = who;
      [lead, subjects] = ['', who];
    };
    for (const { words, fresh } of clausesOf(sentence)) {
      const named = namedIn(words, names);
      if (named.length > 0) {
        const who: number[] = [...new Set([...waiting, ...named])];
        const told = predicateAt(words) !== null;
        say(told ? who : named, words);
        subjects = who;
        waiting = told ? [] : who;
      } else if (speaksOfAll(words)) say([...names.keys()], words);
      else if (waiting.length > 0) {
        say(waiting, words);
        waiting = [];
      } else if ((fresh || lead !== '') && place.test(words)) lead = `${lead} ${words}`;
      else if (subjects === null) say(pronoun.test(words) ? last : [], words);
      else say(other.test(words) ? [] : subjects, words);
    }
    if (lead !== '') say(subjects ?? [], '');
    lines.forEach((line, i) => own[i]?.push(line.join(', ')));
    common.push(loose.join(', '));
  }
  return { own: own.map((lines) => lines.join('\n')), common: common.join('\n') };
}

/** `fresh`: begins anew rather than going on after a comma. */
function clausesOf(sentence: string): { words: string; fresh: boolean }[] {
  const pieces = sentence.split(/([,;:()]|\b(?:and|while|whereas|but)\b)/);
  return pieces.flatMap((piece, i) => {
    const words = piece.trim();
    return i % 2 === 1 || words === '' ? [] : [{ words, fresh: i === 0 || !/[,)]/.test(pieces[i - 1] ?? '') }];
  });
}

/** Those whom a clause is about, in its order: named before its predicate, or else at all. */
function namedIn(words: string, names: readonly (readonly string[])[]): number[] {
  const found = names
    .flatMap((goes, i) => {
      const at = Math.min(...goes.map((name) => subjectAt(words, name)));
      return at === Infinity ? [] : [{ i, at }];
    })
    .sort((a, b) => a.at - b.at);
  const predicate = predicateAt(words) ?? Infinity;
  const before = found.filter(({ at }) => at < predicate);
  return (before.length > 0 ? before : found).map(({ i }) => i);
}

function subjectAt(words: string, name: string): number {
  const hit = [...words.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].find(
    ({ index }) => !aside.test(words.slice(Math.max(0, index - 60), index)),
  );
  return hit?.index ?? Infinity;
}

function predicateAt(words: string): number | null {
  const at = Math.min(...predicates.map((pattern) => pattern.exec(words)?.index ?? Infinity));
  return at === Infinity ? null : at;
}
