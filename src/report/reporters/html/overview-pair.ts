import type { RunRecord } from '../../../record.js';
import { score } from '../../format.js';
import { byScore, type Matrix } from '../../matrix.js';
import { spread } from '../../spread.js';
import { anchor, casePage } from './paths.js';
import { pictureView, type PictureView } from './picture-view.js';
import type { Thumbnails } from './thumbnails.js';

/** A small picture with its caption. */
export interface Shown {
  title: string;
  note: string;
  href: string;
  picture: PictureView;
}

/** What was approved of a case beside the candidate's weakest; nothing where one of the two is missing. */
export function overviewPair(record: RunRecord, table: Matrix, name: string | undefined, thumbs: Thumbnails): Shown[] {
  const { metric } = table;
  const row = table.rows.find((each) => each.case.name === name);
  const column = row?.cells.findIndex(({ variant }) => variant === table.candidate) ?? -1;
  const approved = row?.case.baseline;
  const [weakest] = [...(row?.cells[column]?.samples ?? [])]
    .filter(({ image, outcome }) => image !== null && outcome === 'ok')
    .sort(byScore(record, metric));
  if (!row || !approved?.picture || !weakest?.image) return [];
  const mean = spread((metric !== null && approved.scores[metric]) || []);
  const value = metric === null ? null : (weakest.scores[metric]?.value ?? null);
  const notes = [
    mean ? `mean ${score(mean.mean)}, n ${mean.n}` : 'not scored',
    `sample ${weakest.sample}, ${value === null ? 'not scored' : score(value)}`,
  ] as const;
  const page = casePage(row.case.name);
  const alt = (title: string, note: string) => `${row.case.name}, ${title}, ${note}`;
  return [
    {
      title: 'Approved',
      note: notes[0],
      href: page,
      picture: pictureView(thumbs, approved.picture, alt('approved', notes[0]), 'whole'),
    },
    {
      title: 'Weakest now',
      note: notes[1],
      href: `${page}#${anchor(column, weakest.sample, weakest.turn)}`,
      picture: pictureView(thumbs, weakest.image, alt('weakest now', notes[1]), 'whole'),
    },
  ];
}
