import { UsageError } from '../lib/errors.js';
import { normalised } from './mean.js';

/** What a model answers to a batch, by the name of the output. */
export type Outputs = Readonly<Record<string, { dims: readonly number[]; data: Float32Array } | undefined>>;

/** Rows of numbers in an output: of each crop, `count` from `skip` on, each `dimensions` long. */
export interface Rows {
  output: string;
  skip: number;
  count: number;
  dimensions: number;
}

/** Which rows are the crop's pooled vector, and which those of its patches. */
export interface Layout {
  pooled: Rows;
  patches: (Rows & { grid: number }) | null;
}

/** Outputs that vectors are taken from: a model must have one of the first two. */
export const POOLED_OUTPUTS = ['image_embeds', 'last_hidden_state'] as const;

/**
 * Reads the layout off the answer to one crop. Pooled vectors are `image_embeds` [1, D], else the class token, the
 * first of `last_hidden_state` [1, 1 + registers + grid * grid, D]. Patches are `patch_embeds` [1, grid * grid, D],
 * else the rows of `last_hidden_state` after the class token and the registers, else there are none.
 * @param registers `num_register_tokens` of config.json, 0 when it names none.
 * @throws UsageError when a count of patches is not a square, or a shape is none of these.
 */
export function layoutOf(outputs: Outputs, registers: number, id: string): Layout {
  const shape = (output: string, length: number): readonly number[] | null => {
    const dims = outputs[output]?.dims;
    if (dims && (dims.length !== length || dims[0] !== 1 || dims.includes(0)))
      throw refusal(id, `gives ${output} of ${dims.join('x')} numbers for one crop`);
    return dims ?? null;
  };
  const embeds = shape('image_embeds', 2);
  const hidden = shape('last_hidden_state', 3);
  const [, width = 0] = embeds ?? [];
  const [, tokens = 0, depth = 0] = hidden ?? [];
  const own = shape('patch_embeds', 3);
  const [, count = 0, length = 0] = own ?? [];
  const patches = own
    ? squareOf({ output: 'patch_embeds', skip: 0, count, dimensions: length }, id)
    : hidden &&
      squareOf(
        { output: 'last_hidden_state', skip: 1 + registers, count: tokens - 1 - registers, dimensions: depth },
        id,
      );
  const pooled = embeds
    ? { output: 'image_embeds', skip: 0, count: 1, dimensions: width }
    : { output: 'last_hidden_state', skip: 0, count: 1, dimensions: depth };
  if (!embeds && !hidden) throw refusal(id, `gives neither ${POOLED_OUTPUTS.join(' nor ')}`);
  return { pooled, patches };
}

function squareOf(rows: Rows, id: string): Rows & { grid: number } {
  const grid = Math.sqrt(rows.count);
  if (Number.isInteger(grid) && grid > 0) return { ...rows, grid };
  const before = rows.skip > 0 ? ` after ${rows.skip} that stand for the whole crop` : '';
  throw refusal(
    id,
    `gives ${rows.count} patch vectors in ${rows.output}${before}, which is no square`,
    rows.skip > 0 ? "config.json must name the model's register tokens in `num_register_tokens`." : undefined,
  );
}

/** For each crop of the batch its rows, each L2-normalised, one after another in one array. */
export function takeRows(outputs: Outputs, { output, skip, count, dimensions }: Rows, crops: number, id: string) {
  const { dims = [], data = new Float32Array() } = outputs[output] ?? {};
  const stride = data.length / crops;
  if (dims[0] !== crops || dims.at(-1) !== dimensions || stride < (skip + count) * dimensions)
    throw refusal(id, `answers ${crops} crops with ${output} of ${dims.join('x')} numbers`);
  return Array.from({ length: crops }, (_, crop) => {
    const from = crop * stride + skip * dimensions;
    return normalised(data.subarray(from, from + count * dimensions), dimensions);
  });
}

/** The error of a model that is no image encoder of a kind that is known here. */
export function refusal(id: string, found: string, fix?: string): UsageError {
  return new UsageError(
    `encoder '${id}' ${found}; an image encoder takes pixel_values and gives ${POOLED_OUTPUTS.join(' or ')}`,
    {
      fix:
        fix ??
        'Use a CLIP vision model with projection such as Xenova/clip-vit-base-patch32, a DINOv2, or `--encoder pocket`.',
    },
  );
}
