import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { readdir, readFile, realpathSync } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import { missingShards } from '../record-shards.js';
import { runRecord, type RunRecord } from '../record.js';
import { matrix, valuesOf } from './matrix.js';
import { spread, type Spread } from './spread.js';

/** The runs of a suite that lie beside a run, each reduced to the few numbers that a trend needs. */
export interface History {
  /** `null` when the run measured nothing. */
  metric: { id: string; better: 'higher' | 'lower' } | null;
  /** Oldest first; the last one is the run itself. */
  runs: PastRun[];
  /** How many records were met and left out. */
  left: {
    damaged: number;
    /** Emulated beside a real run, or real beside an emulated one. */
    otherPictures: number;
    /** Parts of a run that was split. */
    shards: number;
  };
  /** There are older runs, which were not read. */
  older: boolean;
}

export interface PastRun {
  id: string;
  startedAt: string;
  status: RunRecord['status'];
  verdict: NonNullable<RunRecord['verdict']>['state'] | null;
  checksFailed: number;
  /** Why its scores cannot stand beside those of the run itself; `null` when they can. */
  incomparable: string | null;
  /** In the order of the record. */
  variants: PastVariant[];
  /** case -> what was approved when the run was made; every case of the run has an entry. */
  baselines: Map<string, { run: string; approvedAt: string; score: Score | null } | null>;
}

export interface PastVariant {
  /** Of the model with its settings. */
  name: string;
  revision: string;
  /** That a revision of git named. */
  commit: string | null;
  candidate: boolean;
  /** What the answers call the model, in order of the alphabet; empty when none said. */
  versions: string[];
  /** case -> cell; only cases with samples. */
  cells: Map<string, PastCell>;
}

export interface PastCell {
  /** Of the statistics. */
  score: Score | null;
  samples: number;
  usable: number;
  cached: number;
  /** Hashes of its prompts as they were sent, one for each wording. */
  prompts: string[];
}

export type Score = Omit<Spread, 'values'>;

/** Runs shown beside the run itself, and records read to find them: most may be of the other kind of pictures. */
export const SHOWN = 40;
const READ = 120;

const { element: sample } = runRecord.shape.samples;

/** What a trend needs of a record. The rest, above all evidence, is most of the file and is not checked. */
const remembered = runRecord
  .pick({
    id: true,
    suite: true,
    emulated: true,
    status: true,
    startedAt: true,
    encoder: true,
    metrics: true,
    settings: true,
  })
  .extend(runRecord.pick({ shards: true, variants: true, verdict: true }).shape)
  .extend({
    cases: runRecord.shape.cases.element.pick({ name: true, baseline: true }).array(),
    checks: runRecord.shape.checks.element.pick({ passed: true }).array(),
    samples: sample
      .pick({ case: true, variant: true, sample: true, outcome: true, prompt: true })
      .extend(sample.pick({ modelVersion: true, cached: true, extra: true }).shape)
      .extend({ scores: z.record(z.string(), sample.shape.scores.valueType.pick({ value: true })) })
      .array(),
  });

type Remembered = z.infer<typeof remembered>;

/** The scale on which a run measured: where it differs, numbers say nothing about each other. */
type Scale = Pick<Remembered, 'metrics' | 'encoder' | 'settings'> & { metric: string | null };

/**
 * Reads the newest `SHOWN` runs before this one, from the folders beside its own. Their names are run ids, which sort
 * by time. A folder under another name than its run's (a copy, a download) has no runs beside it.
 */
export async function readHistory(folder: string, record: RunRecord): Promise<History> {
  const metric = matrix(record).metric;
  const better = record.metrics[metric ?? '']?.better;
  const scale = { metric, metrics: record.metrics, encoder: record.encoder, settings: record.settings };
  const history: History = {
    metric: metric !== null && better ? { id: metric, better } : null,
    runs: [reduced(record, scale)],
    left: { damaged: 0, otherPictures: 0, shards: 0 },
    older: false,
  };
  const home = realpathSync(folder);
  const names = basename(home) === record.id ? await earlierRuns(dirname(home), record.id) : [];
  let read = 0;
  for (const name of names) {
    if (history.runs.length > SHOWN || read === READ) return { ...history, older: true };
    const past = await readPast(join(dirname(home), name), name, record.suite.name);
    if (past === 'none') continue;
    read += 1;
    if (past === 'damaged') history.left.damaged += 1;
    else if (past.emulated !== record.emulated) history.left.otherPictures += 1;
    else if (past.shards && missingShards(past.shards).length > 0) history.left.shards += 1;
    else history.runs.unshift(reduced(past, scale));
  }
  return history;
}

