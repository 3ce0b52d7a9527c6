import { z } from 'zod';
import { UsageError } from '../lib/errors.js';
import { hash31 } from '../lib/hash.js';
import { suggestion } from '../lib/nearest.js';
import { faultKinds } from './faults/index.js';
import type { FaultKind } from './faults/kind.js';
import { invalidArgument } from './google-error.js';

/**
 * A fault plan says which calls go wrong, and how:
 *
 * ```yaml
 * seed: 7                                   # of the probabilities; 0 when left out
 * rules:
 *   - match: { call: 1 }                    # the first call: 429, come back in 3 s
 *     fault: { name: rate-limit, delay: 3 }
 *   - match: { model: gemini-3-pro-image, every: 4 }
 *     fault: unavailable
 *   - match: { promptIncludes: summit, probability: 0.2 }
 *     fault: image-safety
 * ```
 *
 * The members of `match` must all hold; none means every call. `model` and `promptIncludes` (any case) choose calls, and
 * `call` (numbers from 1) and `every` count the calls so chosen, retries included. `probability` depends on the seed, the
 * request and how often that request came, never on the order of arrival, so that a run with many calls at once repeats
 * itself. The first rule that holds wins. Only well-formed generate calls are counted and struck.
 *
 * `delay` is in seconds: what RetryInfo names, or the pause between the pieces of a `drip`.
 *
 * One request can bring its own fault: header `x-evaluate-fault: NAME`. `faultKinds` has every name with a sentence.
 */
const names = Object.keys(faultKinds) as FaultName[];
const faultName = z.enum(names as [FaultName, ...FaultName[]]);
const count = z.int().min(1);

export const faultPlanSchema = z.strictObject({
  seed: z.int().default(0),
  rules: z.array(
    z.strictObject({
      match: z
        .strictObject({
          model: z.string().optional(),
          promptIncludes: z.string().min(1).optional(),
          call: z.union([count, z.array(count).min(1)]).optional(),
          every: count.optional(),
          probability: z.number().min(0).max(1).optional(),
        })
        .default({}),
      fault: z.union([
        faultName.transform((name) => ({ name, delay: undefined })),
        z.strictObject({ name: faultName, delay: z.number().min(0).max(86_400).optional() }),
      ]),
    }),
  ),
});

export type FaultName = keyof typeof faultKinds;
/** As people write it; `parseFaultPlan` checks it. */
export type FaultPlan = z.input<typeof faultPlanSchema>;
type Rule = z.output<typeof faultPlanSchema>['rules'][number];

/** Checks a plan read from a file. `source` names it in the error. */
export function parseFaultPlan(value: unknown, source: string): FaultPlan {
  const result = faultPlanSchema.safeParse(value);
  if (result.success) return result.data;
  throw new UsageError(`the fault plan is not valid:\n${z.prettifyError(result.error)}`, {
    place: { file: source },
    fix: `Faults: ${names.join(', ')}.`,
  });
}

/** A fault that is about to strike one call. */
export interface Fault {
  name: FaultName;
  kind: FaultKind;
  /** `null`: as the kind sees fit. */
  delayMs: number | null;
}

const faultOf = (name: FaultName, delaySeconds?: number): Fault => ({
  name,
  kind: faultKinds[name],
  delayMs: delaySeconds === undefined ? null : delaySeconds * 1000,
});

/** The fault that a request asked for by its header. Throws a 400 for a name that is none. */
function requestedFault(name: string): Fault {
  const known = names.find((candidate) => candidate === name);
  if (known === undefined)
    throw invalidArgument(`x-evaluate-fault: unknown fault '${name}'.${suggestion(name, names)}`);
  return faultOf(known);
}

export interface FaultQuestion {
  model: string;
  prompt: string;
  /** Hash of the whole request. */
  request: string;
  /** Value of the `x-evaluate-fault` header. */
  header: string | undefined;
}

/** Walks the plan, counting calls. One per running emulator. */
export class FaultPicker {
  readonly #seed: number;
  readonly #rules: { rule: Rule; calls: number }[];
  readonly #seen = new Map<string, number>();

  constructor(plan: FaultPlan) {
    const { seed, rules } = faultPlanSchema.parse(plan);
    this.#seed = seed;
    this.#rules = rules.map((rule) => ({ rule, calls: 0 }));
  }

  /** The fault that strikes this call, or `null`. Counts the call for every rule that chooses it, struck or not. */
  pick({ model, prompt, request, header }: FaultQuestion): Fault | null {
    const times = (this.#seen.get(request) ?? 0) + 1;
    this.#seen.set(request, times);
    const striking = this.#rules.filter((entry, index) => {
      const { match } = entry.rule;
      if (match.model !== undefined && match.model !== model) return false;
      if (match.promptIncludes !== undefined && !prompt.toLowerCase().includes(match.promptIncludes.toLowerCase()))
        return false;
      entry.calls += 1;
      if (match.call !== undefined && ![match.call].flat().includes(entry.calls)) return false;
      if (match.every !== undefined && entry.calls % match.every !== 0) return false;
      const chance = hash31([this.#seed, index, request, times]) / 2 ** 31;
      return match.probability === undefined || chance < match.probability;
    })[0];
    if (header !== undefined) return requestedFault(header);
    return striking ? faultOf(striking.rule.fault.name, striking.rule.fault.delay) : null;
  }
}
