import { answers } from './answers.js';
import { deliveries } from './deliveries.js';
import { jobs } from './jobs.js';
import type { FaultKind } from './kind.js';
import { pictures } from './pictures.js';
import { refusals } from './refusals.js';

/** Every fault by the name that plans and the `x-evaluate-fault` header use. */
export const faultKinds = { ...refusals, ...answers, ...pictures, ...deliveries, ...jobs } satisfies Record<
  string,
  FaultKind
>;
