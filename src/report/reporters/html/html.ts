import { join } from 'node:path';
import type { Box } from '../../../image/raster.js';
import { writeFileAtomic } from '../../../lib/files.js';
import type { Picture, RunRecord, SampleRecord } from '../../../record.js';
import { findings, worstFirst } from '../../findings.js';
import { readHistory, type History } from '../../history.js';
import { matrix } from '../../matrix.js';
import type { Reporter } from '../../reporter.js';
import { spread } from '../../spread.js';
import { triedPictures } from '../../tries.js';
import { caseView } from './case-view.js';
import { axisOf } from './chart.js';
import { costView } from './cost-view.js';
import { foundBox } from './found.js';
import { methodView } from './method-view.js';
import { overviewView } from './overview.js';
import { casePage } from './paths.js';
import { tableView } from './table-view.js';
import { loadAssets, loadTemplates } from './templates.js';
import { thumbnails, type Thumbnails } from './thumbnails.js';
import { trendsView } from './trends-view.js';

/**
 * The consistency report: pages that open from disk and need neither a server nor script. Writes `index.html`,
 * `table.html`, `trends.html`, `cost.html`, `method.html`, `case/`, `thumb/` and `assets/` into the run's folder. The
 * pages ask nothing from outside it; the records of earlier runs beside it are read once, for their trends.
 */
export function htmlReporter(): Reporter {
  const byFolder = new Map<string, Thumbnails>();
  const thumbsOf = (folder: string) => {
    const thumbs = byFolder.get(folder) ?? thumbnails(folder);
    byFolder.set(folder, thumbs);
    return thumbs;
  };
  return {
    id: 'html',
    onEvent(event, { folder }) {
      if (event.type !== 'sample') return;
      for (const [picture, found] of sampled(event.sample)) thumbsOf(folder).add(picture, found);
    },
    async onEnd(record, { folder }) {
      const thumbs = thumbsOf(folder);
      for (const [picture, found] of picturesOf(record)) thumbs.add(picture, found);
      await thumbs.done();
      const { style, script } = await loadAssets();
      writeFileAtomic(join(folder, 'assets', 'report.css'), style);
      writeFileAtomic(join(folder, 'assets', 'report.js'), script);
      const history = await readHistory(folder, record);
      for (const [path, html] of pages(record, history, thumbs)) writeFileAtomic(join(folder, path), html);
    },
  };
}

type Shown = [picture: Picture, found: Box | null];

/** The pictures that the pages of a run show, and where the character is in those that are cut to it. */
export function* picturesOf({ samples, cases }: RunRecord): Generator<Shown> {
  for (const sample of samples) yield* sampled(sample);
  for (const { baseline } of cases)
    for (const each of baseline ? [baseline, ...(baseline.turns ?? [])] : [])
      if (each.picture) yield [each.picture, null];
}

function* sampled(sample: SampleRecord): Generator<Shown> {
  if (sample.image) yield [sample.image, foundBox(sample)];
  for (const picture of [...triedPictures(sample), ...sample.extraImages, ...sample.inputs]) yield [picture, null];
}

/** Every page of the report by its path in the run's folder. */
export function* pages(
  record: RunRecord,
  history: History,
  thumbs: Thumbnails,
): Generator<[path: string, html: string]> {
  const render = loadTemplates();
  const found = findings(record);
  const table = worstFirst(matrix(record), found);
  const findingOf = new Map(found.map((each) => [each.cell.case.name, each]));
  const { metric } = table;
  const axis = axisOf(
    metric === null
      ? []
      : table.rows.flatMap((row) => [
          spread(row.case.baseline?.scores[metric] ?? []),
          ...row.cells.map((cell) => cell.scores[metric] ?? null),
        ]),
  );
  for (const [index, row] of table.rows.entries()) {
    yield [
      casePage(row.case.name),
      render('case', caseView(record, table, index, findingOf.get(row.case.name), axis, thumbs)),
    ];
  }
  yield ['trends.html', render('trends', trendsView(record, history))];
  yield ['cost.html', render('cost', costView(record))];
  yield ['method.html', render('method', methodView(record))];
  yield ['table.html', render('table', tableView(record, table, found))];
  yield ['index.html', render('overview', overviewView(record, table, found, axis, thumbs))];
}
