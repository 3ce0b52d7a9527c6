import type { Picture, RunRecord, SampleRecord } from '../../../record.js';
import { duration, money, score } from '../../format.js';
import { variantLabel } from '../../matrix.js';
import { sourceOf } from '../../source.js';
import { checklistView } from './checklist-view.js';
import { evidenceRows } from './evidence-rows.js';
import { castNotes, foundBoxes } from './found.js';
import { outcomeViews } from '../../outcomes.js';
import { anchor } from './paths.js';
import { pictureView } from './picture-view.js';
import type { Thumbnails } from './thumbnails.js';
import { weakestPart } from './weakest.js';
import { whyView } from './why-view.js';

const extras = {
  inflight: 'was on its way when the run decided',
  guard: 'made for the guard of this case only',
  ancestor: 'made only as input for other cases',
} as const;

/** One sample as a figure with everything that is known about it. */
export function sampleView(
  record: RunRecord,
  sample: SampleRecord,
  column: number,
  metric: string | null,
  thumbs: Thumbnails,
) {
  const variant = record.variants[column];
  const label = `sample ${sample.sample}${sample.turn === undefined ? '' : `, turn ${sample.turn}`}`;
  const main = metric === null ? undefined : sample.scores[metric];
  const value = main?.value ?? null;
  const alt = `${sample.case}, ${variant ? variantLabel(variant) : sample.variant}, ${label}, ${value === null ? 'not scored' : `${metric} ${score(value)}`}`;
  const usable = sample.outcome === 'ok' && sample.image !== null;
  return {
    id: anchor(column, sample.sample, sample.turn),
    label: label.charAt(0).toUpperCase() + label.slice(1),
    picture: sample.image
      ? pictureView(thumbs, sample.image, alt, 'whole', foundBoxes(sample), weakestPart(sample))
      : null,
    usable,
    outcome: outcomeViews[sample.outcome],
    reason: sample.reason ?? '',
    value: value === null ? null : score(value, 3),
    metric: metric ?? '',
    unmeasured: usable && value === null ? (main?.reason ?? 'this metric was not run') : null,
    why: whyView(sample, metric, thumbs),
    checklist: checklistView(sample),
    extra: sample.extra ? extras[sample.extra] : null,
    facts: [
      { name: 'Seed', value: String(sample.seed) },
      { name: 'Model', value: sample.modelVersion ?? sample.model },
      {
        name: 'Cost',
        value: sample.cached
          ? `from ${sourceOf(record)}, saved ${money(sample.savedCost)}`
          : `${money(sample.cost)}${sample.batch ? ', in a batch job' : ''}`,
      },
      { name: 'Latency', value: duration(sample.latencyMs) },
      ...(sample.responseId === null ? [] : [{ name: 'Response', value: sample.responseId }]),
      ...(sample.image ? [{ name: 'Provenance', value: provenance(sample.image) }] : []),
    ],
    cast: castNotes(sample),
    attempts:
      sample.attempts.length > 1
        ? sample.attempts.map((attempt) =>
            [
              outcomeViews[attempt.outcome].word,
              ...(attempt.reason === null ? [] : [attempt.reason]),
              duration(attempt.latencyMs),
              money(attempt.cost),
            ].join(', '),
          )
        : [],
    others: [
      ...(sample.discarded ?? []).map((each) => discardedView(each, label, thumbs)),
      ...sample.extraImages.map((image, i) => ({
        caption: `Other picture ${i + 1} of the answer`,
        picture: pictureView(thumbs, image, `${label}, other picture ${i + 1} of the answer`, 'whole'),
      })),
    ],
    text: sample.text,
    scores: Object.keys(record.metrics).map((id) => scoreRow(id, sample)),
    inputs: sample.inputs.map((input, i) => ({
      caption: `Image ${i + 1}: ${input.name}`,
      picture: pictureView(thumbs, input, `Image ${i + 1}: ${input.name}, input of ${label}`, 'whole'),
    })),
    prompt: sample.prompt,
  };
}

/** A try that did not stay, marked as such. */
function discardedView(
  { try: number, image, scores, cost, savedCost }: NonNullable<SampleRecord['discarded']>[number],
  label: string,
  thumbs: Thumbnails,
) {
  const quality = scores['quality']?.value ?? null;
  const price = cost === null || savedCost === null ? null : cost + savedCost;
  return {
    caption: `✕ Try ${number}, discarded: quality ${quality === null ? '–' : score(quality, 3)}, ${money(price)}`,
    picture: pictureView(thumbs, image, `${label}, discarded try ${number}`, 'whole'),
  };
}

/** They are explained at a place of their own. */
const explained = new Set(['consistency', 'checklist']);

function scoreRow(id: string, sample: SampleRecord) {
  const measured = sample.scores[id];
  const value = measured?.value ?? null;
  return {
    metric: id,
    value: value === null ? null : score(value, 3),
    reason: value === null ? (measured?.reason ?? (sample.outcome === 'ok' ? 'not run' : 'no usable picture')) : '',
    evidence: explained.has(id) ? [] : evidenceRows(measured?.evidence ?? {}),
  };
}

function provenance({ c2pa }: Picture): string {
  const manifest = c2pa === undefined ? 'not looked for' : c2pa ? 'present' : 'none';
  return `C2PA manifest ${manifest}, SynthID not checkable here`;
}
