import type { Metric } from '../metric.js';
import { checklistMetric } from './checklist.js';
import { clipCosineMetric } from './clip-cosine.js';
import { consistencyMetric } from './consistency.js';
import { guideScoreMetric } from './guide-score.js';
import { keepRegionMetric, keptChangeMetric } from './keep-region.js';
import { pixelDiffMetric } from './pixel-diff.js';
import { qualityMetric } from './quality.js';
import { aspectMetric, resolutionMetric } from './shape.js';
import { ssimMetric } from './ssim.js';
import { textMetric } from './text.js';

/** Every metric, by id. A new one is a file in this folder and a line here. */
export const metrics = {
  consistency: consistencyMetric,
  quality: qualityMetric,
  'guide-score': guideScoreMetric,
  'clip-cosine': clipCosineMetric,
  'pixel-diff': pixelDiffMetric,
  ssim: ssimMetric,
  'keep-region': keepRegionMetric,
  'kept-change': keptChangeMetric,
  aspect: aspectMetric,
  resolution: resolutionMetric,
  text: textMetric,
  checklist: checklistMetric,
} satisfies Record<string, Metric>;

export type MetricId = keyof typeof metrics;
