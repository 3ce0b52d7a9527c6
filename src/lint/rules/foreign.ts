import { generationFor } from '../../suite/generation.js';
import { matches, type InPrompt, type Range, type Rule } from '../rule.js';
import type { Subject } from '../subject.js';

/** Midjourney parameter -> how to say it here. Names of one letter count with a number only. */
const midjourney: Record<string, string> = {
  ar: 'Set `aspectRatio` under `generation` of the suite or the case.',
  aspect: 'Set `aspectRatio` under `generation` of the suite or the case.',
  no: 'Describe what is there instead: an empty street, a plain wall.',
  cref: 'Send the sheet: name the character under `images` and say "the robot of Image 1".',
  sref: 'Send a picture of the style under `images` and say "in the style of Image 2".',
  iw: 'Say in words how closely to follow the picture.',
  cw: 'Say in words what to keep of the character.',
  sw: 'Say in words how closely to follow the style.',
  seed: 'Set `seed` under `generation`; it is best effort.',
  tile: 'Say "a seamless pattern that repeats at its edges".',
  repeat: 'Set `samples` of the suite.',
  r: 'Set `samples` of the suite.',
  raw: 'Describe the style in a sentence.',
  style: 'Describe the style in a sentence.',
  stylize: 'Describe the style in a sentence.',
  s: 'Describe the style in a sentence.',
  chaos: 'Ask for the variation in words.',
  c: 'Ask for the variation in words.',
  weird: 'Describe what is odd about it.',
  quality: 'Set `imageSize` under `generation`.',
  q: 'Set `imageSize` under `generation`.',
  hd: 'Set `imageSize` under `generation`.',
  v: 'Name the model under `models` of the suite.',
  version: 'Name the model under `models` of the suite.',
  niji: 'Say "in the style of an anime".',
};
/** What says nothing of the picture, so that nothing is lost without it. */
const idle = ['v', 'version', 's', 'stylize', 'q', 'quality', 'c', 'chaos', 'r', 'repeat', 'raw', 'hd'];
const parameter = new RegExp(
  String.raw`(?<![\w-])--(?:(${Object.keys(midjourney)
    .filter((name) => name.length > 1)
    .join('|')})(?:[ \t]+(?!--)([\w:.#/]*\d[\w:.#/]*|raw))?|([a-z])[ \t]+([\d.]+))(?![\w-])`,
  'gi',
);

const samplers = [
  {
    pattern: String.raw`\bcfg(?:[- ]?scale)?\s*[:=]?\s*\d+(?:\.\d+)?`,
    advice: 'Leave it out: there is no guidance scale; put what matters first and in plain words.',
  },
  {
    pattern: String.raw`\bguidance(?:[_ -]scale)?\s*[:=]\s*\d+(?:\.\d+)?`,
    advice: 'Leave it out: there is no guidance scale; put what matters first and in plain words.',
  },
  {
    pattern: String.raw`\bsteps\s*[:=]\s*\d+|\b\d+\s+(?:sampling|inference|diffusion|denoising)\s+steps\b`,
    advice: 'Leave it out; models that think take `thinkingLevel` under `generation`.',
  },
  {
    pattern: String.raw`\bsampler\s*[:=]\s*[\w+]+(?: [a-z]\b)?|\bDPM\+\+(?: \w+)*|\bEuler a\b`,
    advice: 'Leave it out: there is no sampler.',
  },
  {
    pattern: String.raw`\bseed\s*[:=]\s*-?\d+|\bseed\s+\d{3,}\b`,
    advice: 'Set `seed` under `generation`, or leave it to the run; it is best effort.',
  },
  {
    pattern: String.raw`\bdenoising(?: strength)?\s*[:=]?\s*\d+(?:\.\d+)?|\bclip skip\s*[:=]?\s*\d+`,
    advice: 'Leave it out; say in words what of the picture is to stay.',
  },
];

const foreign = 'the syntax of another generator: Gemini has no such parameter and reads it as text';

