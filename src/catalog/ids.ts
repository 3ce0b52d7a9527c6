/** What can be measured of a sample. */
export const metricIds = [
  'consistency',
  'clip-cosine',
  'pixel-diff',
  'ssim',
  'keep-region',
  'kept-change',
  'quality',
  'guide-score',
  'aspect',
  'resolution',
  'text',
  'checklist',
] as const;

/** What a fixed limit can be put on: every metric, the cost of a sample (USD) and the latency of a call that made a picture (ms). */
export const checkIds = [...metricIds, 'cost', 'latency'] as const;

export type MetricId = (typeof metricIds)[number];
export type CheckId = (typeof checkIds)[number];
