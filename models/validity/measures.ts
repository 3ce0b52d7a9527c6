import { mean, standardDeviation } from '../../src/stats/summary.js';
import { BACKGROUNDS } from './drawing/background.js';
import { DRIFTS, LEVELS, type Drift, type Level } from './drawing/drift.js';
import { VIEWS } from './drawing/scene.js';
import type { Measured } from './measured.js';
import { auc, crossProducts, dPrime, spearman, withinR2 } from './statistics.js';

/** One picture with the one score that is being judged. */
export interface Scored extends Measured {
  score: number;
}

/** The parts of one character that an estimate is made from, so that resampling characters costs little. */
export interface Measure<Parts = unknown> {
  id: string;
  title: string;
  better: 'higher' | 'lower';
  /** Of the pictures of one character. */
  partsOf(pictures: readonly Scored[]): Parts;
  estimate(parts: readonly Parts[]): number | null;
}

/** Cells (a drift at a level) with a number of one character each; a cell that says nothing about it is `null`. */
type Cells = Record<string, number | null>;

/** The mean over cells of the mean over characters: each drift weighs the same however often it can be seen. */
function meanOfCells(
  id: string,
  title: string,
  partsOf: (pictures: readonly Scored[]) => Cells,
  finish: (value: number) => number = (value) => value,
  better: 'higher' | 'lower' = 'higher',
): Measure<Cells> {
  return {
    id,
    title,
    better,
    partsOf,
    estimate: (parts) => {
      const cells = new Map<string, number[]>();
      for (const [cell, value] of parts.flatMap((each) => Object.entries(each))) {
        if (value === null) continue;
        const known = cells.get(cell);
        if (known) known.push(value);
        else cells.set(cell, [value]);
      }
      return cells.size === 0 ? null : finish(mean([...cells.values()].map(mean)));
    },
  };
}

const of = (pictures: readonly Scored[], arm: Measured['arm'], level = 0) =>
  pictures.filter((picture) => picture.arm === arm && picture.level === level);

/**
 * AUC of one drift at one level inside one character, of pictures of different scenes, so that no nuisance is shared.
 * Of those where the drift is visible: undrifted pictures come from the same scenes as the drifted ones, so that views
 * from behind are not compared with those from the front.
 */
export function driftAuc(pictures: readonly Scored[], drift: Drift, level: Level, visibleOnly: boolean): number | null {
  const shown = of(pictures, drift, level).filter((picture) => !visibleOnly || picture.visible);
  const scenes = new Set(shown.map(({ scene }) => scene));
  const none = of(pictures, 'none').filter(({ scene }) => !visibleOnly || scenes.has(scene));
  return auc(none, shown, scoreOf, (a, b) => a.scene !== b.scene);
}

const scoreOf = ({ score }: Scored) => score;

function driftCells(drifts: readonly Drift[], level: Level, visibleOnly: boolean, missingOnly = false) {
  return (pictures: readonly Scored[]): Cells =>
    Object.fromEntries(
      drifts
        .filter((drift) => !missingOnly || of(pictures, drift, level).some(({ missing }) => missing))
        .map((drift) => [drift, driftAuc(pictures, drift, level, visibleOnly)]),
    );
}

/** What a gate sees: the mean of all scenes, one sample each; how often the undrifted run is the higher. */
function runAuc(level: Level) {
  return (pictures: readonly Scored[]): Cells => {
    const none = of(pictures, 'none');
    const scenes = new Set(none.map(({ scene }) => scene));
    const byScene = [...scenes].map((scene) => none.filter((picture) => picture.scene === scene).map(scoreOf));
    const samples = Math.min(...byScene.map((scores) => scores.length));
    const runs = Array.from({ length: samples }, (_, k) => mean(byScene.map((scores) => scores[k] ?? NaN)));
    return Object.fromEntries(
      DRIFTS.map((drift) => {
        const shown = of(pictures, drift, level);
        const complete = scenes.size > 0 && new Set(shown.map(({ scene }) => scene)).size === scenes.size;
        return [drift, complete ? auc(runs, [mean(shown.map(scoreOf))], (score) => score) : null];
      }),
    );
  };
}

/** How far each drifted picture is below the undrifted ones of its own scene. */
export function drops(pictures: readonly Scored[], drift: Drift, level: Level, visibleOnly = false): number[] {
  const none = of(pictures, 'none');
  return of(pictures, drift, level)
    .filter(({ visible }) => visible || !visibleOnly)
    .flatMap(({ scene, score }) => {
      const same = none.filter((picture) => picture.scene === scene).map(scoreOf);
      return same.length === 0 ? [] : [mean(same) - score];
    });
}

/** Spearman of level and mean drop, which is minus that of level and mean score; undrifted is level 0. */
function monotonicity(pictures: readonly Scored[]): Cells {
  return Object.fromEntries(
    DRIFTS.map((drift) => {
      const levels = LEVELS.map((level) => drops(pictures, drift, level));
      return [
        drift,
        levels.some(({ length }) => length === 0) ? null : spearman([0, ...LEVELS], [0, ...levels.map(mean)]),
      ];
    }),
  );
}

/** Scale, view, background and pose of each undrifted picture as numbers, kinds one-hot. */
const nuisance: Measure<ReturnType<typeof crossProducts>> = {
  id: 'nuisanceR2',
  title: 'nuisance R² of undrifted pictures',
  better: 'lower',
  partsOf: (pictures) => {
    const none = of(pictures, 'none');
    const row = ({ scale, pose, view, background }: Scored) => [
      Math.log(scale),
      pose,
      ...VIEWS.slice(1).map((each) => Number(each === view)),
      ...BACKGROUNDS.slice(1).map((each) => Number(each === background)),
    ];
    return crossProducts(none.map(row), none.map(scoreOf));
  },
  estimate: withinR2,
};

const other = (pictures: readonly Scored[]) => [of(pictures, 'none'), of(pictures, 'other')] as const;

/** For every aggregation; the report's rows. */
export const MEASURES: readonly Measure[] = [
  meanOfCells('other', 'AUC, another character', (pictures) => {
    const [none, others] = other(pictures);
    return { other: auc(none, others, scoreOf, (a, b) => a.scene !== b.scene) };
  }),
  meanOfCells('otherDPrime', "d', another character", (pictures) => {
    const [none, others] = other(pictures);
    return { other: dPrime(none.map(scoreOf), others.map(scoreOf)) };
  }),
  ...([3, 2, 1] as const).flatMap((level) => [
    meanOfCells(`level${level}`, `AUC, drifts at level ${level}`, driftCells(DRIFTS, level, false)),
    meanOfCells(`level${level}Visible`, `AUC, level ${level}, where visible`, driftCells(DRIFTS, level, true)),
  ]),
  meanOfCells('hue', 'AUC, hue at level 3, where visible', driftCells(['hue_torso', 'hue_head'], 3, true)),
  meanOfCells(
    'missing',
    'AUC, missing small part, where visible',
    driftCells(['antennae', 'backpack', 'panel'], 3, true, true),
  ),
  meanOfCells('gate3', 'AUC of the mean of 9 scenes, level 3', runAuc(3)),
  meanOfCells('gate2', 'AUC of the mean of 9 scenes, level 2', runAuc(2)),
  meanOfCells('monotonicity', 'Spearman of level and drop', monotonicity),
  nuisance as Measure,
  meanOfCells(
    'sd',
    'sd inside a character, undrifted',
    (pictures) => {
      const none = of(pictures, 'none').map(scoreOf);
      return { none: none.length < 2 ? null : standardDeviation(none) ** 2 };
    },
    Math.sqrt,
    'lower',
  ),
];
