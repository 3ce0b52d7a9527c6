import { z } from 'zod';
import { UsageError } from '../lib/errors.js';
import { existsSync, readFileSync } from '../lib/files.js';
import { firstProblem } from './lock.js';

/** What a person marked in the report of a run and exported from it. */
const approvals = z.strictObject({
  version: z.literal(1),
  suite: z.string(),
  run: z.string(),
  marks: z
    .array(
      z.strictObject({
        case: z.string(),
        variant: z.string(),
        sample: z.int().positive(),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .describe('of the picture that was looked at'),
        mark: z.enum(['approve', 'reject']),
      }),
    )
    .min(1),
});

export type Approvals = z.infer<typeof approvals>;
export type Mark = Approvals['marks'][number];

/** @throws UsageError for a file that is not there or no such export, or that marks a sample twice */
export function readApprovals(file: string): Approvals {
  const wrong = (problem: string, cause?: unknown) =>
    new UsageError(problem, { place: { file }, fix: 'Export the marks from the report of the run again.', cause });
  if (!existsSync(file)) throw wrong('there is no such file');
  let read: Approvals;
  try {
    read = approvals.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw wrong(`this is no export of marks: ${firstProblem(cause)}`, cause);
  }
  const seen = new Set<string>();
  for (const mark of read.marks) {
    const marked = `sample ${mark.sample} of ${mark.case} on ${mark.variant}`;
    if (seen.has(marked)) throw wrong(`${marked} is marked twice`);
    seen.add(marked);
  }
  return read;
}

/** What the marks come to, case by case. */
export interface Marked {
  /** Case -> the variant that was approved, and the samples that were, in the order of the marks. */
  approved: Map<string, { variant: string; liked: number[] }>;
  /** Cases with marks, none of which approves. */
  rejected: string[];
}

/** A case with an approving mark is approved whole, whatever else in it was rejected. */
export function byCase(marks: readonly Mark[]): Marked {
  const approved: Marked['approved'] = new Map();
  for (const { case: name, variant, sample, mark } of marks) {
    if (mark === 'reject') continue;
    const known = approved.get(name) ?? { variant, liked: [] };
    if (known.variant !== variant) {
      throw new UsageError(`${name} is approved on ${known.variant} and on ${variant}; a baseline has one of them`, {
        fix: 'Take back the marks on one of the two.',
      });
    }
    approved.set(name, { variant, liked: [...known.liked, sample] });
  }
  const rejected = marks.map((mark) => mark.case).filter((name) => !approved.has(name));
  return { approved, rejected: [...new Set(rejected)] };
}
