import { z } from 'zod';
import { catalog } from '../catalog/catalog.js';
import { closed, name } from './schema-values.js';

/** Model ids, ratios and sizes are examples, which editors offer; `models.ts` and `generation.ts` check them with better words. */
const offered = catalog.filter(({ status }) => status.state !== 'shut-down');
const takenBySome = (of: (model: (typeof offered)[number]) => string[]) => [...new Set(offered.flatMap(of))];
const modelId = z
  .string()
  .min(1)
  .max(100)
  .meta({ examples: offered.map(({ id }) => id) });

export const generationSchema = closed({
  aspectRatio: z
    .string()
    .meta({ examples: takenBySome((model) => model.ratios) })
    .describe('width:height; left out, the model follows the last input picture.')
    .optional(),
  imageSize: z
    .string()
    .meta({ examples: takenBySome((model) => model.sizes) })
    .describe('Output size, for models that take one.')
    .optional(),
  responseModalities: z
    .array(z.enum(['TEXT', 'IMAGE']))
    .refine((list) => list.includes('IMAGE') && new Set(list).size === list.length, {
      error: 'must hold IMAGE, and each modality once',
    })
    .describe('What the model answers with; IMAGE is always among it.')
    .optional(),
  thinkingLevel: z.enum(['minimal', 'low', 'medium', 'high']).describe('For models that take one.').optional(),
  temperature: z.number().min(0).max(2).describe('Best effort.').optional(),
  topP: z.number().min(0).max(1).describe('Best effort.').optional(),
  seed: z
    .int()
    .min(0)
    .max(2147483647)
    .describe('Fixes the seed of every request; left out, each sample gets its own. Best effort.')
    .optional(),
});

const whole = z.int().min(1);

export const quota = closed({
  rpm: whole.describe('Requests a minute.').optional(),
  tpm: whole.describe('Tokens a minute that go in, counted by what a request may send at most.').optional(),
  rpd: whole.describe('Requests a day, which begins at midnight Pacific time.').optional(),
  concurrency: whole.describe('Calls at a time.').optional(),
});

export const model = z.union([
  modelId,
  closed({
    id: modelId.describe('A model id; `evaluate models` lists them.'),
    name: name.describe("What the report's columns say; the id unless given.").optional(),
    generation: generationSchema.describe("Laid over the suite's generation.").optional(),
    limits: quota.describe("What may be asked of it; laid over the suite's limits.").optional(),
  }),
]);
