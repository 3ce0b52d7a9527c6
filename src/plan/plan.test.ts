import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generationFor } from '../suite/generation.js';
import { smallSuite } from './__fixtures__/suite.js';
import { makePlan, type PlanRequest } from './plan.js';
import { estimatePlan, priceOf } from './estimate.js';
import { selectCases, selectVariants } from './select.js';
import { unchangedCases } from './unchanged.js';

const suite = smallSuite();
const [, , mountains] = suite.cases;
/** With a conversation, and a case that is made from its picture. */
const talkative = smallSuite({
  cases: [
    ...suite.cases,
    ...(mountains
      ? [
          { ...mountains, name: 'talk', prompts: { v2: ['One', 'Two', 'Three'], v1: ['One', 'Two', 'Three'] } },
          { ...mountains, name: 'after', images: [{ name: 'talk', case: 'talk' }], prompts: { v2: ['A'], v1: ['A'] } },
        ]
      : []),
  ],
});
const everything = { models: [], revisions: [], cases: [] };

function planOf(changes: Partial<PlanRequest> = {}) {
  return makePlan({
    suite,
    variants: selectVariants(suite, everything),
    cases: suite.cases,
    samples: 2,
    inputs: 'approved',
    approved: new Set(),
    offset: 0,
    seed: 0,
    generationFor: (variant, each) => generationFor(suite, { generation: variant.settings }, each),
    ...changes,
  });
}

const inputsOf = (plan: ReturnType<typeof planOf>, id: string) => plan.first.find((sample) => sample.id === id)?.inputs;

