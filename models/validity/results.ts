import { metrics } from '../../src/score/metrics/index.js';
import { mean } from '../../src/stats/summary.js';
import { bootstrap, BOOTSTRAP_SEED, RESAMPLES, type Estimate } from './bootstrap.js';
import { OTHER_SEED, type Counts } from './design.js';
import { DRIFTS, LEVELS, type Drift, type Level } from './drawing/drift.js';
import type { Measured } from './measured.js';
import { driftAuc, drops, MEASURES, type Measure, type Scored } from './measures.js';
import type { Measurement } from './measuring.js';
import type { CaseSpread } from './spread.js';

export const PLAIN = 'clip-cosine';
export const FULL = 'consistency';

/** Everything that `validity.json` holds. */
export interface Results {
  metric: { id: string; version: string };
  encoder: { id: string; sha256: string };
  counts: Counts & { pictures: number; unscored: number; resamples: number };
  seeds: { characters: number; others: number; bootstrap: number };
  /** Aggregation -> measure -> estimate; plain cosine first, then the channels, then the metric itself. */
  aggregations: Record<string, Record<string, Estimate>>;
  /** The metric less the plain cosine, measure by measure. */
  gain: Record<string, Estimate>;
  drifts: Record<Drift, Record<Level, DriftResult>>;
  search: { centre: Estimate; notFound: Estimate; othersNotFound: Estimate };
  spread: CaseSpread & { drop: Estimate; ratio: number | null };
}

export interface DriftResult {
  /** Share of the drifted pictures in which the drift can be seen. */
  visibleShare: number;
  all: Estimate;
  visible: Estimate;
  /** The plain cosine's, where visible. */
  plain: Estimate;
}

export function resultsOf(
  { identities, encoder }: Measurement,
  counts: Counts,
  seed: number,
  spread: CaseSpread,
): Results {
  const pictures = identities.flat();
  const names = [...new Set(pictures.flatMap(({ scores }) => Object.keys(scores)))];
  const aggregations = [PLAIN, ...names.filter((name) => name !== PLAIN && name !== FULL), FULL];
  const full = identities.map((each) => scoredBy(each, FULL));
  const plain = identities.map((each) => scoredBy(each, PLAIN));
  const drop = bootstrap(full, (drawn) =>
    meanOrNull(drawn.flatMap((each) => DRIFTS.flatMap((drift) => drops(each, drift, 2, true)))),
  );
  return {
    metric: { id: metrics.consistency.id, version: metrics.consistency.version },
    encoder,
    counts: {
      ...counts,
      pictures: pictures.length,
      unscored: pictures.filter(({ scores }) => scores[FULL] === null).length,
      resamples: RESAMPLES,
    },
    seeds: { characters: seed, others: OTHER_SEED, bootstrap: BOOTSTRAP_SEED },
    aggregations: Object.fromEntries(
      aggregations.map((name) => [
        name,
        byMeasure((measure) =>
          estimateOf(
            measure,
            identities.map((each) => scoredBy(each, name)),
          ),
        ),
      ]),
    ),
    gain: byMeasure((measure) => gainOf(measure, identities)),
    drifts: byKey(DRIFTS, (drift) => byKey(LEVELS, (level) => driftResult(drift, level, full, plain))),
    search: searchOf(identities),
    spread: { ...spread, drop, ratio: drop.value === null || spread.sd === null ? null : drop.value / spread.sd },
  };
}

/** The pictures that an aggregation has a number for. */
function scoredBy(pictures: readonly Measured[], name: string): Scored[] {
  return pictures.flatMap((picture) => {
    const score = picture.scores[name];
    return typeof score === 'number' ? [{ ...picture, score }] : [];
  });
}

function byMeasure(estimate: (measure: Measure) => Estimate): Record<string, Estimate> {
  return byKey(
    MEASURES.map(({ id }) => id),
    (id) => {
      const measure = MEASURES.find((each) => each.id === id);
      if (!measure) throw new RangeError(`there is no measure '${id}'`);
      return estimate(measure);
    },
  );
}

function estimateOf(measure: Measure, characters: readonly Scored[][]): Estimate {
  const parts = characters.filter((each) => each.length > 0).map((each) => measure.partsOf(each));
  return bootstrap(parts, (drawn) => measure.estimate(drawn));
}

/** Of the same pictures and the same resamples on both sides. */
function gainOf(measure: Measure, identities: readonly Measured[][]): Estimate {
  const pairs = identities
    .map((each) => each.filter(({ scores }) => scores[FULL] !== null && scores[PLAIN] !== null))
    .filter((each) => each.length > 0)
    .map((each) => ({ full: measure.partsOf(scoredBy(each, FULL)), plain: measure.partsOf(scoredBy(each, PLAIN)) }));
  return bootstrap(pairs, (drawn) => {
    const ours = measure.estimate(drawn.map((pair) => pair.full));
    const theirs = measure.estimate(drawn.map((pair) => pair.plain));
    return ours === null || theirs === null ? null : ours - theirs;
  });
}

function driftResult(drift: Drift, level: Level, full: readonly Scored[][], plain: readonly Scored[][]): DriftResult {
  const shown = full.flat().filter((picture) => picture.arm === drift && picture.level === level);
  const estimate = (characters: readonly Scored[][], visibleOnly: boolean) =>
    bootstrap(
      characters.map((each) => driftAuc(each, drift, level, visibleOnly)),
      (drawn) => meanOrNull(drawn.filter((value) => value !== null)),
    );
  return {
    visibleShare: shown.length === 0 ? 0 : mean(shown.map(({ visible }) => Number(visible))),
    all: estimate(full, false),
    visible: estimate(full, true),
    plain: estimate(plain, true),
  };
}

/** Shares of pictures: the best window holds the middle of the undrifted figure; the character counts as not found. */
function searchOf(identities: readonly Measured[][]): Results['search'] {
  const share = (arm: Measured['arm'], is: (picture: Measured) => boolean) =>
    bootstrap(
      identities.map((each) =>
        meanOrNull(
          each
            .filter((picture) => picture.arm === arm && picture.scores[FULL] !== null)
            .map((picture) => Number(is(picture))),
        ),
      ),
      (drawn) => meanOrNull(drawn.filter((value) => value !== null)),
    );
  return {
    centre: share('none', holdsCentre),
    notFound: share('none', ({ found }) => !found),
    othersNotFound: share('other', ({ found }) => !found),
  };
}

function holdsCentre({ window: [x = 0, y = 0, width = 0, height = 0], centre }: Measured): boolean {
  return centre.x >= x && centre.x <= x + width && centre.y >= y && centre.y <= y + height;
}

function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}

function byKey<K extends string | number, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
