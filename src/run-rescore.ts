import { approvedScores, conversationOf } from './gate/approve.js';
import type { ApprovedCase, ApprovedSample, ApprovedTurn } from './gate/baseline.js';
import { incomparable, type Measured } from './gate/comparable.js';
import type { Obstacle } from './gate/input.js';
import type { RunRecord, SampleRecord } from './record.js';
import { settingsOf } from './record-settings.js';
import type { CompareRequest } from './run-compare.js';
import { areOneRun, askedCases, candidateOf, type Sides } from './run-compare-question.js';
import { makingOf } from './run-gate.js';
import { lostText, type Lost, type Rescoring, scoresOf, type Shot } from './run-rescore-task.js';
import { metrics } from './score/metrics/index.js';
import { judgedOf } from './score/score-queue.js';

/**
 * Both sides as they would be, had their samples been measured by this encoder and this version's metrics. What the run that
 * is judged asks of its cases goes for both. Nothing is generated. All samples of a case are measured, or it is an obstacle,
 * which is known before the first one is measured.
 */
export async function rescored(sides: Sides, world: Rescoring): Promise<CompareRequest> {
  const { obstacles } = await measured(sides, { ...world, score: () => Promise.resolve({ scores: {} }) });
  return obstacles.length > 0 ? { ...sides, remeasured: false, obstacles } : measured(sides, world);
}

async function measured({ record, opponent, baseline }: Sides, world: Rescoring): Promise<CompareRequest> {
  const candidate = candidateOf(record).id;
  const ofOne = opponent.kind === 'run' && areOneRun(opponent.record, record);
  const mine = await rescoredRecord(record, record, ofOne ? [candidate, opponent.variant] : [candidate], world);
  const obstacles = [...unreached(record), ...obstacle(mine.lost, `run ${record.id}`, againFromCache)];
  const now = measuredNow(world);
  // What a judge said is said: only how it is counted can be done again.
  const differs = ({ encoder, metrics: versions }: Pick<Measured, 'encoder' | 'metrics'>) =>
    gatingOf(record).some((id) => id in incomparable({ encoder, metrics: versions }, now));
  if (opponent.kind === 'baseline') {
    const judged = askedCases(record).flatMap((name) => baseline.cases.get(name) ?? []);
    const cases = new Map(baseline.cases);
    const lost: Lost[] = [];
    for (const each of judged) {
      const scored = await rescoredCase(each, record, world);
      cases.set(each.case, scored.approved);
      lost.push(...scored.lost);
    }
    const remeasured = [makingOf(record), ...judged].some(differs);
    const again = { ...baseline, cases, ...(remeasured ? { margins: {} } : {}) };
    return {
      record: mine.record,
      opponent,
      baseline: again,
      remeasured,
      obstacles: [...obstacles, ...obstacle(lost, 'the baseline', keepAll)],
    };
  }
  const other = ofOne
    ? { record: mine.record, lost: [] }
    : await rescoredRecord(opponent.record, record, [opponent.variant], world);
  const remeasured = [record, opponent.record].some((each) => differs(makingOf(each)));
  return {
    record: mine.record,
    opponent: { ...opponent, record: other.record },
    baseline: remeasured ? { ...baseline, margins: {} } : baseline,
    remeasured,
    obstacles: [...obstacles, ...obstacle(other.lost, `run ${opponent.record.id}`, againFromCache)],
  };
}

const againFromCache = 'Issue the command of the run again: it takes its pictures from the cache.';
const keepAll = 'Approve a run whose pictures are all there, and keep them in full: evaluate approve --keep-all.';

export function gatingOf(record: RunRecord): string[] {
  return Object.entries(settingsOf(record).metrics).flatMap(([id, { gate }]) => (gate ? [id] : []));
}

function obstacle(lost: readonly Lost[], whose: string, fix: string): Obstacle[] {
  return lost.length === 0 ? [] : [{ problem: `of ${whose}, not there in full any more: ${lostText(lost)}`, fix }];
}

/** Nothing tells how a case is measured that the run did not get to. */
function unreached(record: RunRecord): Obstacle[] {
  const missing = askedCases(record).filter((name) => !record.cases.some((each) => each.name === name));
  if (missing.length === 0) return [];
  const fix = 'Issue its command again: it goes on where it stopped.';
  return [{ problem: `the run did not get to ${missing.join(', ')}`, fix }];
}

