import { matches, type Range, type Rule } from '../rule.js';
import { charactersSent, sheetOwner, type Subject } from '../subject.js';
import type { PromptText } from '../prompt-text.js';

const numbers = String.raw`#?(\d{1,2}(?:(?:\s*(?:,|&|–|-|\band\b|\bor\b|\bto\b)\s*)+#?\d{1,2})*)\b`;
/** "Image 16:9", "image 35 mm" and the like count no pictures. */
const notAMeasure = String.raw`(?!\s*[:x×.]\s*\d|\s*(?:%|mm\b|px\b|pixels?\b|percent\b|megapixels?\b))`;
const imageNumbers = new RegExp(String.raw`\bimages?\s+${numbers}${notAMeasure}`, 'gi');
/** What else people call the input pictures; enough to know which one is meant. */
const otherNumbers = new RegExp(String.raw`\b(?:pictures?|photos?|references?)\s+${numbers}${notAMeasure}`, 'gi');
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];
const ordinal = new RegExp(
  String.raw`\b(${ordinals.join('|')})\s+(?:\w+\s+)?(?:image|picture|photo|reference)\b`,
  'gi',
);
/** A line that says what a picture is. */
const label = /^[ \t]*(?:[-*]\s*)?image\s+#?(\d{1,2})\s*[:–-]\s+(.*)$/gim;

export const imageRules: Rule[] = [
  {
    id: 'image-labels',
    level: 'warning',
    why: 'With several input pictures the model has to guess which one is the sheet and which one the scene.',
    source: null,
    *inPrompt(prompt) {
      const { images } = prompt.case;
      const named = new Set(numbersNamed(prompt));
      const missing = images.map((_, index) => index + 1).filter((number) => !named.has(number));
      if (prompt.turn > 1 || images.length < 2 || missing.length === 0) return;
      const lines = missing.map((number) => `'Image ${number}: ...' for ${images[number - 1]?.name}`);
      const which = missing.map((number) => `Image ${number}`).join(', ');
      yield {
        ...prompt.opening,
        message: `${images.length} pictures are sent, and the prompt does not say what ${which} ${missing.length === 1 ? 'is' : 'are'}`,
        advice: `Begin with a line for each, in the order sent: ${lines.join(', ')}.`,
      };
    },
  },
  {
    id: 'image-unknown',
    level: 'error',
    why: 'A picture that is not sent is made up by the model.',
    source: null,
    *inPrompt(prompt) {
      // The pictures of the turns before are there as well.
      const count = prompt.case.images.length + prompt.turn - 1;
      for (const { start, end, text, found } of matches(prompt.said, imageNumbers)) {
        const beyond = listed(found[1] ?? '').filter((number) => number < 1 || number > count);
        if (beyond.length === 0) continue;
        const sent = count === 0 ? 'no picture is sent' : count === 1 ? 'one picture is sent' : `${count} are sent`;
        yield {
          start,
          end,
          message: `'${text}' names Image ${beyond.join(', ')}, but ${sent}`,
          advice: 'Pictures are counted from 1, in the order under `images` of the case.',
        };
      }
    },
  },
  {
    id: 'image-order',
    level: 'warning',
    why: 'Labels out of order, or two for one picture, are easily mistaken for one another.',
    source: null,
    *inPrompt(prompt) {
      let last = 0;
      for (const { number, range } of labelsOf(prompt)) {
        if (number <= last)
          yield {
            ...range,
            message:
              number === last ? `Image ${number} is labelled twice` : `Image ${number} is labelled after Image ${last}`,
            advice: 'Label every picture once, in the order sent.',
          };
        last = Math.max(last, number);
      }
    },
  },
  {
    id: 'image-swapped',
    level: 'error',
    why: 'A label that belongs to another picture gives the character the wrong looks.',
    source: null,
    *inPrompt(prompt, subject) {
      for (const { number, says, range } of labelsOf(prompt)) {
        const wrong = wrongLabel(number, says, prompt, subject);
        if (wrong !== null)
          yield { ...range, message: wrong, advice: 'Put the labels into the order under `images` of the case.' };
      }
    },
  },
];

function wrongLabel(number: number, says: string, prompt: PromptText, subject: Subject): string | null {
  const image = prompt.case.images[number - 1];
  if (!image) return null;
  const owner = sheetOwner(image, subject);
  const named = /\b(?:sheet|turnaround) (?:of|for|showing) (?:the |our |a )?([\w-]+)/i.exec(says)?.[1]?.toLowerCase();
  const meant = charactersSent(prompt.case, subject).find(({ name }) => name === named);
  if (meant && meant !== owner)
    return `Image ${number} is ${owner ? `the sheet of '${owner.name}'` : `'${image.name}'`}, not the sheet of '${meant.name}'`;
  if (
    owner &&
    /\b(?:previous|last|preceding) (?:scene|picture|image)\b|\bscene before\b/i.test(says) &&
    !/\bsheet\b/i.test(says)
  )
    return `Image ${number} is the sheet of '${owner.name}', not the previous scene`;
  return null;
}

/** Pictures that the prompt speaks of, by number. */
export function numbersNamed({ text }: Pick<PromptText, 'text'>): number[] {
  return [
    ...[imageNumbers, otherNumbers].flatMap((pattern) =>
      matches(text, pattern).flatMap(({ found }) => listed(found[1] ?? '')),
    ),
    ...matches(text, ordinal).map(({ found }) => ordinals.indexOf((found[1] ?? '').toLowerCase()) + 1),
  ];
}

/** `1, 2 and 4` is 1, 2, 4; `1-3` and `1 to 3` are 1, 2, 3. */
function listed(text: string): number[] {
  const parts = [...text.matchAll(/(\d+)(?:\s*(?:-|–|to)\s*#?(\d+))?/g)];
  return parts.flatMap(([, from, to = from]) => {
    const [first, last] = [Number(from), Number(to)];
    return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
  });
}

/** The lines that say what the pictures are. */
export function labelsOf({ text }: Pick<PromptText, 'text'>): { number: number; says: string; range: Range }[] {
  return matches(text, label).map(({ found, start, end }) => ({
    number: Number(found[1]),
    says: found[2] ?? '',
    range: { start: start + found[0].search(/\S/), end: start + found[0].trimEnd().length || end },
  }));
}
