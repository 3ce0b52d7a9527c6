import { matches, type Rule } from '../rule.js';
import { chunks, keywordLists } from '../sentences.js';

const googleGuide =
  'Google Developers Blog, "How to prompt Gemini 2.5 Flash Image Generation for the best results", 2025';

const vague =
  'beautiful|nice|epic|stunning|amazing|gorgeous|awesome|breathtaking|fantastic|incredible|interesting|wonderful|lovely|pretty(?= (?:robot|picture|image|scene|landscape|sky|girl|view))|cool(?= (?:picture|image|scene|robot|style|look)\\b)';
const quality =
  '(?:best|high|highest|top|ultra|super|amazing|premium|(?:full[- ])?hd)[- ]quality|(?:ultra|highly|extremely|super|insanely|intricately)[- ]detailed|hyper[- ]?realistic|masterpiece|8k(?: (?:uhd|resolution))?|uhd|hdr|award[- ]winning|trending on art ?station|art ?station|unreal engine(?: \\d)?|octane render|sharp focus|highres|absurdres';

export const wordRules: Rule[] = [
  {
    id: 'keyword-list',
    level: 'warning',
    why: 'The model understands sentences: a described scene comes out more coherent than a list of keywords, and says who does what where.',
    source: googleGuide,
    *inPrompt(prompt) {
      for (const range of keywordLists(prompt.said))
        yield {
          ...range,
          message: 'a list of keywords in place of sentences',
          advice: 'Describe the scene in sentences: who, where, seen from where, in what light.',
        };
    },
  },
  {
    id: 'vague-word',
    level: 'hint',
    why: 'Praise says nothing that can be drawn or checked, and every sample reads it in its own way.',
    source: `${googleGuide}: be specific`,
    *inPrompt(prompt) {
      for (const { start, end, text } of matches(
        prompt.said,
        new RegExp(String.raw`(?<![\w-])(?:${vague})(?![\w-])`, 'gi'),
      ))
        // Nice is a town.
        if (!/^\p{Lu}/u.test(text) || beginsSentence(prompt.said, start))
          yield {
            start,
            end,
            message: `'${text}' says nothing that can be drawn`,
            advice: 'Say what makes it so: light, colours, size, materials.',
          };
    },
  },
  {
    id: 'quality-keyword',
    level: 'warning',
    why: 'Quality keywords are a habit from Stable Diffusion; Gemini reads them as part of the scene. The size is a setting.',
    source: null,
    *inPrompt(prompt) {
      for (const { start, end, text } of matches(
        prompt.said,
        new RegExp(String.raw`(?<![\w-])(?:${quality})(?![\w-])`, 'gi'),
      )) {
        const edit = withoutFragment(prompt.said, start, end);
        yield {
          start,
          end,
          message: `'${text}' is a quality keyword`,
          advice: 'Leave it out; for more pixels set `imageSize` under `generation`.',
          ...(edit && { edit }),
        };
      }
    },
  },
  {
    id: 'negative',
    level: 'warning',
    why: 'What is named may well be drawn: the model is told of it. A description of what is there instead works better.',
    source: `${googleGuide}: use semantic negative prompts`,
    *inPrompt(prompt) {
      for (const { start, end, text } of matches(prompt.said, negatives))
        yield {
          start,
          end,
          message: `'${text.replace(/\s+/g, ' ')}' asks for something by its absence`,
          advice: "Say what is there instead: 'an empty street' for 'no cars', 'free of letters' for 'no text'.",
        };
    },
  },
  {
    id: 'several-pictures',
    level: 'warning',
    why: 'One request makes one picture: a number of pictures in the prompt is not kept to, or comes out as a collage.',
    source: 'Gemini API image generation guide, limitations',
    *inPrompt(prompt) {
      for (const { start, end, text } of matches(prompt.said, several))
        yield {
          start,
          end,
          message: `'${text}' asks for several pictures`,
          advice: 'Ask for one; `samples` of the suite says how many are made.',
        };
    },
  },
  {
    id: 'repeated-sentence',
    level: 'warning',
    why: 'What is said twice is weighed twice, and one of the two is forgotten when the prompt is edited.',
    source: null,
    *inPrompt(prompt) {
      const seen = new Set<string>();
      for (const { start, end } of chunks(prompt.text)) {
        const words =
          prompt.text
            .slice(start, end)
            .toLowerCase()
            .match(/[\p{L}\p{N}]+/gu) ?? [];
        const plain = words.join(' ');
        if (words.length >= 5 && seen.has(plain))
          yield {
            start,
            end,
            message: 'this sentence is in the prompt twice',
            advice: 'Say it once; a partial may have said it already.',
          };
        seen.add(plain);
      }
    },
  },
  {
    id: 'long-prompt',
    level: 'hint',
    why: 'Of a very long prompt the model keeps some parts and drops others, another part in each sample.',
    source: null,
    *inPrompt(prompt) {
      const { length } = prompt.text;
      if (length > 4000)
        yield {
          ...prompt.opening,
          message: `the prompt has ${length.toLocaleString('en-US')} characters`,
          advice: 'Keep it under 4,000: leave looks to the sheet and the world to the previous scene.',
        };
    },
  },
  {
    id: 'short-prompt',
    level: 'warning',
    why: 'A prompt of a word or two is often answered with text and no picture.',
    source: 'users reported STOP without an image part',
    *inPrompt(prompt) {
      if (prompt.text.split(/\s+/).length < 3)
        yield {
          ...prompt.opening,
          message: 'the prompt is too short',
          advice: "Say what to make: 'Draw ...', with the scene in a sentence.",
        };
    },
  },
];

