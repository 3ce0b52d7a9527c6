import { messageOf } from '../lib/errors.js';

/** The `google.rpc.Code` names that the Gemini API answers with. */
export type GoogleStatus =
  | 'INVALID_ARGUMENT'
  | 'FAILED_PRECONDITION'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'RESOURCE_EXHAUSTED'
  | 'UNIMPLEMENTED'
  | 'INTERNAL'
  | 'UNAVAILABLE'
  | 'DEADLINE_EXCEEDED';

type Detail = { '@type': string } & Record<string, unknown>;

/** A request the emulator turns down, in the form Google's front ends send (google.rpc.Status as JSON). */
export class GoogleError extends Error {
  override readonly name = 'GoogleError';
  constructor(
    /** HTTP status code. */
    readonly code: number,
    readonly status: GoogleStatus,
    message: string,
    readonly details: Detail[] = [],
  ) {
    super(message);
  }

  /** The body of the HTTP answer. */
  toJSON(): unknown {
    const { code, message, status, details } = this;
    return { error: { code, message, status, ...(details.length > 0 && { details }) } };
  }
}

/** Numbers of `google.rpc.Code`, by which the answers of a batch job tell errors. */
export const rpcCodes: Record<GoogleStatus, number> = {
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
};

/** Whatever is no answer of the service's is a bug of the emulator's, and says so. */
export const asGoogleError = (error: unknown): GoogleError =>
  error instanceof GoogleError ? error : new GoogleError(500, 'INTERNAL', `The emulator failed: ${messageOf(error)}`);

export const invalidArgument = (message: string, details: Detail[] = []) =>
  new GoogleError(400, 'INVALID_ARGUMENT', message, details);

/** The complaint of the JSON parser in front of every method: one sentence per field, repeated in the details. */
export function badPayload(violations: { field: string; description: string }[]): GoogleError {
  return invalidArgument(violations.map((violation) => violation.description).join('\n'), [
    {
      '@type': 'type.googleapis.com/google.rpc.BadRequest',
      fieldViolations: violations.map(({ field, description }) => (field ? { field, description } : { description })),
    },
  ]);
}

const QUOTAS = {
  minute: { metric: 'generate_requests_per_model', id: 'GenerateRequestsPerMinutePerProjectPerModel' },
  day: { metric: 'generate_requests_per_model_per_day', id: 'GenerateRequestsPerDayPerProjectPerModel' },
};

/**
 * 429 as the Gemini API words it: the quota in `QuotaFailure`, the wait in `RetryInfo` and in no header.
 * `retryAfterMs: null` leaves `RetryInfo` out, which happens too; a daily quota is told by its `quotaId`.
 */
export function quotaExceeded(
  model: string,
  limit: number,
  per: 'minute' | 'day',
  retryAfterMs: number | null,
): GoogleError {
  const quota = QUOTAS[per];
  const metric = `generativelanguage.googleapis.com/${quota.metric}`;
  const seconds = retryAfterMs === null ? null : `${retryAfterMs / 1000}s`;
  const page = 'https://ai.google.dev/gemini-api/docs/rate-limits';
  const message =
    `You exceeded your current quota, please check your plan and billing details. For more information on this error, head over to: ${page}.\n` +
    `* Quota exceeded for metric: ${metric}, limit: ${limit}, model: ${model}` +
    (seconds === null ? '' : `\nPlease retry in ${seconds}.`);
  return new GoogleError(429, 'RESOURCE_EXHAUSTED', message, [
    {
      '@type': 'type.googleapis.com/google.rpc.Help',
      links: [{ description: 'Learn more about Gemini API quotas', url: page }],
    },
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [
        {
          quotaMetric: metric,
          quotaId: quota.id,
          quotaDimensions: { location: 'global', model },
          quotaValue: String(limit),
        },
      ],
    },
    ...(seconds === null ? [] : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: seconds }]),
  ]);
}
