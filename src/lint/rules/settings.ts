import { catalog, modelInfo } from '../../catalog/catalog.js';
import { generationFor } from '../../suite/generation.js';
import type { Case } from '../../suite/suite.js';
import type { PromptText } from '../prompt-text.js';
import { matches, type InSuite, type Range, type Rule } from '../rule.js';
import type { Subject } from '../subject.js';

const ratios = [...new Set(catalog.flatMap((model) => model.ratios))];
/** Not the scale of a model railway, nor the time on a clock. */
const ratio = new RegExp(
  String.raw`(?<![\d:.]|\bscale |\bclock \w+ )(${ratios.join('|')})(?![\d:.]|[ -]scale|\s*(?:am|pm|a\.m|p\.m|o'clock)\b)`,
  'gi',
);
const shape =
  /\bwide ?screen\b|\b(?:portrait|landscape|vertical|horizontal|square|panoramic|cinemascope) (?:format|orientation|aspect(?: ratio)?|mode)\b|\baspect ratio\b/gi;
const size =
  /(?<![\w.-])(?:(?:in|at) )?(?:[124]k(?: (?:resolution|uhd))?|1080p|720p|2160p|full hd|ultra hd|4k uhd)(?![\w-])/gi;

export const settingRules: Rule[] = [
  {
    id: 'ratio-contradicted',
    level: 'error',
    why: 'The prompt and the settings ask for different ratios; the setting wins, and the composition is cut to it.',
    source: null,
    *inPrompt(prompt, subject) {
      for (const { start, end, text, set } of ratiosIn(prompt, subject))
        if (set.length > 0 && !set.includes(text))
          yield {
            start,
            end,
            message: `the prompt says ${text}, \`aspectRatio\` says ${set.join(', ')}`,
            advice: 'Take it out of the prompt, and set the one that is meant.',
          };
    },
  },
  {
    id: 'ratio-in-words',
    level: 'warning',
    why: 'A ratio in words is followed now and then; as a setting it always is. Without one an edit follows its last input picture.',
    source: 'reports of users and of vendors; measured outputs',
    *inPrompt(prompt, subject) {
      const numbers = ratiosIn(prompt, subject).filter(({ text, set }) => set.length === 0 || set.includes(text));
      const words = matches(prompt.said, shape).filter(
        ({ end }) => !numbers.some(({ start }) => start - end < 10 && start > end),
      );
      for (const { start, end, text } of [...numbers, ...words])
        yield {
          start,
          end,
          message: `'${text}' is a setting in words`,
          advice: 'Set `aspectRatio` under `generation`, and take it out of the prompt.',
        };
    },
  },
  {
    id: 'size-in-words',
    level: 'warning',
    why: 'The size of the picture is a setting; in the prompt it is read as a style.',
    source: "Google's table of sizes, in the catalogue",
    *inPrompt(prompt) {
      for (const { start, end, text } of matches(prompt.said, size))
        yield {
          start,
          end,
          message: `'${text}' is a setting in words`,
          advice: 'Set `imageSize` under `generation`: 1K, 2K or 4K, as the model takes it.',
        };
    },
  },
  {
    id: 'ratio-unset',
    level: 'warning',
    why: 'Without a ratio the model decides, or follows its last input picture, so that samples cannot be compared.',
    source: 'reports of users and of vendors',
    *inSuite({ suite }) {
      for (const each of suite.cases)
        if (suite.models.some((model) => generationFor(suite, model, each).aspectRatio === undefined))
          yield {
            ...caseKey(each),
            message: `no \`aspectRatio\` is set for '${each.name}'`,
            advice: "Set it under `generation`, as in generation: { aspectRatio: '16:9' }.",
          };
    },
  },
  {
    id: 'many-references',
    level: 'warning',
    why: 'A model takes more reference pictures than it holds well: beyond that, likeness suffers.',
    source: 'the catalogue, after the Gemini API image generation guide',
    *inSuite({ suite }) {
      for (const each of suite.cases) {
        const models = suite.models
          .flatMap(({ id }) => modelInfo(id) ?? [])
          .filter(({ references }) => each.images.length > references.well);
        const least = Math.min(...models.map(({ references }) => references.well));
        if (models.length > 0)
          yield {
            at: { path: ['cases', each.name, 'images', least] },
            message: `'${each.name}' sends ${each.images.length} pictures; ${models.map(({ id, references }) => `${id} holds ${references.well} well`).join(', ')}`,
            advice: 'Join several references on one sheet, or use a model that holds more.',
          };
      }
    },
  },
  {
    id: 'deprecated-model',
    level: 'warning',
    why: 'The model is going away, and the baseline with it.',
    source: 'the catalogue, after the Gemini API deprecations page',
    *inSuite({ suite }) {
      for (const [index, { id }] of suite.models.entries()) {
        const status = modelInfo(id)?.status;
        if (status?.state === 'deprecated')
          yield {
            at: { path: ['models', index] },
            message: `${id} is deprecated since ${status.date}`,
            advice: status.note ?? 'Move to a stable model.',
          };
      }
    },
  },
  {
    id: 'sampling-setting',
    level: 'hint',
    why: 'temperature and topP are deprecated and may be ignored; a fixed seed is given to all samples, which are then no independent evidence.',
    source: 'Gemini API changelog, 2026-07-21',
    *inSuite({ suite }) {
      const places = [
        { path: ['generation'], generation: suite.generation },
        ...suite.models.map(({ generation }, index) => ({ path: ['models', index, 'generation'], generation })),
        ...suite.cases.map(({ name, generation }) => ({ path: ['cases', name, 'generation'], generation })),
      ];
      for (const { path, generation } of places)
        for (const key of ['temperature', 'topP', 'seed'] as const)
          if (generation[key] !== undefined && (key !== 'seed' || suite.samples.max > 1))
            yield {
              at: { path: [...path, key], key: true },
              message: key === 'seed' ? 'all samples get the same seed' : `\`${key}\` is deprecated and may be ignored`,
              advice:
                key === 'seed'
                  ? 'Leave it out: every sample gets a seed of its own, the same in every run.'
                  : 'Leave it out.',
            };
    },
  },
];

const caseKey = (each: Case): Pick<InSuite, 'at'> => ({ at: { path: ['cases', each.name], key: true } });

/** Ratios in a prompt, each with those that its case is set to; none are set when the list is empty. */
function ratiosIn(prompt: PromptText, { suite }: Subject): (Range & { text: string; set: string[] })[] {
  const set = [...new Set(suite.models.flatMap((model) => generationFor(suite, model, prompt.case).aspectRatio ?? []))];
  return matches(prompt.said, ratio)
    .filter(({ start }) => !/--(?:ar|aspect)\s+$/i.test(prompt.said.slice(0, start)))
    .map(({ start, end, text }) => ({ start, end, text, set }));
}
