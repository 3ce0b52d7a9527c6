import type { Picture, RunRecord, SampleRecord } from '../../../record.js';
import { score } from '../../format.js';
import { byScore, variantLabel, type Cell, type Matrix } from '../../matrix.js';
import { outcomeViews } from '../../outcomes.js';
import { weakestFirst } from '../../samples.js';
import { spread } from '../../spread.js';
import { foundBoxes } from './found.js';
import { anchor } from './paths.js';
import { pictureView, type PictureView } from './picture-view.js';
import type { Thumbnails } from './thumbnails.js';
import { weakestPart } from './weakest.js';

/** One picture of a case that can be laid beside any other: a sheet, the approved one, or a sample. */
export interface Shot {
  /** Unlike any other of the page; of a sample where it stands below. */
  id: string;
  /** Its place on the page, or the file. */
  href: string;
  title: string;
  note: string;
  value: string;
  /** As received; its `src` is `null` where the file cannot be shown. */
  picture: PictureView;
  thumb: string | null;
  /** Where the character is, as numbers with blanks between; empty where nobody was found. */
  box: string;
  /** What a mark names; `null` for what cannot be approved. */
  mark: { variant: string; sample: number; sha256: string } | null;
  /** For a sample of which there is no picture. */
  lost: { mark: string; word: string } | null;
}

export interface ShotGroup {
  title: string;
  shots: Shot[];
}

/** All pictures of a case: sheets, the approved one, and the samples of each variant, the weakest first. */
export function shotsView(record: RunRecord, matrix: Matrix, cells: readonly Cell[], thumbs: Thumbnails): ShotGroup[] {
  const [cell] = cells;
  if (!cell) return [];
  const known = referenceShots(cell.case, cells, matrix.metric, thumbs);
  const made = cells.map(({ variant, samples }, column) => ({
    title: `${variantLabel(variant)}${variant.candidate ? ', candidate' : ''}`,
    shots: weakestFirst(samples, byScore(record, matrix.metric)).map((sample) =>
      sampleShot(sample, variant, column, matrix.metric, thumbs),
    ),
  }));
  return [{ title: 'To compare with', shots: known }, ...made].filter(({ shots }) => shots.length > 0);
}

function referenceShots(recorded: Cell['case'], cells: readonly Cell[], metric: string | null, thumbs: Thumbnails) {
  const shot = (
    id: string,
    title: string,
    note: string,
    value: string,
    picture: Picture,
    found?: readonly number[],
  ): Shot => {
    const view = pictureView(thumbs, picture, `${recorded.name}, ${title}, ${note}`, 'full');
    return {
      id,
      href: view.full === null ? `#shot-${id}` : `../${view.full}`,
      title,
      note,
      value,
      picture: view,
      thumb: thumbOf(thumbs, picture),
      box: (found ?? []).join(' '),
      mark: null,
      lost: null,
    };
  };
  const { baseline } = recorded;
  const mean = spread((metric !== null && baseline?.scores[metric]) || []);
  const approvedShot = (
    id: string,
    title: string,
    { picture, found }: Pick<NonNullable<typeof baseline>, 'picture' | 'found'>,
    of: typeof mean,
  ): Shot[] =>
    picture
      ? [
          shot(
            id,
            title,
            `representative of ${of ? `${of.n}, mean ${score(of.mean)}` : 'the approved set'}`,
            of ? score(of.mean) : '',
            picture,
            found,
          ),
        ]
      : [];
  const turns = baseline?.turns?.flatMap((turn, index) =>
    approvedShot(
      `approved-${index + 1}`,
      `Approved, turn ${index + 1}`,
      turn,
      spread((metric !== null && turn.scores[metric]) || []),
    ),
  );
  const approved = turns ?? (baseline ? approvedShot('approved', 'Approved', baseline, mean) : []);
  const inputs = cells.flatMap(({ samples }) => samples.flatMap((sample) => sample.inputs));
  const sheetNames = [...new Set(recorded.characters.map(({ sheet }) => sheet))];
  const sheets = sheetNames.flatMap((name, i) => {
    const input = inputs.find((each) => each.name === name);
    return input ? [shot(`sheet-${i + 1}`, 'Reference sheet', input.name, '', input)] : [];
  });
  const others = sentToAll(inputs)
    .filter(({ name }) => !sheetNames.includes(name))
    .map((input, i) => shot(`input-${i + 1}`, 'Input picture', input.name, '', input));
  return [...approved, ...sheets, ...others];
}

/** Input pictures that are the same wherever they go by their name, each once. */
function sentToAll(inputs: readonly SampleRecord['inputs'][number][]): SampleRecord['inputs'] {
  const byName = new Map(inputs.map((input) => [input.name, input]));
  return [...byName.values()].filter(({ name, sha256 }) =>
    inputs.every((each) => each.name !== name || each.sha256 === sha256),
  );
}

function sampleShot(
  sample: SampleRecord,
  variant: Cell['variant'],
  column: number,
  metric: string | null,
  thumbs: Thumbnails,
): Shot {
  const value = metric === null ? null : (sample.scores[metric]?.value ?? null);
  const turn = sample.turn === undefined ? '' : `, turn ${sample.turn}`;
  const note = `sample ${sample.sample}${turn}, ${value === null ? 'not scored' : `${metric} ${score(value, 3)}`}`;
  const found = foundBoxes(sample);
  const [box] = found;
  const outcome = outcomeViews[sample.outcome];
  const { image } = sample;
  const id = anchor(column, sample.sample, sample.turn);
  return {
    id,
    href: `#${id}`,
    title: variantLabel(variant),
    note,
    value: value === null ? '–' : score(value),
    picture: image
      ? pictureView(
          thumbs,
          image,
          `${sample.case}, ${variantLabel(variant)}, ${note}`,
          'full',
          found,
          weakestPart(sample),
        )
      : { src: null, problem: outcome.word, full: null, alt: '', width: 1, height: 1, overlay: null },
    thumb: image ? thumbOf(thumbs, image) : null,
    box: box && found.length === 1 ? `${box.x} ${box.y} ${box.width} ${box.height}` : '',
    mark: image ? { variant: sample.variant, sample: sample.sample, sha256: image.sha256 } : null,
    lost: image ? null : { mark: outcome.mark, word: outcome.word },
  };
}

function thumbOf(thumbs: Thumbnails, picture: Picture): string | null {
  return thumbs.problem(picture) === null ? thumbs.whole(picture) : null;
}
