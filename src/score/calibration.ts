import type { Encoder } from '../encode/encoder.js';
import { canonicalJson, sha256 } from '../lib/hash.js';
import type { View } from '../suite/suite.js';
import { compositeVersion } from './composite.js';
import { encoderKey } from './encoder-key.js';

/** Remembers between runs what was measured of a sheet; the caller decides where. Keys are 64 hex digits. */
export interface CalibrationStore {
  get(key: string): unknown;
  put(key: string, value: unknown): void;
}

/**
 * What calibrating measures of a sheet, measured once for each encoder and version of the metric: it takes as long as
 * scoring dozens of pictures. Values are JSON; one with a number that JSON does not have is measured anew each time.
 */
export class Calibrations {
  constructor(
    private readonly store: CalibrationStore | null,
    private readonly sheet: { sha256: string; views: readonly View[] },
    private readonly encoder: Encoder,
  ) {}

  async recall<T>(what: string, measure: () => Promise<T>): Promise<T> {
    const { sha256: sheet, views } = this.sheet;
    const key = sha256(
      canonicalJson({ what, version: compositeVersion, encoder: encoderKey(this.encoder), sheet, views }),
    );
    const known = this.store?.get(key) ?? null;
    if (known !== null) return known as T;
    const measured = await measure();
    if (isFinite(measured)) this.store?.put(key, measured);
    return measured;
  }
}

function isFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isFinite);
}
