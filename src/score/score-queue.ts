import type { Judgement, Picture, Sample } from '../generate/sample.js';
import type { PlannedSample } from '../plan/plan.js';
import type { Case, Statement, Suite } from '../suite/suite.js';
import { keptPicture } from './kept-picture.js';
import type { Judged } from './metric.js';
import type { Scored, Scores } from './scorer.js';
import { sheetRole } from './sheet-role.js';
import type { PictureFile, ScoreTask } from './thread.js';

export interface QueueOptions {
  suite: Suite;
  score(task: ScoreTask): Promise<Scored>;
  /** Bytes of a picture of this run. */
  read(picture: Picture): Uint8Array;
  /** The approved picture of a case, of a conversation that of the same turn, or `null`. */
  approved(caseName: string, turn?: number): PictureFile | null;
}

/** Pictures on their way at a time: one is measured while the next is decoded and embedded. */
const WIDTH = 2;

/** Scores samples as they land, a few at a time. */
export class ScoreQueue {
  private readonly cases: ReadonlyMap<string, Case>;
  private readonly queue: (() => Promise<void>)[] = [];
  private readonly workers = new Set<Promise<void>>();

  constructor(private readonly options: QueueOptions) {
    this.cases = new Map(options.suite.cases.map((each) => [each.name, each]));
  }

  /** `done` gets the scores; a sample without a picture has none. */
  add(sample: Sample, planned: PlannedSample, done: (scores: Scores) => void): void {
    this.queue.push(async () => {
      done(this.known.get(sample) ?? (await this.score(sample, planned)));
    });
    if (this.workers.size >= WIDTH) return;
    const worker = this.work().finally(() => this.workers.delete(worker));
    this.workers.add(worker);
    // `idle` reports what went wrong; until then it is nobody's.
    worker.catch(() => undefined);
  }

  /** Scores that decide whether a sample stays; they are taken again when it is added. */
  async beforehand(sample: Sample, planned: PlannedSample): Promise<Scores> {
    const scores = await this.score(sample, planned);
    this.known.set(sample, scores);
    return scores;
  }

  private readonly known = new WeakMap<Sample, Scores>();

  private async score(sample: Sample, planned: PlannedSample): Promise<Scores> {
    const scored = sample.image ? await this.options.score(this.task(sample, sample.image, planned)) : { scores: {} };
    // Pictures are checked before they are stored, so this one was damaged since.
    if (!scored.scores) throw new Error(`the stored picture of ${planned.id} ${scored.reason}`);
    return scored.scores;
  }

  /** Resolves when everything queued is scored; rejects when a metric failed (a bug). */
  async idle(): Promise<void> {
    while (this.workers.size > 0) await Promise.all(this.workers);
    if (this.failed) throw this.failed.error;
  }

  private failed: { error: unknown } | undefined;

  private async work(): Promise<void> {
    try {
      for (let next = this.queue.shift(); next; next = this.queue.shift()) await next();
    } catch (error) {
      this.failed ??= { error };
      throw error;
    }
  }

  private task(sample: Sample, image: Picture, planned: PlannedSample): ScoreTask {
    const each = this.cases.get(sample.case);
    if (!each) throw new Error(`no case ${sample.case} in the suite`);
    const { aspectRatio = null, imageSize = null } = planned.generation;
    const { makesSheet, characters } = sheetRole(each, this.options.suite.characters);
    const approved = this.options.approved(each.name, sample.turn);
    const file = (picture: Picture): PictureFile => ({ sha256: picture.sha256, bytes: this.options.read(picture) });
    const carried = (name: string): PictureFile | null => {
      const picture = sample.inputs.find((input) => input.name === name);
      return picture ? file(picture) : null;
    };
    // A scene is compared with the sheets its own request carried, a new sheet with the approved one.
    const sheets = characters.map(({ character: { name, views }, input }) => {
      const sheet = makesSheet ? approved : input === null ? null : carried(input);
      return { character: name, views, sheet };
    });
    return {
      case: { name: each.name, text: each.text, checklist: each.checklist },
      requested: { aspectRatio, imageSize },
      makesSheet,
      image: file(image),
      sheets: sheets.flatMap(({ sheet, ...character }) => (sheet ? [{ ...character, ...sheet }] : [])),
      withoutSheet: sheets.flatMap(({ sheet, character }) => (sheet ? [] : [character])),
      approved,
      kept: each.edit?.keeps ? keptPicture(each.edit, carried) : null,
      ...judgedOf(sample.judged, each.checklist),
    };
  }
}

/** What the judge said, which it was asked by these statements. */
export function judgedOf(
  judged: (Pick<Judgement, 'model' | 'prompt'> & { votes: Judged['votes'] }) | undefined,
  statements: readonly Statement[],
): { judged?: Judged } {
  if (!judged) return {};
  const { model, prompt, votes } = judged;
  return { judged: { model, prompt, statements, votes: votes.map(({ answers, reason }) => ({ answers, reason })) } };
}
