import type { Metric } from '../metric.js';

/** |log(ratio / requested ratio)|: 0 when exact, .02 is about 2 % off. `null` for what is not `W:H`. */
export function aspectDeviation(width: number, height: number, requested: string): number | null {
  const match = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(requested);
  const ratio = match ? Number(match[1]) / Number(match[2]) : NaN;
  return Number.isFinite(ratio) && ratio > 0 ? Math.abs(Math.log(width / height / ratio)) : null;
}

/** How far the picture's ratio is from the one asked for. Models round to multiples of 16 px, so .01 is normal. */
export const aspectMetric: Metric = {
  id: 'aspect',
  version: '1',
  better: 'lower',
  against: 'nothing',
  encodes: false,
  measure({ image, requested }) {
    if (requested.aspectRatio === null) return Promise.resolve({ value: null, reason: 'no ratio was asked for' });
    const value = aspectDeviation(image.width, image.height, requested.aspectRatio);
    if (value === null) {
      return Promise.resolve({ value, reason: `'${requested.aspectRatio}' is not a ratio such as 16:9` });
    }
    return Promise.resolve({
      value,
      evidence: { width: image.width, height: image.height, requested: requested.aspectRatio },
    });
  },
};

/** The longer side in px: what 1K, 2K and 4K speak of, whatever the ratio. */
export const resolutionMetric: Metric = {
  id: 'resolution',
  version: '1',
  better: 'higher',
  against: 'nothing',
  encodes: false,
  measure: ({ image }) =>
    Promise.resolve({
      value: Math.max(image.width, image.height),
      evidence: { width: image.width, height: image.height },
    }),
};
