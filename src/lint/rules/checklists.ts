import type { Path } from '../../suite/document.js';
import type { WrittenStatement } from '../../suite/schema-checklist.js';
import type { InSuite, Rule } from '../rule.js';
import type { Subject } from '../subject.js';

const dsg = 'Cho et al., Davidsonian Scene Graph, ICLR 2024: atomic statements, one fact each';

/** Each is a rule of its own: what a statement must not hold, and what to write instead. */
export const checklistRules: Rule[] = [
  {
    id: 'checklist-compound',
    level: 'warning',
    why: 'Of two facts in one statement either may fail, and a judge has one answer for both.',
    source: dsg,
    inSuite: (subject) =>
      finding(subject, compound, (text) => ({
        message: `'${text}' joins two facts in one statement`,
        advice: 'Make each a statement; one that hangs on another goes under its `then`.',
      })),
  },
  {
    id: 'checklist-negated',
    level: 'warning',
    why: 'Judges mix up yes and no to a statement that denies something, and what is not there may be hidden.',
    source: null,
    inSuite: (subject) =>
      finding(subject, negated, (text) => ({
        message: `'${text}' denies something`,
        advice: "Say what is seen instead: 'Both hands are empty' for 'It does not hold a map'.",
      })),
  },
  {
    id: 'checklist-vague',
    level: 'warning',
    why: 'On taste and degree votes differ from one another and from people; quality and consistency are measured without a judge.',
    source: dsg,
    inSuite: (subject) =>
      finding(subject, vague, (text) => ({
        message: `'${text}' cannot be told from a picture with yes or no`,
        advice: 'Say what would be seen: a thing, a place, a number, a colour.',
      })),
  },
];

/** Pairs of one thing, and places between two, are one fact. */
const compound =
  /;|\bbut\b|\bas well as\b|(?<!\b(?:black|red|blue|salt|up|back|one|again|more|left|here|front))\s\band\b(?!\s(?:white|pepper|down|forth|only|again|more|right|there|back)\b)/i;
const between = /\b(?:between|both)\b[^,;]*\band\b/i;
const negated =
  /\b(?:not|no(?! one\b)|no one|nobody|nothing|never|none|neither|without|cannot|(?:is|are|was|does|do|has|have|can)n['’]t)\b/i;
const vague =
  /\b(?:good|nice(?:ly)?|beautiful(?:ly)?|pretty|great|well[- ](?:made|drawn|composed|lit)|(?:un)?natural(?:ly)?|realistic(?:ally)?|consistent(?:ly)?|correct(?:ly)?|proper(?:ly)?|appropriate(?:ly)?|high[- ]quality|professional(?:ly)?|aesthetic\w*|appealing|believable|impressive|clear(?:ly)?|quite|rather|somewhat|should|probably|feels?|mood|vibe)\b/i;

function* finding(
  { reading }: Subject,
  pattern: RegExp,
  say: (text: string) => Pick<InSuite, 'message' | 'advice'>,
): Iterable<InSuite> {
  for (const [name, { checklist }] of Object.entries(reading.file.cases))
    for (const { says, path } of statementsOf(checklist, ['cases', name, 'checklist'])) {
      // Captions are quoted, and may say anything.
      const text = says.replace(/["“«][^"”»]*["”»]/g, '');
      const [hit] = pattern.exec(pattern === compound ? text.replace(between, '') : text) ?? [];
      if (hit !== undefined) yield { at: { path }, ...say(hit.trim()) };
    }
}

function* statementsOf(written: readonly WrittenStatement[], at: Path): Iterable<{ says: string; path: Path }> {
  for (const [index, each] of written.entries()) {
    const isPlain = typeof each === 'string';
    yield { says: isPlain ? each : each.says, path: isPlain ? [...at, index] : [...at, index, 'says'] };
    if (!isPlain) yield* statementsOf(each.then, [...at, index, 'then']);
  }
}
