import { GoogleError, quotaExceeded } from '../google-error.js';
import type { FaultKind } from './kind.js';

/** RetryInfo of a `rate-limit` whose plan names no delay. */
const DEFAULT_RETRY_MS = 2000;

export const refusals = {
  'rate-limit': {
    about: '429 with RetryInfo; delay: seconds it names (2)',
    refuse: (model, delayMs) => quotaExceeded(model.id, 10, 'minute', delayMs ?? DEFAULT_RETRY_MS),
  },
  'rate-limit-silent': {
    about: '429 without RetryInfo',
    refuse: (model) => quotaExceeded(model.id, 10, 'minute', null),
  },
  'daily-quota': {
    about: '429 of a per-day quota; waiting does not help',
    refuse: (model, delayMs) => quotaExceeded(model.id, 250, 'day', delayMs),
  },
  internal: {
    about: '500 INTERNAL',
    refuse: () => new GoogleError(500, 'INTERNAL', 'An internal error has occurred. Please retry.'),
  },
  unavailable: {
    about: '503 UNAVAILABLE, the model is overloaded',
    refuse: () => new GoogleError(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
  },
  deadline: {
    about: '504 DEADLINE_EXCEEDED',
    refuse: () => new GoogleError(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'),
  },
} satisfies Record<string, FaultKind>;
