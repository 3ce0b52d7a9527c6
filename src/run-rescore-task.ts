import type { RunRecord } from './record.js';
import { settingsOf } from './record-settings.js';
import { keptPicture } from './score/kept-picture.js';
import type { Metric } from './score/metric.js';
import { metrics } from './score/metrics/index.js';
import type { Scored, Scores } from './score/scorer.js';
import type { PictureFile, ScoreTask } from './score/thread.js';

/** What measuring stored pictures again needs of the world. */
export interface Rescoring {
  encoder: { id: string; sha256: string };
  score: (task: ScoreTask) => Promise<Scored>;
  /** The picture as received, by its hash; `null` where it is not kept any more. */
  picture: (sha256: string) => Uint8Array | null;
}

/** A picture and what it is measured against, by hashes. `unknown`: nothing names that any more. */
export interface Shot {
  case: string;
  sample: number;
  sha256: string;
  inputs: readonly { name: string; sha256: string }[] | 'unknown';
  approved: { sha256: string } | 'none' | 'unknown';
  requested: ScoreTask['requested'];
  /** What a judge said of it, and was asked; nobody is asked again. */
  judged?: ScoreTask['judged'] | undefined;
}

/** A sample that cannot be measured again, for want of its own picture or of one that it is compared with. */
export interface Lost {
  case: string;
  sample: number;
  what: 'picture' | 'sheet' | 'approved picture' | 'input picture' | 'decodable picture';
}

/** Measures the picture as the run `ruler` measures its cases. */
export async function scoresOf(
  shot: Shot,
  ruler: RunRecord,
  { picture, score }: Rescoring,
): Promise<{ scores: Scores; lost?: never } | { scores?: never; lost: Lost }> {
  const lost = (what: Lost['what']) => ({ lost: { case: shot.case, sample: shot.sample, what } });
  const file = (sha256: string): PictureFile | null => {
    const bytes = picture(sha256);
    return bytes && { sha256, bytes };
  };
  const image = file(shot.sha256);
  if (!image) return lost('picture');

  const characters = ruler.cases.find(({ name }) => name === shot.case)?.characters ?? [];
  const makesSheet = characters.some(({ sheet }) => sheet === null);
  const approved = typeof shot.approved === 'string' ? null : file(shot.approved.sha256);
  if (!approved && shot.approved !== 'none' && (makesSheet || gatesAgainst('approved', ruler)))
    return lost('approved picture');

  const sheets: ScoreTask['sheets'] = [];
  const withoutSheet: string[] = [];
  for (const { name: character, sheet: input } of characters) {
    const carried = makesSheet ? null : carriedAs(input, shot.inputs);
    const sheet = makesSheet ? approved : carried && carried !== 'unknown' ? file(carried) : null;
    if (carried && !sheet) return lost('sheet');
    if (sheet) sheets.push({ character, views: ruler.asked.views[character] ?? [], ...sheet });
    else withoutSheet.push(character);
  }
  const { text = [], checklist = [], keep } = ruler.asked.cases[shot.case] ?? {};
  const sent = (name: string) => {
    const hash = carriedAs(name, shot.inputs);
    return hash === null || hash === 'unknown' ? null : file(hash);
  };
  const kept = keep ? keptPicture(keep, sent) : null;
  if (keep && !kept && gatesAgainst('kept', ruler)) return lost('input picture');
  const { requested, judged } = shot;
  const task = {
    case: { name: shot.case, text, checklist },
    requested,
    makesSheet,
    image,
    sheets,
    withoutSheet,
    approved,
    kept,
    ...(judged && { judged }),
  };
  const { scores } = await score(task);
  return scores ? { scores } : lost('decodable picture');
}

/** Hash of the picture that was sent under this name; `null` where none was. */
function carriedAs(input: string | null, inputs: Shot['inputs']): string | null {
  return inputs === 'unknown' ? inputs : (inputs.find(({ name }) => name === input)?.sha256 ?? null);
}

/** Whether a gating metric compares with the approved picture, or with the one that is edited. */
function gatesAgainst(picture: Metric['against'], ruler: RunRecord): boolean {
  const all: Record<string, Metric> = metrics;
  return Object.entries(settingsOf(ruler).metrics).some(([id, { gate }]) => gate && all[id]?.against === picture);
}

/** `forest: picture of 2, 3; valley: sheet of 1` */
export function lostText(lost: readonly Lost[]): string {
  const groups = new Map<string, number[]>();
  for (const { case: name, what, sample } of lost) {
    const key = `${name}: ${what} of sample`;
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  return [...groups].map(([key, samples]) => `${key}${samples.length > 1 ? 's' : ''} ${samples.join(', ')}`).join('; ');
}