/** The record as it would be, had the samples of these variants been measured so. */
async function rescoredRecord(
  record: RunRecord,
  ruler: RunRecord,
  variants: readonly string[],
  world: Rescoring,
): Promise<{ record: RunRecord; lost: Lost[] }> {
  const lost: Lost[] = [];
  const samples: SampleRecord[] = [];
  for (const sample of record.samples) {
    const { image, extra, pending } = sample;
    const requested = record.asked.cases[sample.case]?.requested[sample.variant];
    if (!image || !requested || extra === 'ancestor' || pending || !variants.includes(sample.variant)) {
      samples.push(sample);
      continue;
    }
    const baseline = record.cases.find(({ name }) => name === sample.case)?.baseline;
    const same = sample.turn === undefined ? undefined : baseline?.turns?.[sample.turn - 1];
    const approved = (same ?? baseline)?.picture ?? 'none';
    const { judged } = judgedOf(sample.judged, record.asked.cases[sample.case]?.checklist ?? []);
    const shot: Shot = { ...sample, sha256: image.sha256, approved, requested, judged };
    const scored = await scoresOf(shot, ruler, world);
    if (!scored.scores) lost.push(scored.lost);
    samples.push({ ...sample, scores: scored.scores ?? {} });
  }
  const now = Object.values(metrics).map(({ id, version, better }) => [id, { version, better }] as const);
  return { record: { ...record, encoder: world.encoder, metrics: Object.fromEntries(now), samples }, lost };
}

/** The approved case as it would be, had its samples been measured so. */
async function rescoredCase(
  approved: ApprovedCase,
  ruler: RunRecord,
  world: Rescoring,
): Promise<{ approved: ApprovedCase; lost: Lost[] }> {
  const lost: Lost[] = [];
  const samples: ApprovedSample[] = [];
  const { case: name, inputsMode } = approved;
  // A baseline does not keep what was asked of its pictures: what is asked now goes for both sides.
  const none = { aspectRatio: null, imageSize: null };
  const requested = ruler.asked.cases[name]?.requested[candidateOf(ruler).id] ?? none;
  // Of chains it names the pictures of the first sample only.
  const inputs: Shot['inputs'] = inputsMode === 'approved' ? approved.inputs : 'unknown';
  const again = async <T extends ApprovedTurn>(each: T, sample: number, turn?: number): Promise<T> => {
    if (!each.image) return each;
    const { sha256 } = each.image;
    const judged = approvedAnswers(approved, each);
    const shot = { case: name, sample, sha256, inputs, requested, approved: pictureBefore(approved, turn), judged };
    const scored = await scoresOf(shot, ruler, world);
    if (!scored.scores) lost.push(scored.lost);
    return { ...each, ...approvedScores(scored.scores ?? {}) };
  };
  for (const each of approved.samples) {
    if (!each.turns) {
      samples.push(await again(each, each.sample));
      continue;
    }
    const turns: ApprovedTurn[] = [];
    for (const [index, turn] of each.turns.entries()) turns.push(await again(turn, each.sample, index + 1));
    const { scores, characterFound, found } = conversationOf(turns);
    samples.push({ ...each, scores, characterFound, ...(found && { found }), turns });
  }
  return { approved: { ...approved, ...measuredNow(world), samples }, lost };
}

/** Why a vote did not come is not kept. */
function approvedAnswers({ judged }: ApprovedCase, { votes }: ApprovedTurn): Shot['judged'] {
  if (!judged || !votes) return undefined;
  const { model, prompt, statements } = judged;
  return { model, prompt, statements, votes: votes.map((answers) => ({ answers, reason: null })) };
}

/** The picture that was approved when these samples were measured. */
function pictureBefore({ kept, samples }: ApprovedCase, turn?: number): Shot['approved'] {
  const compared = Object.values(metrics).filter(({ against }) => against === 'approved');
  const wasThere = samples.some(({ scores }) => compared.some(({ id }) => (scores[id] ?? null) !== null));
  const same = turn === undefined ? undefined : kept?.turns?.[turn - 1];
  return (same ?? kept)?.image ?? (wasThere ? 'unknown' : 'none');
}

/** With what the scores are measured anew. */
function measuredNow({ encoder }: Rescoring): Pick<Measured, 'encoder' | 'metrics'> {
  return { encoder, metrics: Object.fromEntries(Object.values(metrics).map(({ id, version }) => [id, version])) };
}
