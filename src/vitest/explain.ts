import type { Score } from '../score/metric.js';

/** What a person needs to see what is wrong with a picture: one line for each thing that is known. */
export function explained(score: Score): string[] {
  const evidence = lowest(score.evidence ?? {});
  return [
    foundLine(evidence),
    ...weakestLine(evidence),
    ...(Array.isArray(evidence['lost'])
      ? [`lost colours: ${(evidence['lost'] as Lost[]).map(lostText).join(', ')}`]
      : []),
    ...(evidence['copied'] === undefined ? [] : ["the sheet's own drawing stands in the picture"]),
    ...(Array.isArray(evidence['extra']) ? [`the character is there ${1 + evidence['extra'].length} times`] : []),
  ];
}

type Evidence = Record<string, unknown>;
interface Lost {
  colour: string;
  share: number;
}

/** Of several characters, or of the views of a sheet, the one that scores least. */
function lowest(evidence: Evidence): Evidence {
  const of = (list: unknown) =>
    Array.isArray(list) && list.length > 0
      ? [...(list as Evidence[])].sort((a, b) => Number(a['value']) - Number(b['value']))[0]
      : undefined;
  return of(evidence['views']) ?? of(evidence['characters']) ?? evidence;
}

function foundLine(evidence: Evidence): string {
  const { view, box, characterFound } = evidence;
  const who = typeof evidence['character'] === 'string' ? `${evidence['character']}, ` : '';
  const at = `${who}view '${String(view)}' at ${placeText(box)} of the picture`;
  return characterFound === false ? `not found; most alike is ${at}` : `found: ${at}`;
}

function weakestLine({ worst, parts }: Evidence): string[] {
  if (worst) {
    const { sheet, short } = worst as { sheet: number[]; short: number };
    return [`weakest: what the sheet shows at ${placeText(sheet)}, short by ${short.toFixed(2)}`];
  }
  const [part] = Array.isArray(parts)
    ? [...(parts as { name: string; cosine: number; sheet: number[] }[])].sort((a, b) => a.cosine - b.cosine)
    : [];
  return part
    ? [`weakest: ${part.name}, at ${placeText(part.sheet)} of the sheet, cosine ${part.cosine.toFixed(2)}`]
    : [];
}

const lostText = ({ colour, share }: Lost) => `${colour} (${Math.round(share * 100)} % of the figure)`;

function placeText(box: unknown): string {
  const [x, y, width, height] = Array.isArray(box) ? (box as number[]) : [];
  return height === undefined ? 'no place' : `x ${x}, y ${y}, ${width} x ${height} px`;
}
