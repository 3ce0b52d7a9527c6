import { z } from 'zod';
import { judges } from '../catalog/catalog.js';
import { quota } from './schema-model.js';
import { closed } from './schema-values.js';

const words = z.string().min(1).max(500);

/** A statement, or one with others that only make sense where it is true. */
export type WrittenStatement = string | { says: string; then: WrittenStatement[] };
type Written = string | { says: string; then?: Written[] | undefined };

const statement: z.ZodType<WrittenStatement, Written> = z.union([
  words,
  closed({
    says: words.describe('The statement.'),
    get then() {
      return z
        .array(statement)
        .min(1)
        .describe('Statements that can hold only where this one does: they count 0 where it does not.')
        .default([]);
    },
  }),
]);

export const checklist = z
  .array(statement)
  .describe('Statements about the picture that should be true; a judge answers them with yes, no or unsure.')
  .default([]);

export const judge = z
  .union([
    z.literal('none'),
    closed({
      model: z
        .string()
        .min(1)
        .max(100)
        .meta({ examples: judges.map(({ id }) => id) })
        .describe('A text model of the catalogue; `evaluate models` lists them.')
        .optional(),
      votes: z
        .int()
        .min(1)
        .max(9)
        .describe('How often a picture is judged, an odd number; the majority counts.')
        .default(3),
      limits: quota.describe("What may be asked of it; laid over the suite's limits.").optional(),
    }),
  ])
  .describe('Who answers the checklists of the cases; none leaves them unanswered, and unpaid.')
  .default({ votes: 3 });
