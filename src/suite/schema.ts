import { z } from 'zod';
import { checkIds, metricIds, type CheckId, type MetricId } from '../catalog/ids.js';
import { checklist, judge } from './schema-checklist.js';
import { generationSchema, model, quota } from './schema-model.js';
import { closed, count, name, named, path, revision, suiteName, templateName, text, words } from './schema-values.js';

/** The one description of suite.yaml: it checks the file, and the published JSON Schema is made from it. */

function given(value: z.core.util.JSONType): boolean {
  return value !== null && (typeof value !== 'object' || Object.values(value).every(given));
}

const variables = z.record(
  text(
    /^(?!(?:constructor|case|mask|toString|valueOf|hasOwnProperty)$)[A-Za-z][\w-]*$/,
    "a letter, then letters, digits, '_' or '-' ('case' and 'mask' are taken)",
  ),
  z.json().refine(given, { error: 'must have a value everywhere; an empty one would leave a gap in the prompt' }),
);

const share = z.number().min(0).max(1);

const view = z.union([
  words,
  closed({
    name: words.describe('What the view is called: front, back, ...'),
    box: z
      .tuple([share, share, share, share])
      .describe('Where it stands: left, top, width, height as shares of the sheet, 0 to 1; left out, it is looked for.')
      .optional(),
  }),
]);

const character = closed({
  sheet: name.describe('The asset, or the case whose picture, is the reference sheet.'),
  views: z
    .array(view)
    .min(1)
    .describe('Views on the sheet, from left to right: front, back, ...; each a name, or a name with its box.')
    .default(['front']),
});

const turn = closed({ prompt: templateName.describe('Template under prompts/<revision>/, without .hbs.') });

const suiteCase = closed({
  prompt: templateName
    .describe("Template under prompts/<revision>/, without .hbs; the case's name unless given.")
    .optional(),
  images: z
    .array(name)
    .max(100)
    .describe(
      'Input pictures in the order the model sees them ("Image 1" first): assets, characters (their sheet) or cases (their picture).',
    )
    .default([]),
  character: name.describe('Who should be seen; the sheet must be among the images.').optional(),
  characters: z
    .array(name)
    .min(1)
    .max(5)
    .describe('Who should be seen, in place of `character`, where it is several; every sheet must be among the images.')
    .optional(),
  generation: generationSchema.describe("Laid over the model's and the suite's generation.").optional(),
  vars: variables.describe('Template variables of this case; they win over those of the suite.').default({}),
  text: z.array(words).describe('Captions that should be readable in the picture.').default([]),
  checklist,
  mask: path
    .describe(
      'A picture of the shape of the first image: white marks the region to edit, black or clear what stays. The model gets that image once more, with the region in magenta, as its last picture; {{mask}} in the prompt says so.',
    )
    .optional(),
  keep: z
    .enum(['outside-mask'])
    .describe('What the edit must leave as it is; keep-region and kept-change measure it.')
    .optional(),
  outpaint: z
    .enum(['left', 'right', 'up', 'down', 'all'])
    .describe(
      "Where the first image is extended, to the ratio of the case's generation; keep-region and kept-change look for it in the answer.",
    )
    .optional(),
  turns: z
    .array(turn)
    .min(2)
    .max(20)
    .describe(
      'A conversation, in place of `prompt`: the images go with the first turn, each later one changes the picture before it, and every picture is scored.',
    )
    .optional(),
});

const metric = closed({
  gate: z.boolean().describe('Whether the gate judges by this metric.').default(true),
  margin: z
    .union([z.literal('auto'), z.number().positive().max(1)])
    .describe('How much worse still counts as unchanged; auto fits it to the noise.')
    .default('auto'),
});

const limit = closed({
  min: z.number().describe('Every sample must reach it.').optional(),
  max: z.number().describe('No sample may pass it.').optional(),
  p95: z.number().positive().describe('For latency: the 95th percentile of the calls that made a picture.').optional(),
}).refine((value) => Object.keys(value).length > 0, { error: 'must hold a limit: min, max or p95' });

const metricShape = Object.fromEntries(metricIds.map((id) => [id, metric.optional()])) as Record<
  MetricId,
  z.ZodOptional<typeof metric>
>;
const checkShape = Object.fromEntries(checkIds.map((id) => [id, limit.optional()])) as Record<
  CheckId,
  z.ZodOptional<typeof limit>
>;

export const suiteFile = closed({
  name: suiteName.describe("The name of the suite's folder."),
  description: z.string().max(2000).default(''),
  models: z
    .array(model)
    .min(1)
    .max(50)
    .describe('Gemini image models; the first with the first revision is the candidate.'),
  revisions: z
    .array(revision)
    .min(1)
    .max(50)
    .describe('Versions of the prompts; the first with the first model is the candidate.'),
  samples: z
    .union([count, closed({ min: count, max: count })])
    .describe('Independent pictures a case: a number, or {min, max} to stop as soon as the gate knows.')
    .default(4),
  generation: generationSchema.describe('For every model and case, unless they say otherwise.').default({}),
  inputs: z
    .enum(['approved', 'generated'])
    .describe(
      'What a case that names another case receives: its approved picture, or the one generated in the same chain.',
    )
    .default('approved'),
  assets: named(path).describe("Pictures of the suite's folder: PNG, JPEG, WebP or HEIC.").default({}),
  characters: named(character).describe('Identities with a reference sheet.').default({}),
  vars: variables.describe('Variables of the prompt templates.').default({}),
  limits: quota
    .describe('What may be asked of each model, as the rate limits of your project say; flags win over it.')
    .default({}),
  cases: named(suiteCase)
    .refine((cases) => Object.keys(cases).length > 0, { error: 'must hold a case' })
    .describe('Scenes and edits to generate and score.'),
  retry: closed({
    quality: closed({
      below: z.number().positive().max(1).describe('A picture of a lower quality than this is asked for again.'),
      tries: z.int().min(2).max(10).describe('So often in all, at most; the last one stays, whatever it is.'),
    }),
  })
    .describe('Pictures that are asked for again. They are counted and shown, and the gate compares like with like.')
    .optional(),
  judge,
  metrics: closed(metricShape).describe('Which metrics the gate judges by, and how.').optional(),
  checks: closed(checkShape)
    .describe('Fixed limits on metrics, on cost (USD a sample) and on latency (ms of a call that made a picture).')
    .default({}),
}).meta({ title: 'Suite of evaluate', description: 'suite.yaml: prompts, pictures and models to test' });

/** What the file says, with defaults filled in and nothing resolved. */
export type SuiteFile = z.infer<typeof suiteFile>;