/** Newest first. Links (`latest`) are not runs. */
async function earlierRuns(home: string, id: string): Promise<string[]> {
  const found = await readdir(home, { withFileTypes: true });
  return found
    .filter((each) => each.isDirectory() && /^\d{4}-\d\d-\d\dT/.test(each.name) && each.name < id)
    .map(({ name }) => name)
    .sort()
    .reverse();
}

/** `none`: the folder has no record, as of a run that is on its way. */
async function readPast(folder: string, id: string, suite: string): Promise<Remembered | 'damaged' | 'none'> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'ENOENT') return 'none';
    if (error instanceof SyntaxError || typeof code === 'string') return 'damaged';
    throw error;
  }
  const { data } = remembered.safeParse(json);
  return data?.id === id && data.suite.name === suite ? data : 'damaged';
}

function reduced(record: Remembered, scale: Scale): PastRun {
  const { id, startedAt, status, verdict, checks } = record;
  const score = (values: readonly number[]): Score | null => {
    const each = spread(values);
    return each && { n: each.n, mean: each.mean, sd: each.sd, interval: each.interval };
  };
  const { metric } = scale;
  return {
    id,
    startedAt,
    status,
    verdict: verdict?.state ?? null,
    checksFailed: checks.filter(({ passed }) => passed === false).length,
    incomparable: metric === null ? null : incomparable(record, { ...scale, metric }),
    variants: record.variants.map(({ id: variant, name, revision, commit = null, candidate }) => {
      const samples = record.samples.filter((each) => each.variant === variant);
      const cells = new Map<string, Remembered['samples']>();
      for (const each of samples) {
        const others = cells.get(each.case);
        if (others) others.push(each);
        else cells.set(each.case, [each]);
      }
      return {
        name,
        revision,
        commit,
        candidate,
        versions: distinct(samples.flatMap(({ modelVersion }) => modelVersion ?? [])),
        cells: new Map([...cells].map(([name, all]) => [name, cell(all, metric, score)])),
      };
    }),
    baselines: new Map(
      record.cases.map(({ name, baseline }) => [
        name,
        baseline && {
          run: baseline.run,
          approvedAt: baseline.approvedAt,
          score: score((metric !== null && baseline.scores[metric]) || []),
        },
      ]),
    ),
  };
}

function cell(all: Remembered['samples'], metric: string | null, score: (values: number[]) => Score | null): PastCell {
  const counted = all.filter(({ extra }) => extra === undefined);
  return {
    score: metric === null ? null : score(valuesOf(counted, metric)),
    samples: counted.length,
    usable: counted.filter(({ outcome }) => outcome === 'ok').length,
    cached: counted.filter(({ cached }) => cached).length,
    prompts: distinct(all.map(({ prompt }) => prompt)).map((prompt) => sha256(prompt)),
  };
}

const distinct = (values: readonly string[]) => [...new Set(values)].sort();

function incomparable(
  past: Remembered,
  { metric, metrics, encoder, settings }: Scale & { metric: string },
): string | null {
  const [there, here] = [past.metrics[metric]?.version, metrics[metric]?.version];
  if (there === undefined) return `${metric} was not measured`;
  if (there !== here) return `${metric} was measured by version ${there}, now it is ${here ?? 'none'}`;
  if (metric === 'checklist' && !isDeepStrictEqual(past.settings['judge'], settings['judge']))
    return 'another judge, or another number of votes';
  if (past.encoder?.sha256 === encoder?.sha256) return null;
  return `scored by ${nameOf(past.encoder)}, now by ${nameOf(encoder)}`;
}

function nameOf(encoder: Scale['encoder']): string {
  return encoder ? `encoder ${encoder.id} (${encoder.sha256.slice(0, 8)})` : 'no encoder';
}
