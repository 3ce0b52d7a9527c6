import { z } from 'zod';

/** The text of a published JSON Schema (draft 7, which editors know best). Describes what is written, before defaults. */
export function publishedSchema(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), null, 2)}\n`;
}
