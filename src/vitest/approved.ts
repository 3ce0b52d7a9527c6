import { approvedPicture, type ApprovedCase, type Baseline, loadBaseline, representativeOf } from '../gate/baseline.js';
import { UsageError } from '../lib/errors.js';
import { existsSync } from '../lib/files.js';
import { suggestion } from '../lib/nearest.js';
import { consistencyMetric } from '../score/metrics/consistency.js';
import type { ScoreTask } from '../score/thread.js';

/** What a picture of a case is measured by, and what its approved samples scored. */
export interface ApprovedTerms {
  encoder: { id: string; sha256: string };
  makesSheet: boolean;
  sheets: ScoreTask['sheets'];
  /** Of the approved samples, in their order. */
  scores: number[];
  margin: number;
}

/** Where no margin was fitted when the baseline was approved. */
const USUAL_MARGIN = 0.05;

/**
 * Reads a case of a baseline. A character is an input under a name of its own whose picture represents another case:
 * the one that makes its sheet. `views` are those of every sheet.
 * @throws UsageError where nothing can be measured against, with the reason
 */
export function approvedTerms(folder: string, name: string, views: readonly string[]): ApprovedTerms {
  if (!existsSync(folder)) {
    const emulated = `${folder.replace(/\/$/, '')}.emulated`;
    throw new UsageError(`there is no baseline in '${folder}'`, {
      fix: existsSync(emulated)
        ? `'${emulated}' is one, of emulated pictures.`
        : 'Approve a run first: evaluate approve.',
    });
  }
  const baseline = loadBaseline(folder);
  const approved = baseline.cases.get(name);
  if (!approved)
    throw new UsageError(`no case '${name}' is approved in ${folder}.${suggestion(name, [...baseline.cases.keys()])}`);
  const makesSheet = [...baseline.cases.values()].some((each) => sheetsOf(each, baseline).includes(name));
  const sheetCases = makesSheet ? [name] : sheetsOf(approved, baseline);
  const scores = approved.samples.flatMap((sample) => sample.scores[consistencyMetric.id] ?? []);
  if (!approved.encoder || sheetCases.length === 0 || scores.length === 0)
    throw new UsageError(`'${name}' of ${folder} has no approved character to compare with`, {
      fix: 'toMatchCharacter takes a sheet of its own.',
    });
  const version = approved.metrics[consistencyMetric.id];
  if (version !== consistencyMetric.version)
    throw new UsageError(
      `'${name}' was approved with version ${version} of consistency, this is ${consistencyMetric.version}`,
      {
        fix: 'Run the suite again and approve it.',
      },
    );
  return {
    encoder: approved.encoder,
    makesSheet,
    sheets: sheetCases.flatMap((each) => {
      const picture = approvedPicture(baseline, each);
      const sha256 = picture?.sample.image?.sha256;
      if (!picture || sha256 === undefined) return [];
      return [
        { character: each, sha256, bytes: picture.bytes, views: views.map((view) => ({ name: view, box: null })) },
      ];
    }),
    scores,
    margin: baseline.margins[consistencyMetric.id] ?? USUAL_MARGIN,
  };
}

/** The cases that made the sheets that the case was given. */
function sheetsOf({ inputs }: ApprovedCase, { cases }: Baseline): string[] {
  return inputs.flatMap((input) =>
    [...cases.values()]
      .filter((each) => each.case !== input.name && representativeOf(each)?.image.sha256 === input.sha256)
      .map((each) => each.case),
  );
}
