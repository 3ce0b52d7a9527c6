import type { RunRecord, SampleRecord } from '../record.js';
import { matrix, type Matrix, type Variant } from './matrix.js';
import { outcomeViews, type OutcomeView } from './outcomes.js';
import { savedFor, spentFor } from './spending.js';

/** Where the money of a run went. */
export interface Costs {
  /** USD; `null` without a limit. */
  budget: number | null;
  /** A row per case, the dearest first; a cell per variant. */
  rows: { name: string; cells: CostCell[]; all: Sum }[];
  columns: { variant: Variant; all: Sum; usable: number; samples: number }[];
  all: Sum;
  /** Samples with a usable picture, wherever it came from. */
  usable: number;
  cached: { samples: number; saved: number };
  /** The samples behind the verdict; `null` where no gate judged. */
  judged: { spent: number | null; cases: number; decided: number } | null;
  /** How every sample ended: the states share all samples and all money among them. */
  endings: State[];
  /** Samples that are counted above as well, under how they ended. */
  among: State[];
}

export interface CostCell {
  spent: Sum;
  samples: number;
  cached: number;
}

/** USD of the calls that have a known price, and how many have none. */
export interface Sum {
  usd: number;
  unpriced: number;
}

export interface State extends OutcomeView {
  /** One for each variant, in the order of the record. */
  counts: { samples: number; spent: Sum }[];
  samples: number;
  spent: Sum;
}

export function costs(record: RunRecord): Costs {
  const { maxCost } = record.settings;
  const { samples } = record;
  const rows = matrix(record).rows.map(rowOf);
  const state = (
    view: OutcomeView,
    isIn: (sample: SampleRecord) => boolean,
    costOf: (sample: SampleRecord) => Sum | number | null = spentFor,
  ): State => {
    const found = samples.filter(isIn);
    return {
      ...view,
      counts: record.variants.map(({ id }) => {
        const own = found.filter(({ variant }) => variant === id);
        return { samples: own.length, spent: sumOf(own.map(costOf)) };
      }),
      samples: found.length,
      spent: sumOf(found.map(costOf)),
    };
  };
  const cached = samples.filter((sample) => sample.cached);
  return {
    budget: typeof maxCost === 'number' ? maxCost : null,
    rows: rows.sort((a, b) => b.all.usd - a.all.usd),
    columns: record.variants.map((variant) => {
      const own = samples.filter((sample) => sample.variant === variant.id);
      return { variant, all: sumOf(own.map(spentFor)), usable: usableOf(own), samples: own.length };
    }),
    all: sumOf(samples.map(spentFor)),
    usable: usableOf(samples),
    cached: { samples: cached.length, saved: cached.reduce((sum, sample) => sum + (savedFor(sample) ?? 0), 0) },
    judged: judgedOf(record),
    endings: [
      state({ ...outcomeViews.ok, word: 'usable picture' }, ({ outcome }) => outcome === 'ok'),
      state({ ...outcomeViews.refused, word: 'blocked for safety' }, isSafetyBlock),
      state(
        { ...outcomeViews.refused, word: 'refused otherwise' },
        (it) => it.outcome === 'refused' && !isSafetyBlock(it),
      ),
      ...(['no_image', 'text_only', 'bad_image', 'infra_error', 'skipped'] as const).map((outcome) =>
        state(outcomeViews[outcome], (sample) => sample.outcome === outcome),
      ),
    ],
    among: [
      state(
        { mark: '↻', word: 'retried', tone: 'open' },
        ({ attempts }) => attempts.length > 1,
        ({ attempts }) => sumOf(attempts.slice(0, -1).map(({ cost }) => cost)),
      ),
      state({ mark: '+', word: 'not in the statistics', tone: 'neutral' }, ({ extra }) => extra !== undefined),
    ],
  };
}

/** Blocks for what a picture or prompt shows, by the names that Gemini gives them; the others are about language or copies. */
export function isSafetyBlock({
  outcome,
  reason,
  attempts,
}: Pick<SampleRecord, 'outcome' | 'reason' | 'attempts'>): boolean {
  const said = `${attempts.at(-1)?.finishReason ?? ''} ${reason ?? ''}`;
  return outcome === 'refused' && /SAFETY|PROHIBITED|BLOCKLIST|SPII|MODEL_ARMOR|JAILBREAK/.test(said);
}

function rowOf({ case: { name }, cells }: Matrix['rows'][number]): Costs['rows'][number] {
  return {
    name,
    cells: cells.map(({ samples }) => ({
      spent: sumOf(samples.map(spentFor)),
      samples: samples.length,
      cached: samples.filter(({ cached }) => cached).length,
    })),
    all: sumOf(cells.flatMap(({ samples }) => samples.map(spentFor))),
  };
}

function judgedOf({ gate, verdict }: RunRecord): Costs['judged'] {
  if (!gate || verdict?.state === 'not-gateable' || verdict?.state === 'infra') return null;
  const { cases, spent } = gate.numbers;
  const decided = cases.filter(({ state }) => state === 'ok' || state === 'broken').length;
  const undecided = cases.filter(({ state }) => state === 'undecided').length;
  return { spent, cases: decided + undecided, decided };
}

function sumOf(costs: readonly (Sum | number | null)[]): Sum {
  return costs.reduce<Sum>(
    ({ usd, unpriced }, each) => {
      if (each === null) return { usd, unpriced: unpriced + 1 };
      return typeof each === 'number'
        ? { usd: usd + each, unpriced }
        : { usd: usd + each.usd, unpriced: unpriced + each.unpriced };
    },
    { usd: 0, unpriced: 0 },
  );
}

const usableOf = (samples: readonly SampleRecord[]) => samples.filter(({ outcome }) => outcome === 'ok').length;
