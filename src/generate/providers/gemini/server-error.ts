import { z } from 'zod';

const detail = z.looseObject({
  reason: z.string().optional(),
  retryDelay: z.string().optional(),
  violations: z
    .array(z.looseObject({ quotaId: z.string().optional(), quotaValue: z.string().optional() }))
    .optional()
    .catch(undefined),
});
const error = z.object({
  code: z.number().optional().catch(undefined),
  message: z.string().catch(''),
  status: z.string().optional().catch(undefined),
  details: z.array(detail.catch({})).catch([]),
});
const errorBody = z.object({ error: z.union([error, z.string().transform((message) => ({ message, details: [] }))]) });

/** What a server said about a failure, in Google's error model (google.rpc.Status) or in any other words. */
export interface ServerError {
  code: number | null;
  /** One line, at most 500 characters; may be empty. */
  message: string;
  status: string | null;
  /** `google.rpc.ErrorInfo` reasons. */
  reasons: string[];
  /** `google.rpc.RetryInfo`, ms. */
  retryMs: number | null;
  /** `google.rpc.QuotaFailure`: the quota starts anew tomorrow, or the project has none. */
  quota: 'per-day' | 'none' | null;
}

/** The error in a parsed body: Google's object, the same in an array, or `null` when it is something else. */
export function readServerError(json: unknown): ServerError | null {
  const parsed = errorBody.safeParse(Array.isArray(json) ? json[0] : json);
  if (!parsed.success) return null;
  const { message, details, ...rest } = { code: undefined, status: undefined, ...parsed.data.error };
  const violations = details.flatMap((entry) => entry.violations ?? []);
  const retryDelay = details.find((entry) => entry.retryDelay !== undefined)?.retryDelay;
  // "limit: 0" is how a model without a free tier says so; "limit: 0.5" or "limit: 05" would be something else.
  const none = /limit:\s*0(?![\d.]*\d)/i.test(message) || violations.some((violation) => violation.quotaValue === '0');
  const perDay = violations.some((violation) => /PerDay/i.test(violation.quotaId ?? ''));
  return {
    code: rest.code ?? null,
    message: oneLine(message),
    status: rest.status ?? null,
    reasons: details.flatMap((entry) => entry.reason ?? []),
    retryMs: parseDuration(retryDelay),
    quota: none ? 'none' : perDay ? 'per-day' : null,
  };
}

/** Text from outside on one line without markup and control characters, cut to 500 characters. */
export function oneLine(text: string): string {
  const plain = text
    .slice(0, 20_000)
    .replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return plain.length > 500 ? `${plain.slice(0, 499)}…` : plain;
}

/** protobuf's JSON duration, "45.837906927s", as ms rounded up. */
function parseDuration(text: string | undefined): number | null {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text ?? '')?.[1];
  return seconds === undefined ? null : Math.ceil(Number(seconds) * 1000);
}
