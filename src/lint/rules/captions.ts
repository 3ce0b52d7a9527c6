import { modelInfo } from '../../catalog/catalog.js';
import { matches, type Rule } from '../rule.js';

const opening = '"“‘\'«„`';
const closing = '"”’\'»“`';
const guide = 'Gemini API image generation guide: text to be drawn is given in quotes';

export const captionRules: Rule[] = [
  {
    id: 'caption-quotes',
    level: 'warning',
    why: 'Without quotes a caption is read as a description, and drawn in other letters or not at all.',
    source: guide,
    *inPrompt(prompt) {
      for (const caption of prompt.case.text) {
        const places = occurrences(prompt.text, caption);
        if (places.some((start) => isQuoted(prompt.text, start, caption.length))) continue;
        const [start] = places;
        if (start !== undefined)
          yield {
            start,
            end: start + caption.length,
            message: `the caption ${caption} is not in quotes`,
            advice: `Write "${caption}", and where it stands.`,
          };
      }
      for (const { start, end, text } of matches(prompt.text, asked))
        if (!prompt.case.text.some((caption) => text.includes(caption)))
          yield {
            start,
            end,
            message: `'${text}' asks for text without quotes`,
            advice: 'Put the text to be drawn in double quotes.',
          };
    },
  },
  {
    id: 'caption-missing',
    level: 'warning',
    why: 'The case is scored for a caption that its prompt does not ask for.',
    source: null,
    *inPrompt(prompt, subject) {
      if (prompt.turn > 1) return;
      const turns = subject.prompts.filter((each) => each.case === prompt.case && each.revision === prompt.revision);
      for (const caption of prompt.case.text)
        if (turns.every(({ text }) => occurrences(text, caption).length === 0))
          yield {
            ...prompt.opening,
            message: `the caption ${caption} under \`text\` of the case is not in the prompt`,
            advice: `Ask for it: "${caption}"; or take it out of the case.`,
          };
    },
  },
  {
    id: 'text-model',
    level: 'warning',
    why: 'Some models misspell what they draw as letters.',
    source: 'the catalogue',
    *inSuite({ suite }) {
      const poor = suite.models.filter(({ id }) => modelInfo(id)?.text?.drawn === 'poorly');
      for (const each of suite.cases)
        if (each.text.length > 0 && poor.length > 0)
          yield {
            at: { path: ['cases', each.name, 'text'], key: true },
            message: `${poor.map(({ id }) => id).join(', ')} draws text poorly, and '${each.name}' is scored for it`,
            advice: 'Use a model of the third generation for this case, or leave the captions to your layout.',
          };
    },
  },
];

/** "a sign that says Welcome": what follows is in capitals or in a line of its own, and in no quotes. */
const asked = new RegExp(
  String.raw`\b(?:caption|label|sign|banner|headline|title|poster|logo|text)s?\s+(?:that\s+|which\s+)?(?:says?|saying|reads?|reading):?\s+(?![${opening}])(?:[A-Z][\w!']*)(?:\s+[A-Z][\w!']*)*`,
  'g',
);

function occurrences(text: string, caption: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(caption); at >= 0; at = text.indexOf(caption, at + 1)) found.push(at);
  return found;
}

function isQuoted(text: string, start: number, length: number): boolean {
  return (
    opening.includes(text[start - 1] ?? ' ') &&
    closing.includes((text.slice(start + length).replace(/^[.,!?]/, '') || ' ').charAt(0))
  );
}
