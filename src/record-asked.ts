import { z } from 'zod';

export const statement = z.object({
  says: z.string(),
  under: z.int().nonnegative().nullable().describe('index of the statement that must hold for this one to count'),
});

/** What scores depend on beside pictures, so that they can be measured again. */
export const asked = z.object({
  views: z
    .record(
      z.string(),
      z.array(
        z.object({
          name: z.string(),
          box: z
            .tuple([z.number(), z.number(), z.number(), z.number()])
            .nullable()
            .describe('left, top, width, height as shares of the sheet; null where the view is found by itself'),
        }),
      ),
    )
    .describe('character -> views on its sheet'),
  cases: z.record(
    z.string(),
    z.object({
      text: z.array(z.string()).describe('captions that should be readable'),
      checklist: z.array(statement).describe('what should be true, each statement before those that hang on it'),
      keep: z
        .object({
          picture: z.string().describe('name of the input that is edited'),
          marked: z.string().nullable().describe('name of the input that is its copy with the region marked'),
          outpaint: z
            .enum(['left', 'right', 'up', 'down', 'all'])
            .nullable()
            .describe('where the answer goes beyond it'),
        })
        .optional()
        .describe('what an edit is to leave as it is: outside the mark, or all of a picture that is extended'),
      requested: z
        .record(z.string(), z.object({ aspectRatio: z.string().nullable(), imageSize: z.string().nullable() }))
        .describe('by variant; those of which it was made for its picture only are left out'),
    }),
  ),
});

export type Asked = z.infer<typeof asked>;