const number = '(?:two|three|four|five|six|seven|eight|nine|ten|several|multiple|\\d+)';
const several = new RegExp(
  String.raw`\b(?:generate|create|make|draw|render|produce|give me|show me|show)\s+(?:me\s+)?${number}\s+(?:different\s+|separate\s+|distinct\s+)?(?:images|pictures|variations|versions|renders|options|variants)\b`,
  'gi',
);

/** At the head of a fragment or an order; "there is no map", "no longer" and "without touching it" describe. */
const negatives = new RegExp(
  [
    String.raw`(?<=^|[.,;:(\n]\s*|,? and\s+|\bwith\s+)no(?! (?:longer|one\b|matter|doubt|more than|less than|fewer|sooner|signs? of))[ ]+[a-z][\w-]*`,
    String.raw`\b(?:don['’]t|do not|must not|mustn['’]t|should not|shouldn['’]t)\s+\w+`,
    String.raw`\bnever\s+(?:draw|show|add|include|use|put|paint|render|make|let|depict)\b`,
    String.raw`\bwithout\s+(?!(?:a )?doubt\b|exception\b|\w+ing\b)(?:an?\s+|any\s+)?[a-z][\w-]*`,
    String.raw`(?<=^|[.;\n]\s*)avoid\s+\w+`,
  ].join('|'),
  'gi',
);

function beginsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?\n])\s*$/.test(text.slice(0, at));
}

/** Takes out `, 8k` at the end of a list, and `8k, ` at its head: never a word that belongs to a sentence. */
function withoutFragment(text: string, start: number, end: number) {
  const before = /(?<=[\w)"'])\s*,[ \t]*$/.exec(text.slice(0, start));
  const after = /^[ \t]*(?:(?=[,;\n])|(?=\.?[ \t]*$))/.exec(text.slice(end));
  if (before && after) return { start: start - before[0].length, end, text: '' };
  const head = /(?:^|\n)$/.test(text.slice(0, start)) ? /^[ \t]*,[ \t]*(?=\w)/.exec(text.slice(end)) : null;
  return head ? { start, end: end + head[0].length, text: '' } : null;
}
