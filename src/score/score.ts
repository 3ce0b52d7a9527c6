import { canonicalJson, sha256 } from '../lib/hash.js';
import { messageOf } from '../lib/errors.js';
import { encoderKey } from './encoder-key.js';
import type { Metric, MetricInput, Score } from './metric.js';

/** Remembers scores between runs; the caller decides where. Keys are 64 hex digits. */
export interface ScoreCache {
  get(key: string): Score | null;
  put(key: string, score: Score): void;
}

/** Measures one sample with each metric, in order; a remembered score is not measured again. */
export async function scoreSample(
  input: MetricInput,
  metrics: Iterable<Metric>,
  cache: ScoreCache,
): Promise<Record<string, Score>> {
  const scores: Record<string, Score> = {};
  for (const metric of metrics) {
    const key = scoreKey(metric, input);
    const remembered = cache.get(key);
    scores[metric.id] = remembered ?? (await measure(metric, input));
    if (!remembered) cache.put(key, scores[metric.id] as Score);
  }
  return scores;
}

/** A hash of everything that the metric's value may depend on. */
export function scoreKey(metric: Metric, input: MetricInput): string {
  const { sheets, withoutSheet, approved, kept, encoder, reader, judged } = input;
  return sha256(
    canonicalJson({
      metric: metric.id,
      version: metric.version,
      image: input.sha256,
      encoder: metric.encodes ? encoder && encoderKey(encoder) : undefined,
      // What a reader reads is in the version; without one nothing is read, until one is installed.
      missing: metric.reads && 'missing' in reader ? reader.missing : undefined,
      judged: metric.judges ? judged : undefined,
      sheets:
        metric.against === 'sheet'
          ? sheets.map(({ character, sha256, views }) => ({ character, sha256, views }))
          : undefined,
      withoutSheet: metric.against === 'sheet' ? withoutSheet : undefined,
      approved: metric.against === 'approved' ? (approved?.sha256 ?? null) : undefined,
      kept:
        metric.against === 'kept' && kept
          ? { image: kept.sha256, marked: kept.marked?.sha256 ?? null, outpaint: kept.outpaint }
          : undefined,
      makesSheet: input.makesSheet,
      requested: input.requested,
      text: input.case.text,
      checklist: input.case.checklist,
    }),
  );
}

async function measure(metric: Metric, input: MetricInput): Promise<Score> {
  try {
    return { ...(await metric.measure(input)), version: metric.version };
  } catch (error) {
    // Whatever a picture can be like is data; a metric that throws is a bug, and must say whose.
    throw new Error(`metric '${metric.id}' failed on ${input.sha256.slice(0, 12)}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
