import { judgeInfo, judges, modelInfo } from '../catalog/catalog.js';
import { suggestion } from '../lib/nearest.js';
import { shown } from './problems.js';
import type { Reading } from './reading.js';
import type { Case, Judge } from './suite.js';

const alive = judges.filter(({ status }) => status.state !== 'shut-down').map(({ id }) => id);

/** Who judges; `null` where no case has a checklist, or nobody should. Only models of the catalogue, for what they cost is bought unseen. */
export function resolveJudge(cases: readonly Case[], { file, document, problems }: Reading): Judge | null {
  if (file.judge === 'none') {
    if (file.metrics?.checklist?.gate)
      problems.add(
        'the gate judges by checklist, and nobody answers them',
        document.at(['judge']),
        'Name a judge, or set `gate: false` on checklist.',
      );
    return null;
  }
  const { model = alive[0] ?? '', votes } = file.judge;
  const place = document.at(['judge', 'model']);
  const fix = `Judges: ${alive.join(', ')}.`;
  const info = judgeInfo(model);
  if (modelInfo(model)) problems.add(`${shown(model)} makes pictures, and cannot judge them`, place, fix);
  else if (info?.status.state === 'shut-down')
    problems.add(`the judge ${shown(model)} was shut down on ${info.status.date}`, place, fix);
  else if (!info) problems.add(`unknown judge ${shown(model)}.${suggestion(model, alive)}`, place, fix);
  if (votes % 2 === 0)
    problems.add(
      `${votes} votes can end in a tie`,
      document.at(['judge', 'votes']),
      `Ask for an odd number: ${votes - 1} or ${votes + 1}.`,
    );
  return cases.some(({ checklist }) => checklist.length > 0) ? { model, votes } : null;
}
