import { type Kept, keptIn } from '../kept.js';
import type { Metric } from '../metric.js';

/** CIEDE2000 at which a value has fallen to 1/e. */
const SCALE = 5;
/** CIEDE2000 of black and white, the largest there is: what is not there at all differs so. */
const LARGEST = 100;

/**
 * How well an edit kept what it was to leave as it is: exp(-ΔE/5), where ΔE is the mean CIEDE2000 over the pixels outside
 * the mask (or, of a picture that was extended, over all of it), aligned and corrected for a gain of each channel. 1 is
 * untouched, .82 is off by one just noticeable difference everywhere, .37 by five. Only kept pixels are in the mean, so
 * that the size of the mask does not matter; 0 where an extended picture is not found again at its side.
 * Sources: the protocol of PIE-Bench (Ju et al., "Direct Inversion", ICLR 2024), whose means run over masked pixels too;
 * Sharma, Wu, Dalal 2005 for CIEDE2000.
 */
export const keepRegionMetric: Metric = {
  id: 'keep-region',
  version: '1',
  better: 'higher',
  against: 'kept',
  encodes: false,
  async measure(input) {
    const result = await keptIn(input);
    if ('reason' in result) return { value: null, reason: result.reason };
    if ('lost' in result) return { value: 0, evidence: { lost: result.lost } };
    return { value: Math.exp(-result.kept.difference.mean / SCALE), evidence: evidenceOf(result.kept) };
  },
};

/** The 95th percentile of the same differences, for a fixed limit: 5 is a colour that anybody calls another one. */
export const keptChangeMetric: Metric = {
  id: 'kept-change',
  version: '1',
  better: 'lower',
  against: 'kept',
  encodes: false,
  async measure(input) {
    const result = await keptIn(input);
    if ('reason' in result) return { value: null, reason: result.reason };
    if ('lost' in result) return { value: LARGEST, evidence: { lost: result.lost } };
    return { value: result.kept.difference.p95 };
  },
};

function evidenceOf({ difference, unaligned, box, shift, share }: Kept): Record<string, unknown> {
  const [red, green, blue] = difference.gain;
  return {
    deltaE: rounded({ mean: difference.mean, p95: difference.p95, unaligned: unaligned.mean }),
    ...rounded({ ssim: difference.ssim, changed: difference.changed, kept: share }),
    shift: rounded({ ...shift }),
    gain: rounded({ red, green, blue }),
    box: [box.x, box.y, box.width, box.height].map(Math.round),
  };
}

function rounded<T extends Record<string, number>>(numbers: T): T {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Math.round(value * 1e4) / 1e4])) as T;
}
