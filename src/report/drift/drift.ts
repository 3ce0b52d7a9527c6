import type { RunRecord, SampleRecord } from '../../record.js';
import { pooledSpread } from '../../stats/spread.js';
import { mean } from '../../stats/summary.js';
import type { RecordedCase, Variant } from '../matrix.js';
import type { Spread } from '../spread.js';
import { approvedScenes, type ApprovedScenes } from './approved.js';
import { hopsFrom } from './hops.js';
import { turnDrifts } from './turns.js';
import { approvedMean, curveOf } from './curve.js';
import { missingOf, readingOf, type Missing } from './missing.js';
import type { ApprovedMean, Chain, Slope } from './slope.js';

/** How a character changes from picture to picture: from scene to scene made of it, or from turn to turn of a conversation. */
export interface Drift {
  by: 'hop' | 'turn';
  /** The character that is carried through scenes; the case that is a conversation. */
  of: string;
  /** Ascending; only hops with a scored scene, or turns with a scored picture. */
  hops: Hop[];
  variants: VariantDrift[];
  /** The same scenes made from approved pictures. */
  approved: ApprovedScenes;
}

export interface Hop {
  /** From 1: pictures between the scene and the sheet, or the number of the turn. */
  hop: number;
  cases: string[];
  /** Mean over the cases of their approved means; `null` unless every case has one. */
  approved: ApprovedMean | null;
}

export interface VariantDrift {
  variant: Variant;
  /** A chain is a sample index: its scenes, or turns, stand on each other. Values as `hops`, `null` unless every case has one. */
  chains: { sample: number; values: Chain }[];
  /** Over the chains, as `hops`. */
  spreads: (Spread | null)[];
  /** Of the values as they are. */
  slope: Slope | null;
  /** Of their distances from the approved means. */
  beside: Slope | null;
  missing: Missing[];
}

export const METRIC = 'consistency';

/**
 * One for each character that is carried two hops or more, unless the run's inputs were approved ones, and one for each
 * conversation that shows a character.
 */
export function drifts(record: RunRecord): Drift[] {
  return METRIC in record.metrics ? [...hopDrifts(record), ...turnDrifts(record, METRIC)] : [];
}

function hopDrifts(record: RunRecord): Drift[] {
  if (record.settings['inputs'] !== 'generated') return [];
  const characters = new Set(record.cases.flatMap((each) => each.characters.map(({ name }) => name)));
  return [...characters].flatMap((character) => driftOf(record, character) ?? []);
}

function driftOf(record: RunRecord, character: string): Drift | null {
  const hopOf = hopsFrom(record, character);
  // A scene with several characters has one value; it counts for the first.
  const scenes = record.cases.filter(({ characters: [first] }) => first?.name === character && first.sheet !== null);
  if (!scenes.some(({ name }) => (hopOf.get(name) ?? 0) >= 2)) return null;
  const samples = bySlot(record);
  const scored = new Set(
    [...samples.values()].flat().flatMap((each) => (each.scores[METRIC]?.value == null ? [] : each.case)),
  );
  const approved = approvedScenes(scenes, METRIC);
  const hops = hopsOf(
    scenes.filter(({ name }) => scored.has(name)),
    hopOf,
    approved,
  );
  return {
    by: 'hop',
    of: character,
    hops,
    variants: record.variants.map((variant) => variantDrift(variant, scenes, hops, samples)),
    approved,
  };
}

function hopsOf(
  scenes: readonly RecordedCase[],
  hopOf: ReadonlyMap<string, number>,
  { values }: ApprovedScenes,
): Hop[] {
  const scatter = pooledSpread(scenes.flatMap(({ name }) => [values.get(name) ?? []]));
  const found = [...new Set(scenes.flatMap(({ name }) => hopOf.get(name) ?? []))].sort((a, b) => a - b);
  return found.map((hop) => {
    const cases = scenes.flatMap(({ name }) => (hopOf.get(name) === hop ? [name] : []));
    const sets = cases.flatMap((name) => {
      const set = values.get(name);
      return set ? [set] : [];
    });
    return { hop, cases, approved: sets.length < cases.length ? null : approvedMean(sets, scatter) };
  });
}

type Slots = ReadonlyMap<string, readonly SampleRecord[]>;

/** Turns of one conversation lie together. Ancestors nobody asked for are links of the chain like all others. */
function bySlot(record: RunRecord): Slots {
  const slots = new Map<string, SampleRecord[]>();
  for (const sample of record.samples) {
    if (sample.extra !== undefined && sample.extra !== 'ancestor') continue;
    const key = slotOf(sample.variant, sample.case, sample.sample);
    slots.set(key, [...(slots.get(key) ?? []), sample]);
  }
  return slots;
}

const slotOf = (variant: string, name: string, sample: number) => JSON.stringify([variant, name, sample]);

function variantDrift(
  variant: Variant,
  scenes: readonly RecordedCase[],
  hops: readonly Hop[],
  samples: Slots,
): VariantDrift {
  const reading = (name: string, chain: number) =>
    readingOf(samples.get(slotOf(variant.id, name, chain)) ?? [], METRIC);
  const indices = new Set(
    [...samples.values()].flatMap(([first]) => (first?.variant === variant.id ? [first.sample] : [])),
  );
  const chains = [...indices]
    .sort((a, b) => a - b)
    .map((sample) => ({
      sample,
      values: hops.map(({ cases }) => {
        const values = cases.flatMap((name) => {
          const each = reading(name, sample);
          return 'value' in each ? [each.value] : [];
        });
        return values.length < cases.length ? null : mean(values);
      }),
    }));
  const gaps = chains.flatMap(({ sample }) =>
    scenes.flatMap(({ name }) => {
      const each = reading(name, sample);
      return 'why' in each ? [{ scene: name, chain: sample, why: each.why }] : [];
    }),
  );
  return { variant, chains, ...curveOf(hops, chains), missing: missingOf(gaps, 'chain') };
}
