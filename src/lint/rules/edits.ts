import type { Rule } from '../rule.js';

const speaksOfMarks = /\b(?:mark(?:ed|s|ing)?|magenta|mask(?:ed)?)\b/i;
const sides = {
  left: /\bleft\b/i,
  right: /\bright\b/i,
  up: /\b(?:up|upwards?|above|top|over)\b/i,
  down: /\b(?:down|downwards?|below|bottom|under)\b/i,
  all: /\b(?:all|every|each|both)\b|\baround\b/i,
};

export const editRules: Rule[] = [
  {
    id: 'mask-unspoken',
    level: 'error',
    why: 'Gemini takes no masks: it gets a picture with a magenta region, and has to be told what that means.',
    source: null,
    *inPrompt(prompt) {
      const { edit, images } = prompt.case;
      const number = images.findIndex(({ name }) => name === edit?.marked) + 1;
      if (number === 0 || speaksOfMarks.test(prompt.said)) return;
      yield {
        ...prompt.opening,
        message: `Image ${number} marks the region to edit in magenta, and the prompt does not speak of it`,
        advice:
          "Write {{mask}} among the labels, or a line of your own; then say what is to happen 'in the marked region'.",
      };
    },
  },
  {
    id: 'outpaint-unspoken',
    level: 'error',
    why: 'The side is not sent as a setting: only the prompt can tell where the picture goes on.',
    source: null,
    *inPrompt(prompt) {
      const side = prompt.case.edit?.outpaint ?? null;
      if (side === null || sides[side].test(prompt.said)) return;
      const where =
        side === 'all' ? 'on all sides' : side === 'up' || side === 'down' ? `${side}wards` : `to the ${side}`;
      yield {
        ...prompt.opening,
        message: `the picture is to be extended ${where}, and the prompt does not say so`,
        advice: `Say it: 'Extend the picture ${where}.'`,
      };
    },
  },
];
