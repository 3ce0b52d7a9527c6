import type { Box } from '../../../image/raster.js';
import type { SampleRecord } from '../../../record.js';
import { score } from '../../format.js';
import { evidenceRows } from './evidence-rows.js';
import { castNotes, cutTo, membersOf } from './found.js';
import { pictureView, type PictureView } from './picture-view.js';
import type { Thumbnails } from './thumbnails.js';

/** What the channels of `consistency` are for people, in the order they are shown. */
const channelNames: Record<string, string> = {
  window: 'Whole figure',
  parts: 'Parts, mean',
  weakest: 'Weakest part',
  patches: 'Details, mean',
  missing: 'Worst details',
  palette: 'Colours',
};
/** What has a place of its own here. */
const SHOWN = new Set(['channels', 'parts', 'worst', 'lost', 'characterFound', 'view', 'value', 'views', 'characters']);

/** A colour that covers less of the figure is no news. */
const LEAST_SHARE = 0.005;

/** What explains one value of `consistency`: a block for each character or view that was compared. */
export interface WhyView {
  value: string | null;
  reason: string;
  /** Who was not found, or is there once more. */
  cast: string[];
  blocks: WhyBlock[];
}

interface WhyBlock {
  title: string;
  /** `at`: 0 another character, 1 the character itself, cut to that range. */
  rows: { name: string; value: string; at: number; lowest: boolean }[];
  notes: string[];
  lost: { colour: string; share: string }[];
  /** The sheet, and where on it the picture falls most short. */
  sheet: (PictureView & { place: Box | null }) | null;
}

/** `metric` is the one that the page is about. */
export function whyView(sample: SampleRecord, metric: string | null, thumbs: Thumbnails): WhyView {
  if (metric !== null && metric !== 'consistency') return plainView(sample.scores[metric], metric);
  const measured = sample.scores['consistency'];
  const value = measured?.value ?? null;
  const evidence = measured?.evidence ?? {};
  const members = [...membersOf(evidence['characters']), ...membersOf(evidence['views'])];
  const sheet = sample.inputs[0] ?? null;
  return {
    value: value === null ? null : score(value, 3),
    reason: value === null ? (measured?.reason ?? 'consistency was not measured') : '',
    cast: castNotes(sample),
    blocks: value === null ? [] : (members.length > 0 ? members : [evidence]).map((each) => block(each, sheet, thumbs)),
  };
}

/** What any other metric says of its value. */
function plainView(measured: SampleRecord['scores'][string] | undefined, metric: string): WhyView {
  const value = measured?.value ?? null;
  const notes = evidenceRows(measured?.evidence ?? {}).map((row) => `${row.name}: ${row.value}`);
  return {
    value: value === null ? null : score(value, 3),
    reason: value === null ? (measured?.reason ?? `${metric} was not measured`) : '',
    cast: [],
    blocks: notes.length > 0 ? [{ title: '', rows: [], notes, lost: [], sheet: null }] : [],
  };
}

function block(evidence: Record<string, unknown>, sheet: SampleRecord['inputs'][number] | null, thumbs: Thumbnails) {
  const channels = Object(evidence['channels']) as Record<string, unknown>;
  const rows = Object.entries(channelNames).flatMap(([id, name]) => {
    const value = channels[id];
    return typeof value === 'number' ? [{ name, value, at: Math.min(1, Math.max(0, value)) }] : [];
  });
  const lowest = Math.min(...rows.map(({ value }) => value));
  const place = sheet && cutTo(sheet, (Object(evidence['worst']) as Record<string, unknown>)['sheet']);
  const others = Object.fromEntries(Object.entries(evidence).filter(([key]) => !SHOWN.has(key)));
  return {
    title: [evidence['character'], evidence['view']].filter((each) => typeof each === 'string').join(', '),
    rows: rows.map(({ value, ...row }) => ({ ...row, value: score(value), lowest: value === lowest })),
    notes: [...evidenceRows({ ...pick(evidence, 'view', 'parts', 'worst') }), ...evidenceRows(others)]
      .filter(({ name }) => name !== 'view' && name !== 'parts')
      .map(({ name, value }) => `${name}: ${value}`),
    lost: membersOf(evidence['lost']).flatMap(({ colour, share }) =>
      typeof colour === 'string' && /^#[0-9a-f]{6}$/.test(colour) && typeof share === 'number' && share >= LEAST_SHARE
        ? [{ colour, share: `${Math.round(100 * share)} % of the figure` }]
        : [],
    ),
    sheet: sheet && { ...pictureView(thumbs, sheet, `Reference sheet ${sheet.name}`, 'whole'), place },
  };
}

function pick(from: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));
}
