import { UsageError } from '../lib/errors.js';
import { consistencyMetric } from '../score/metrics/consistency.js';
import type { Score } from '../score/metric.js';
import type { Scorer } from '../score/scorer.js';
import type { PictureFile, ScoreTask } from '../score/thread.js';
import { approvedTerms } from './approved.js';
import { explained } from './explain.js';
import { type Picture, readPicture } from './picture.js';
import { scorerWith } from './scorers.js';

export interface CharacterOptions {
  /** The least consistency: 0 is another character, 1 the character's own figure in another picture; .6 when left out. */
  min?: number;
  /** As `--encoder` takes it; `pocket` when left out. */
  encoder?: string;
  /** On the sheet, from left to right; front and back when left out. */
  views?: readonly string[];
}

export interface BaselineOptions {
  /** How far below the lowest approved sample a picture may be; as the baseline was approved with when left out. */
  margin?: number;
  /** On the sheets, from left to right; front and back when left out. */
  views?: readonly string[];
}

export interface MatcherResult {
  pass: boolean;
  message: () => string;
}

const MIN = 0.6;
const VIEWS = ['front', 'back'] as const;

/** Whether the picture shows the character of the sheet. @throws UsageError when it cannot be measured */
export async function toMatchCharacter(
  received: unknown,
  sheet: Picture,
  { min = MIN, encoder = 'pocket', views = VIEWS }: CharacterOptions = {},
): Promise<MatcherResult> {
  checkNumber('min', min);
  const image = await readPicture(received, 'the picture');
  const shown = await readPicture(sheet, 'the sheet');
  const named = views.map((name) => ({ name, box: null }));
  const sheets = [{ ...shown, views: named, character: 'the character' }];
  const score = await consistencyOf(await scorerWith(encoder), image, { sheets, makesSheet: false });
  return verdict(score, {
    limit: min,
    asked: `at least ${min.toFixed(3)}`,
    what: 'the character of the sheet',
    advice: 'Look at that place. If the picture is right, lower `min`; if it is not, make it again.',
  });
}

/**
 * Whether the picture is as consistent as the approved ones of the case: no further than the margin below the lowest of
 * them, measured with the same encoder against the same sheet. @throws UsageError when it cannot be measured
 */
export async function toMatchBaseline(
  received: unknown,
  folder: string,
  name: string,
  { margin, views = VIEWS }: BaselineOptions = {},
): Promise<MatcherResult> {
  if (margin !== undefined) checkNumber('margin', margin);
  const image = await readPicture(received, 'the picture');
  const terms = approvedTerms(folder, name, views);
  const scorer = await scorerWith(terms.encoder.id);
  if (scorer.encoder.sha256 !== terms.encoder.sha256)
    throw new UsageError(`'${name}' was approved with another version of the encoder ${terms.encoder.id}`, {
      fix: 'Run the suite again and approve it.',
    });
  const score = await consistencyOf(scorer, image, terms);
  const least = Math.min(...terms.scores);
  const allowed = margin ?? terms.margin;
  return verdict(score, {
    limit: least - allowed,
    asked: `at least ${(least - allowed).toFixed(3)}: the lowest of ${terms.scores.length} approved, ${least.toFixed(3)}, less the margin ${allowed}`,
    what: `as consistent as the approved '${name}'`,
    advice: 'Look at that place. If the picture is right, run the suite and approve it; if not, make it again.',
  });
}

function checkNumber(option: string, value: unknown): void {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new UsageError(`${option}: ${String(value)} is no number`);
}

async function consistencyOf(
  scorer: Scorer,
  image: PictureFile,
  { sheets, makesSheet }: Pick<ScoreTask, 'sheets' | 'makesSheet'>,
): Promise<Score & { value: number }> {
  const { scores, reason } = await scorer.score({
    case: { name: 'picture', text: [], checklist: [] },
    requested: { aspectRatio: null, imageSize: null },
    makesSheet,
    image,
    sheets,
    withoutSheet: [],
    approved: null,
    kept: null,
  });
  const score = scores?.[consistencyMetric.id];
  if (score?.value === null || score?.value === undefined)
    throw new UsageError(`the picture cannot be scored: ${reason ?? score?.reason ?? 'not measured'}`);
  return { ...score, value: score.value };
}

function verdict(
  score: Score & { value: number },
  { limit, asked, what, advice }: { limit: number; asked: string; what: string; advice: string },
): MatcherResult {
  const pass = score.value >= limit;
  return {
    pass,
    message: () =>
      [
        `the picture is ${pass ? '' : 'not '}${what}`,
        `consistency: ${score.value.toFixed(3)}; asked for: ${pass ? 'less, and not ' : ''}${asked}`,
        ...explained(score),
        ...(pass ? [] : [advice]),
      ].join('\n  '),
  };
}
