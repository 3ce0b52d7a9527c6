import type { Encoder } from '../encode/encoder.js';
import type { Picture, Sample } from '../generate/sample.js';
import { decode } from '../image/codec.js';
import type { Raster } from '../image/raster.js';
import type { PlannedSample } from '../plan/plan.js';
import type { Case, Suite } from '../suite/suite.js';
import type { Metric, Score } from './metric.js';
import { metricInput, type SheetRole, sheetRole, type StoredPicture } from './picture-score.js';
import { type ScoreCache, scoreSample } from './score.js';

export interface ScorerOptions {
  suite: Suite;
  metrics: readonly Metric[];
  encoder: Encoder | null;
  cache: ScoreCache;
  /** Bytes of a picture of this run. */
  read(picture: Picture): Uint8Array;
  /** The approved picture of a case, or `null`. */
  approved(caseName: string): { sha256: string; bytes: Uint8Array } | null;
}

export type Scores = Record<string, Score>;

/** Pictures scored at a time: one computes while the other is decoded or embedded off the main thread. */
const WIDTH = 2;

/** Scores pictures as they land, beside generation. */
export class Scorer {
  private readonly cases: ReadonlyMap<string, Case>;
  private readonly decoded = new Map<string, Promise<StoredPicture>>();
  private readonly queue: (() => Promise<void>)[] = [];
  private readonly workers = new Set<Promise<void>>();

  constructor(private readonly options: ScorerOptions) {
    this.cases = new Map(options.suite.cases.map((each) => [each.name, each]));
  }

  /** Queues a sample; `done` gets its scores. A sample without a picture has none. */
  add(sample: Sample, planned: PlannedSample, done: (scores: Scores) => void): void {
    this.queue.push(async () => {
      done(sample.image ? await this.score(sample, sample.image, planned) : {});
    });
    if (this.workers.size >= WIDTH) return;
    const worker = this.work().finally(() => this.workers.delete(worker));
    this.workers.add(worker);
  }

  /** Resolves when everything queued is scored; rejects when a metric failed (a bug). */
  async idle(): Promise<void> {
    while (this.workers.size > 0) await Promise.all(this.workers);
  }

  private async work(): Promise<void> {
    for (let next = this.queue.shift(); next; next = this.queue.shift()) await next();
  }

  private async score(sample: Sample, image: Picture, planned: PlannedSample): Promise<Scores> {
    const each = this.cases.get(sample.case);
    if (!each) throw new Error(`no case ${sample.case} in the suite`);
    const role = sheetRole(each, this.options.suite.characters);
    const approved = this.options.approved(each.name);
    const approvedPicture = approved && (await this.keep(approved.sha256, () => approved.bytes));
    const pictures = {
      image: { sha256: image.sha256, raster: await rasterOf(this.options.read(image)) },
      sheet: await this.sheet(sample, role, approvedPicture),
      approved: approvedPicture,
    };
    const input = metricInput(each, planned.generation, role, pictures, this.options.encoder);
    return scoreSample(input, this.options.metrics, this.options.cache);
  }

  /** A scene is compared with the sheet its own request carried, a new sheet with the approved one. */
  private async sheet(
    sample: Sample,
    role: SheetRole | null,
    approved: StoredPicture | null,
  ): Promise<StoredPicture | null> {
    if (!role) return null;
    if (role.input === null) return approved;
    const picture = sample.inputs[role.input];
    return picture ? this.keep(picture.sha256, () => this.options.read(picture)) : null;
  }

  /** Sheets and approved pictures serve many samples: decoded once. */
  private keep(sha256: string, read: () => Uint8Array): Promise<StoredPicture> {
    const known = this.decoded.get(sha256);
    if (known) return known;
    const fresh = rasterOf(read()).then((raster) => ({ sha256, raster }));
    this.decoded.set(sha256, fresh);
    return fresh;
  }
}

/** Pictures were checked when they were stored, so one that cannot be decoded now is damage. */
async function rasterOf(bytes: Uint8Array): Promise<Raster> {
  const { raster, reason } = await decode(bytes);
  if (!raster) throw new Error(`a stored picture ${reason}`);
  return raster;
}
