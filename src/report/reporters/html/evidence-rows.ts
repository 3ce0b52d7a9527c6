import { score } from '../../format.js';

export interface EvidenceRow {
  name: string;
  value: string;
}

const MOST_ROWS = 16;
/** Drawn on the picture, kept for other readers, or of use only beside what is drawn. */
const SILENT = new Set(['box', 'width', 'height', 'map', 'raw', 'floor', 'ceiling']);

type Evidence = Record<string, unknown>;

/** What has words of its own; a record may come from anywhere, so whatever does not fit is left out. */
const told: Record<string, (member: unknown, all: Evidence) => EvidenceRow | null> = {
  channels: (member) => row('channels', numbered(Object.entries(Object(member) as Evidence))),
  deltaE: (member) => row('ΔE', numbered(Object.entries(Object(member) as Evidence))),
  shift: (member) => row('shift', numbered(Object.entries(Object(member) as Evidence))),
  gain: (member) => row('gain', numbered(Object.entries(Object(member) as Evidence))),
  parts: (member) => row('parts', numbered(listOf(member).map(({ name, cosine }) => [String(name), cosine]))),
  captions: (member) =>
    row(
      'captions',
      listOf(member).map(({ caption, read, score: share }) =>
        share === 1
          ? `${String(caption)}: as asked`
          : `${String(caption)}: ${read === '' ? 'not found' : `read as ${String(read)}`}`,
      ),
    ),
  statements: (member) =>
    row(
      'statements',
      listOf(member).map(({ says, word }) => `${String(says)}: ${String(word)}`),
    ),
  votes: (member) => {
    const { came, asked } = Object(member) as Evidence;
    return typeof came === 'number' && typeof asked === 'number'
      ? { name: 'votes', value: `${came} of ${asked}` }
      : null;
  },
  lost: (member) =>
    row(
      'colours lost',
      listOf(member).map(({ colour, share }) => `${String(colour)} (${percent(share)})`),
    ),
  worst: (member, all) => {
    const { sheet, short } = Object(member) as Evidence;
    return typeof short === 'number'
      ? { name: 'weakest', value: `${placeOn(sheet, all)}, short by ${score(short)}` }
      : null;
  },
  copied: (member) => {
    const { distance, similarity } = Object(member) as Evidence;
    if (typeof distance !== 'number' || typeof similarity !== 'number') return null;
    return {
      name: 'copied',
      value: `the sheet's own drawing (${distance} of 64 bits differ, likeness ${score(similarity)})`,
    };
  },
};

/** What explains a value, a line each. Boxes and sizes are drawn, not listed. */
export function evidenceRows(evidence: unknown): EvidenceRow[] {
  return rowsOf(evidence, '').slice(0, MOST_ROWS);
}

function rowsOf(evidence: unknown, name: string): EvidenceRow[] {
  if (typeof evidence === 'number') return [{ name, value: score(evidence, 3) }];
  if (typeof evidence === 'boolean') return [{ name, value: evidence ? 'yes' : 'no' }];
  if (typeof evidence === 'string') return [{ name, value: evidence }];
  if (typeof evidence !== 'object' || evidence === null) return [];
  return Object.entries(evidence)
    .filter(([key]) => !SILENT.has(key))
    .flatMap(([key, member]) => {
      const tell = Object.hasOwn(told, key) ? told[key] : undefined;
      if (!tell) return rowsOf(member, name === '' ? key : `${name} ${key}`);
      const line = tell(member, evidence as Evidence);
      return line ? [{ ...line, name: name === '' ? line.name : `${name} ${line.name}` }] : [];
    });
}

/** Such as "upper left of front": in which third of the view the place lies. */
function placeOn(sheet: unknown, { view, parts }: Evidence): string {
  const figure = listOf(parts).map((part) => boxOf(part['sheet']));
  const [x, y, width, height] = boxOf(sheet);
  const left = Math.min(...figure.map((box) => box[0]));
  const right = Math.max(...figure.map((box) => box[0] + box[2]));
  const top = Math.min(...figure.map((box) => box[1]));
  const bottom = Math.max(...figure.map((box) => box[1] + box[3]));
  const third = (at: number, from: number, to: number) => Math.floor((3 * (at - from)) / (to - from));
  const down = ['upper', '', 'lower'][third(y + height / 2, top, bottom)];
  const across = ['left', '', 'right'][third(x + width / 2, left, right)];
  if (down === undefined || across === undefined) return String(view);
  return `${[down, across].filter(Boolean).join(' ') || 'middle'} of ${String(view)}`;
}

function row(name: string, values: string[]): EvidenceRow | null {
  return values.length > 0 ? { name, value: values.join(', ') } : null;
}

function numbered(entries: (readonly [string, unknown])[]): string[] {
  return entries.flatMap(([name, value]) => (typeof value === 'number' ? [`${name} ${score(value)}`] : []));
}

function percent(share: unknown): string {
  return typeof share === 'number' ? `${Math.round(100 * share)} %` : '';
}

function listOf(member: unknown): Evidence[] {
  return Array.isArray(member) ? member.map((each) => Object(each) as Evidence) : [];
}

function boxOf(box: unknown): [number, number, number, number] {
  const [x = NaN, y = NaN, width = NaN, height = NaN] = Array.isArray(box) ? box.map(Number) : [];
  return [x, y, width, height];
}