describe('plan', () => {
  it('holds every model x revision x case x sample once', () => {
    const ids = planOf().first.map((sample) => sample.id);
    expect(ids).toHaveLength(2 * 2 * 4 * 2);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('chains sample k to the parents of the same variant and index when inputs are generated', () => {
    const plan = planOf({ inputs: 'generated' });
    expect(inputsOf(plan, 'pro@v1/valley#2')).toEqual([
      { name: 'robot', from: 'sample', id: 'pro@v1/sheet#2' },
      { name: 'mountains', from: 'sample', id: 'pro@v1/mountains#2' },
    ]);
  });

  it('gives all children one provisional picture while a parent has no approved one', () => {
    const plan = planOf({ approved: new Set(['sheet']) });
    for (const sample of [1, 2]) {
      expect(inputsOf(plan, `pro@v1/valley#${sample}`)).toEqual([
        { name: 'robot', from: 'approved', case: 'sheet' },
        { name: 'mountains', from: 'sample', id: 'pro@v1/mountains#1' },
      ]);
    }
  });

  it('numbers samples on from the baseline', () => {
    const plan = planOf({ offset: 8, approved: new Set(['cutout', 'sheet', 'mountains', 'valley']) });
    expect([...new Set(plan.first.map((sample) => sample.sample))]).toEqual([9, 10]);
  });

  it('brings of the ancestors of a case only what it needs', () => {
    const valley = selectCases(suite, { ...everything, cases: ['val*'] });
    const made = (plan: ReturnType<typeof planOf>) =>
      plan.first
        .filter((sample) => sample.variant.id === 'pro@v1')
        .map((sample) => `${sample.slot}${sample.extra ? '*' : ''}`);
    expect(made(planOf({ cases: valley }))).toEqual(['cutout#1*', 'sheet#1*', 'mountains#1*', 'valley#1', 'valley#2']);
    expect(made(planOf({ cases: valley, approved: new Set(['sheet', 'mountains']) }))).toEqual([
      'valley#1',
      'valley#2',
    ]);
    expect(made(planOf({ cases: valley, inputs: 'generated' }))).toEqual(
      [1, 2].flatMap((k) => [`cutout#${k}*`, `sheet#${k}*`, `mountains#${k}*`, `valley#${k}`]),
    );
  });

  it('gives a slot the same seed in every variant, and another to every slot', () => {
    const { first: samples } = planOf();
    const seeds = new Map<string, Set<number>>();
    for (const { slot, seed } of samples) seeds.set(slot, (seeds.get(slot) ?? new Set()).add(seed));
    expect([...seeds.values()].every((set) => set.size === 1)).toBe(true);
    expect(new Set([...seeds.values()].flatMap((set) => [...set])).size).toBe(seeds.size);
  });

  it('adds later slots in the variants asked for, with their own chains where inputs are generated', () => {
    const later = (inputs: 'approved' | 'generated') =>
      planOf({ inputs })
        .more([{ case: 'mountains', round: 3 }], ['pro@v1'])
        .map(({ id, sample }) => [id, sample]);
    expect(later('approved')).toEqual([['pro@v1/mountains#3', 3]]);
    expect(later('generated').map(([id]) => id)).toEqual(
      ['cutout', 'sheet', 'mountains'].map((name) => `pro@v1/${name}#3`),
    );
  });

  it('lets compared variants share one provisional picture', () => {
    const variants = selectVariants(suite, { ...everything, models: ['pro'] });
    const [, reference] = variants;
    const plan = planOf({ variants, provisionalOf: (variant) => reference ?? variant });
    expect(inputsOf(plan, 'pro@v2/mountains#2')).toEqual([{ name: 'robot', from: 'sample', id: 'pro@v1/sheet#1' }]);
  });

  it('makes of a conversation one picture a turn, each after the one before', () => {
    const plan = planOf({
      suite: talkative,
      cases: talkative.cases.slice(-2),
      variants: selectVariants(suite, { ...everything, models: ['pro'], revisions: ['v1'] }),
      approved: new Set(['sheet']),
    });
    const robot = { name: 'robot', from: 'approved', case: 'sheet' };
    const of = (sample: number) => plan.first.filter((each) => each.case === 'talk' && each.sample === sample);
    expect(of(2)).toMatchObject([
      { slot: 'talk#2.1', prompt: 'One', turn: { number: 1, earlier: [] }, inputs: [robot], parents: [] },
      {
        slot: 'talk#2.2',
        prompt: 'Two',
        turn: { number: 2, earlier: [{ id: 'pro@v1/talk#2.1', prompt: 'One' }] },
        inputs: [robot],
        parents: ['pro@v1/talk#2.1'],
      },
      {
        prompt: 'Three',
        turn: { number: 3, earlier: [{ id: 'pro@v1/talk#2.1' }, { id: 'pro@v1/talk#2.2' }] },
        parents: ['pro@v1/talk#2.2'],
      },
    ]);
    expect(new Set(of(2).map(({ seed }) => seed)).size).toBe(3);
    expect(inputsOf(plan, 'pro@v1/after#2')).toEqual([{ name: 'talk', from: 'sample', id: 'pro@v1/talk#1.3' }]);
    expect(estimatePlan(of(2), new Map()).images).toBe(3);
    const prices = of(2).map((each) => priceOf(each)?.high ?? 0);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
    expect(new Set(prices).size).toBe(3);
  });

  it('takes a conversation for unchanged only where every turn is', () => {
    const variants = selectVariants(suite, { ...everything, models: ['pro'] });
    const [a, b] = variants;
    const unchanged = (last: string) => {
      const cases = talkative.cases.map((each) =>
        each.name === 'talk' ? { ...each, prompts: { v2: ['One', 'Two', last], v1: ['One', 'Two', 'Three'] } } : each,
      );
      const plan = planOf({
        suite: { ...talkative, cases },
        cases: cases.slice(-2),
        variants,
        approved: new Set(['sheet']),
      });
      return a && b ? [...unchangedCases(plan, a, b)] : null;
    };
    expect(unchanged('Three')).toEqual(['talk', 'after']);
    expect(unchanged('Another')).toEqual([]);
  });

  it('never needs a sample that it does not hold, nor one of another variant', () => {
    const names = suite.cases.map((each) => each.name);
    fc.assert(
      fc.property(
        fc.subarray(names, { minLength: 1 }),
        fc.subarray(names),
        fc.constantFrom('approved' as const, 'generated' as const),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(20),
        (asked, approved, inputs, samples, offset) => {
          const cases = suite.cases.filter((each) => asked.includes(each.name));
          const plan = planOf({ cases, approved: new Set(approved), inputs, samples, offset });
          const byId = new Map(plan.first.map((sample) => [sample.id, sample]));
          for (const sample of plan.first) {
            for (const parent of sample.parents) expect(byId.get(parent)?.variant.id).toBe(sample.variant.id);
          }
          for (const name of asked) {
            expect(plan.first.filter((sample) => sample.case === name && !sample.extra)).toHaveLength(4 * samples);
          }
        },
      ),
    );
  });
});

describe('selection', () => {
  it('makes the first model x first revision the candidate', () => {
    const variants = selectVariants(suite, everything);
    expect(variants.map(({ id, candidate }) => [id, candidate])).toEqual([
      ['gemini-nano-banana-2.1@v2', true],
      ['gemini-nano-banana-2.1@v1', false],
      ['pro@v2', false],
      ['pro@v1', false],
    ]);
  });

  it('takes a model by name or id, and one of the catalogue that the suite does not name', () => {
    const of = (model: string) =>
      selectVariants(suite, { ...everything, models: [model], revisions: ['v1'] }).map(({ id }) => id);
    expect(of('pro')).toEqual(['pro@v1']);
    expect(of('gemini-3-pro-image')).toEqual(['pro@v1']);
    expect(of('emulated-drifting')).toEqual(['emulated-drifting@v1']);
  });

  it.each([
    [{ models: ['pr'] }, "--model pr is not in the suite. Did you mean 'pro'?"],
    [{ revisions: ['v3'] }, "--revision v3 is not in the suite. Did you mean 'v2'?"],
    [{ cases: ['vally'] }, "--case vally fits no case. Did you mean 'valley'?"],
  ])('names what is not there: %j', (changes, message) => {
    const selection = { ...everything, ...changes };
    expect(() => [selectVariants(suite, selection), selectCases(suite, selection)]).toThrow(message);
  });
});