export const foreignRules: Rule[] = [
  {
    id: 'midjourney-parameter',
    level: 'error',
    why: `Parameters of Midjourney are ${foreign}.`,
    source: null,
    *inPrompt(prompt, subject) {
      for (const { start, end, text, found } of matches(prompt.said, parameter)) {
        const name = (found[1] ?? found[3] ?? '').toLowerCase();
        const advice = midjourney[name];
        if (advice === undefined) continue;
        const safe = idle.includes(name) || (['ar', 'aspect'].includes(name) && isSetEverywhere(found[2], subject));
        const edit = safe ? withoutGap(prompt.said, start, end) : null;
        yield { start, end, message: `'${text}' is a parameter of Midjourney`, advice, ...(edit && { edit }) };
      }
    },
  },
  {
    id: 'prompt-weight',
    level: 'error',
    why: `Weights are ${foreign}.`,
    source: null,
    *inPrompt({ said }) {
      for (const hit of matches(said, /(?<=[\p{L}\p{N})])::-?(?:\d+(?:\.\d+)?|\.\d+)(?!\w|\.\d)/gu))
        yield weight(hit, '', 'Midjourney');
      for (const hit of matches(said, /\(([^\s():,][^():\n]*):\s?(?:[01]\.\d+|2\.0)\)/g))
        // "(scale 1:1.5)" is a ratio.
        if (/\p{L}\s*$/u.test(hit.found[1] ?? '')) yield weight(hit, hit.found[1] ?? '', 'Stable Diffusion');
      for (const hit of matches(said, /(\({2,})([^\s():][^():\n]*)(\){2,})/g)) {
        const [, open, word = '', close] = hit.found;
        if (open?.length === close?.length) yield weight(hit, word, 'Stable Diffusion');
      }
    },
  },
  {
    id: 'lora-tag',
    level: 'error',
    why: `LoRAs and embeddings are ${foreign}.`,
    source: null,
    *inPrompt({ said }) {
      for (const { start, end, text } of matches(
        said,
        /<(?:lora|lyco|hypernet|embedding)\s*:[^<>\n]*>|\bembedding:[\w-]+/gi,
      ))
        yield {
          start,
          end,
          message: `'${text}' names a file of Stable Diffusion`,
          advice: 'Send pictures of the character or the style under `images`, and name them: "the robot of Image 1".',
        };
    },
  },
  {
    id: 'sampler-setting',
    level: 'error',
    why: `Sampler settings are ${foreign}.`,
    source: null,
    *inPrompt({ said }) {
      for (const { pattern, advice } of samplers)
        for (const { start, end, text } of matches(said, new RegExp(pattern, 'gi')))
          yield { start, end, message: `'${text}' is a setting of Stable Diffusion`, advice };
    },
  },
  {
    id: 'negative-prompt',
    level: 'error',
    why: 'There is no negative prompt: Gemini reads its words as part of the scene, and draws them.',
    source: null,
    *inPrompt({ said }) {
      for (const { start, end, text } of matches(said, /(?<![\w-])negative[ _-]?prompts?\s*[:=]/gi))
        yield {
          start,
          end,
          message: `'${text}' begins a negative prompt`,
          advice: 'Describe what is there instead, in a sentence: an empty street, a plain wall.',
        };
    },
  },
  {
    id: 'dall-e-setting',
    level: 'error',
    why: `DALL-E's settings \`style\` and \`quality\` are ${foreign}.`,
    source: null,
    *inPrompt({ said }) {
      for (const { start, end, text } of matches(
        said,
        /(?<![\w-])(?:style\s*[:=]\s*["']?(?:vivid|natural)|quality\s*[:=]\s*["']?(?:hd|standard|high|medium|low))["']?(?![\w-])/gi,
      ))
        yield {
          start,
          end,
          message: `'${text}' is a setting of DALL-E`,
          advice: 'Say in a sentence how the picture should look; set `imageSize` under `generation` for more pixels.',
        };
    },
  },
  {
    id: 'pixel-size',
    level: 'error',
    why: 'Sizes in pixels, as DALL-E takes them, are not obeyed; the picture has the size that ratio and `imageSize` settle.',
    source: "Google's table of sizes, in the catalogue",
    *inPrompt({ said }) {
      for (const { start, end, text } of matches(
        said,
        /(?<![\w.])(?:256|512|720|768|1024|1080|1280|1536|1792|1920|2048|2160|2560|3840|4096)\s?[x×]\s?(?:256|512|720|768|1024|1080|1280|1536|1792|1920|2048|2160|2560|3840|4096)(?:\s?px|\s?pixels)?(?!\w)/gi,
      ))
        yield {
          start,
          end,
          message: `'${text}' is a size in pixels`,
          advice: 'Set `aspectRatio` and `imageSize` under `generation`: 1792x1024 is about 16:9 at 1K.',
        };
    },
  },
];

/** @param word what is left without the weight. */
function weight({ start, end, text }: Range & { text: string }, word: string, generator: string): InPrompt {
  return {
    start,
    end,
    message: `'${text}' is a weight of ${generator}`,
    advice: 'Say in words what matters most, and say it first.',
    edit: { start, end, text: word },
  };
}

/** Every picture of the suite is made in this ratio anyway. */
function isSetEverywhere(ratio: string | undefined, { suite }: Subject): boolean {
  return suite.models.every((model) =>
    suite.cases.every((each) => generationFor(suite, model, each).aspectRatio === ratio),
  );
}

/** The edit that takes something out together with the blanks before it; `null` when nothing stands before it. */
function withoutGap(text: string, start: number, end: number): InPrompt['edit'] | null {
  const gap = /(?<=\S)[ \t]+$/.exec(text.slice(0, start));
  return gap && { start: start - gap[0].length, end, text: '' };
}
