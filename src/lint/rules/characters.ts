import { matches, type Rule } from '../rule.js';
import { charactersSent, sheetOwner, sheetPrompt } from '../subject.js';
import { labelsOf, numbersNamed } from './images.js';

const generic = 'character|figure|creature|person|subject';
const colour =
  'red|orange|yellow|green|blue|purple|violet|pink|brown|black|white|gr[ae]y|golden|silver|turquoise|teal|beige|tan|cream|mustard|copper';
const part =
  'heads?|faces?|eyes?|bod(?:y|ies)|antennae?|ears?|fur|hair|skin|noses?|beaks?|snouts?|tails?|bell(?:y|ies)|wings?|whiskers|chest(?: panel)?';
/** "blue eyes", "red and white striped tail". */
const looks = new RegExp(
  String.raw`\b(${colour})(?:(?:,| and| or) (?:${colour}))?[ -](?:(?!(?:${colour})\b|and\b|with\b|of\b|on\b|in\b)[a-z-]+ )?(${part})\b`,
  'gi',
);

export const characterRules: Rule[] = [
  {
    id: 'ambiguous-character',
    level: 'warning',
    why: 'With several characters among the inputs the model picks one, or mixes them.',
    source: null,
    *inPrompt(prompt, subject) {
      const names = charactersSent(prompt.case, subject).map(({ name }) => name);
      if (names.length < 2) return;
      const shared = [...new Set(names.flatMap(wordsOf))].filter(
        (word) => names.filter((name) => wordsOf(name).includes(word)).length > 1,
      );
      const own = names.flatMap(wordsOf).filter((word) => !shared.includes(word));
      // "the robot at the left" and "the robot of Image 1" say which; so does a label.
      const said = ['of', 'from', 'in', 'at', 'on', 'with', 'wearing', 'who', 'that', 'which', 'sheets?', ...own].join(
        '|',
      );
      const pattern = new RegExp(
        String.raw`\b(?:the|this|that)\s+(?:same\s+|very\s+)?(${[...shared, generic].join('|')})\b(?![-\w])(?!(?:['’]s)?\s+(?:${said})\b)`,
        'gi',
      );
      const labels = labelsOf(prompt);
      const first = matches(prompt.said, pattern).find(
        ({ start }) => !labels.some(({ range }) => range.start <= start && start < range.end),
      );
      if (first)
        yield {
          start: first.start,
          end: first.end,
          message: `'${first.text}' could be ${names.join(' or ')}`,
          advice: `Say which: ${names.map((name) => `'the ${name.replaceAll(/[._-]/g, ' ')}'`).join(', ')}, or 'of Image 1'.`,
        };
    },
  },
  {
    id: 'character-not-named',
    level: 'warning',
    why: 'The case is scored for a character that its prompt does not ask for.',
    source: null,
    *inPrompt(prompt, subject) {
      const { images, characters } = prompt.case;
      if (prompt.turn > 1) return;
      const named = numbersNamed(prompt);
      for (const name of characters) {
        const sheet = images.findIndex((image) => sheetOwner(image, subject)?.name === name);
        const everyone =
          characters.length === 1 ? `${generic}|it|he|she` : 'the two|both|all three|together|they|everyone';
        const words = wordsOf(name).map((word) => `${escaped(word)}s?`);
        const pattern = new RegExp(String.raw`\b(?:${[...words, everyone].join('|')})\b`, 'i');
        // The case that makes the sheet shows whoever is in its picture.
        if (sheet < 0 || named.includes(sheet + 1) || pattern.test(prompt.text)) continue;
        yield {
          ...prompt.opening,
          message: `the prompt never mentions '${name}', nor Image ${sheet + 1}, which is its sheet`,
          advice: `Say what '${name}' does, or take it out of the case.`,
        };
      }
    },
  },
  {
    id: 'redescribed-character',
    level: 'hint',
    why: 'A character that is described anew, in other words than its sheet, drifts from scene to scene.',
    source: null,
    *inPrompt(prompt, subject) {
      const shown = charactersSent(prompt.case, subject);
      if (shown.length === 0 || prompt.case.characters.length === 0) return;
      const sheets = shown.flatMap((character) => sheetPrompt(character, prompt.revision, subject) ?? []);
      const known = sheets.flatMap(({ text }) => looksIn(text));
      for (const { start, end, text, found } of matches(prompt.said, looks)) {
        const [shade, place] = [found[1] ?? '', found[2] ?? ''].map((word) => word.toLowerCase());
        if (known.some((look) => look.place === place && look.shade === shade)) continue;
        const other = known.find((look) => look.place === place);
        yield {
          start,
          end,
          message: `'${text}' describes the character anew${other ? `; the sheet's prompt says '${other.text}'` : ''}`,
          advice: "Leave the looks to the sheet: 'the same eyes as in Image 1', and describe the pose only.",
        };
      }
    },
  },
];

function looksIn(text: string): { shade: string; place: string; text: string }[] {
  return matches(text, looks).map(({ text, found }) => ({
    shade: (found[1] ?? '').toLowerCase(),
    place: (found[2] ?? '').toLowerCase(),
    text,
  }));
}

/** The parts of a name that can stand in a sentence: `old-robot.2` has "old" and "robot". */
function wordsOf(name: string): string[] {
  const words = name.split(/[._-]/).filter((word) => /[a-z]{2}/.test(word));
  return words.length > 0 ? words : [name];
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
