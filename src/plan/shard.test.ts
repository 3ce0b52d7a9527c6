import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generationFor } from '../suite/generation.js';
import { smallSuite } from './__fixtures__/suite.js';
import { priceOf } from './estimate.js';
import { makePlan, type PlannedSample } from './plan.js';
import { selectVariants } from './select.js';
import { shardOf } from './shard.js';

const models = ['gemini-nano-banana-2.1', 'gemini-3-pro-image', 'a-model-without-a-price'];

/** Some samples stand on earlier ones of their variant and number. */
const plan: fc.Arbitrary<PlannedSample[]> = fc
  .array(
    fc.record({
      model: fc.constantFrom(...models),
      sample: fc.integer({ min: 1, max: 4 }),
      on: fc.array(fc.nat(), { maxLength: 2 }),
      size: fc.constantFrom('1K', '4K'),
    }),
    { maxLength: 40 },
  )
  .map((drawn) =>
    drawn.reduce<PlannedSample[]>((made, { model, sample, on, size }) => {
      const before = made.filter((each) => each.variant.model === model && each.sample === sample);
      const id = `${model}/case${made.length}#${sample}`;
      const parents = before.length === 0 ? [] : on.map((n) => before[n % before.length]?.id ?? '');
      return [...made, planned({ id, sample, parents: [...new Set(parents)] }, model, size)];
    }, []),
  );

function planned(changes: Partial<PlannedSample>, model: string, imageSize = '1K'): PlannedSample {
  return {
    id: '',
    slot: '',
    case: '',
    variant: { id: model, model, name: model, settings: {}, revision: 'v1', candidate: true },
    sample: 1,
    seed: 0,
    prompt: '',
    generation: { imageSize },
    inputs: [],
    parents: [],
    ...changes,
  };
}

const shards = (samples: readonly PlannedSample[], of: number) =>
  Array.from({ length: of }, (_, index) => shardOf(samples, { number: index + 1, of }));
const ids = (samples: readonly PlannedSample[]) => samples.map(({ id }) => id);
const numberOf = fc.integer({ min: 1, max: 7 });

describe('shards of a plan', () => {
  it('make each sample once, in the order of the plan', () => {
    fc.assert(
      fc.property(plan, numberOf, (samples, of) => {
        const parts = shards(samples, of);
        expect(parts.flatMap(ids).sort()).toEqual(ids(samples).sort());
        for (const part of parts) expect(part).toEqual(samples.filter((each) => part.includes(each)));
      }),
    );
  });

  it('never cut a lineage', () => {
    fc.assert(
      fc.property(plan, numberOf, (samples, of) => {
        for (const part of shards(samples, of))
          for (const { parents } of part) expect(ids(part)).toEqual(expect.arrayContaining(parents));
      }),
    );
  });

  it('are the same wherever they are made', () => {
    fc.assert(
      fc.property(plan, numberOf, (samples, of) => {
        expect(shards(structuredClone(samples), of).map(ids)).toEqual(shards(samples, of).map(ids));
      }),
    );
  });

  it('cost about the same: where nothing stands on anything, they differ by the dearest sample at most', () => {
    fc.assert(
      fc.property(plan, numberOf, (drawn, of) => {
        const samples = drawn.filter((each) => priceOf(each)).map((each) => ({ ...each, parents: [] }));
        const middle = (each: PlannedSample) => ((priceOf(each)?.low ?? 0) + (priceOf(each)?.high ?? 0)) / 2;
        const sums = shards(samples, of).map((part) => part.reduce((sum, each) => sum + middle(each), 0));
        expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(Math.max(0, ...samples.map(middle)) + 1e-9);
      }),
    );
  });

  it.each([
    ['by number where no price is known', models[2], '1K', [3, 3, 2]],
    ['with prices', models[1], '1K', [3, 3, 2]],
  ])('split eight alike %s', (_how, model = '', size, lengths) => {
    const samples = Array.from({ length: 8 }, (_, n) => planned({ id: `${n}` }, model, size));
    expect(shards(samples, 3).map(({ length }) => length)).toEqual(lengths);
  });

  it('weigh a sample by its price', () => {
    const dear = planned({ id: 'dear' }, 'gemini-3-pro-image', '4K');
    const cheap = ['a', 'b', 'c'].map((id) => planned({ id }, 'gemini-nano-banana-2.1'));
    expect(shards([...cheap, dear], 2).map(ids)).toEqual([['dear'], ['a', 'b', 'c']]);
  });
});

describe('shards of a suite', () => {
  const suite = smallSuite();
  const of = (changes: { inputs: 'approved' | 'generated'; approved?: string[] }) =>
    makePlan({
      suite,
      variants: selectVariants(suite, { models: ['pro'], revisions: ['v2'], cases: [] }),
      cases: suite.cases,
      samples: 2,
      offset: 0,
      seed: 0,
      generationFor: (variant, each) => generationFor(suite, { generation: variant.settings }, each),
      inputs: changes.inputs,
      approved: new Set(changes.approved),
    }).first;
  const slots = (samples: readonly PlannedSample[]) => samples.map(({ slot }) => slot).join(' ');

  it.each([
    [
      'generated inputs: a chain each',
      of({ inputs: 'generated' }),
      ['cutout#1 sheet#1 mountains#1 valley#1', 'cutout#2 sheet#2 mountains#2 valley#2', ''],
    ],
    [
      'approved inputs: as they come',
      of({ inputs: 'approved', approved: suite.cases.map(({ name }) => name) }),
      ['cutout#1 valley#1 sheet#2', 'cutout#2 valley#2', 'sheet#1 mountains#1 mountains#2'],
    ],
    [
      'nothing approved: whatever is made from the one provisional picture',
      of({ inputs: 'approved' }),
      ['cutout#1 sheet#1 mountains#1 valley#1 sheet#2 mountains#2 valley#2', 'cutout#2', ''],
    ],
  ])('%s', (_what, samples, expected) => {
    expect(shards(samples, 3).map(slots)).toEqual(expected);
  });
});
