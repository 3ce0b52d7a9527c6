import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { UsageError } from '../lib/errors.js';
import { FaultPicker, parseFaultPlan, type FaultPlan } from './faults.js';

const question = { model: 'm', prompt: 'On the Summit', request: 'r', header: undefined };
const struck = (rules: FaultPlan['rules'], count: number, ask: Partial<typeof question> = {}) => {
  const picker = new FaultPicker({ rules });
  return Array.from({ length: count }, () => picker.pick({ ...question, ...ask })?.name ?? '-');
};

describe('a fault plan', () => {
  it.each<[string, FaultPlan['rules'][number]['match'], string]>([
    ['every call without a match', undefined, 'xxxxxx'],
    ['one call', { call: 2 }, '-x----'],
    ['some calls', { call: [1, 4] }, 'x--x--'],
    ['each third call', { every: 3 }, '--x--x'],
    ['calls of a model', { model: 'm' }, 'xxxxxx'],
    ['no call of another model', { model: 'n', call: 1 }, '------'],
    ['a word of the prompt in any case', { promptIncludes: 'summit', call: 1 }, 'x-----'],
    ['no call without the word', { promptIncludes: 'valley' }, '------'],
    ['never', { probability: 0 }, '------'],
    ['always', { probability: 1 }, 'xxxxxx'],
  ])('strikes %s', (_, match, expected) => {
    const rule = { fault: 'internal' as const, ...(match && { match }) };
    expect(
      struck([rule], 6)
        .map((name) => (name === 'internal' ? 'x' : name))
        .join(''),
    ).toBe(expected);
  });

  it('lets the first rule win, and counts for all', () => {
    expect(
      struck(
        [
          { match: { call: 1 }, fault: 'internal' },
          { match: { call: [1, 2] }, fault: 'hang' },
        ],
        3,
      ),
    ).toEqual(['internal', 'hang', '-']);
  });

  it('counts the calls that a rule chooses, not all', () => {
    const picker = new FaultPicker({ rules: [{ match: { model: 'b', call: 2 }, fault: 'reset' }] });
    expect(['a', 'b', 'a', 'b', 'b'].map((model) => picker.pick({ ...question, model })?.name ?? '-')).toEqual([
      '-',
      '-',
      '-',
      'reset',
      '-',
    ]);
  });

  it('gives a probability its share, the same one in any order of arrival, another one by another seed', () => {
    const requests = Array.from({ length: 2000 }, (_, index) => `request ${index % 1000}`);
    const hit = (order: string[], seed: number) => {
      const picker = new FaultPicker({ seed, rules: [{ match: { probability: 0.3 }, fault: 'internal' }] });
      return order
        .flatMap((request, index) =>
          picker.pick({ ...question, request }) ? `${request} ${Math.floor(index / 1000)}` : [],
        )
        .sort();
    };
    const firstHalf = requests.slice(0, 1000);
    const backwards = [...firstHalf].reverse();
    expect(hit([...backwards, ...backwards], 1)).toEqual(hit(requests, 1));
    expect(hit(requests, 2)).not.toEqual(hit(requests, 1));
    // 2000 draws at 0.3: four standard deviations are 82.
    expect(Math.abs(hit(requests, 1).length - 600)).toBeLessThan(82);
  });

  it('reads the form people write, with seconds', () => {
    const plan = parseFaultPlan(
      parse('seed: 7\nrules:\n  - match: { call: 1 }\n    fault: { name: rate-limit, delay: 3 }\n  - fault: hang\n'),
      'faults.yaml',
    );
    const picker = new FaultPicker(plan);
    expect(picker.pick(question)).toMatchObject({ name: 'rate-limit', delayMs: 3000 });
    expect(picker.pick(question)).toMatchObject({ name: 'hang', delayMs: null });
  });

  it.each([
    ['an unknown fault', { rules: [{ fault: 'explode' }] }],
    ['call 0', { rules: [{ match: { call: 0 }, fault: 'hang' }] }],
    ['a probability over 1', { rules: [{ match: { probability: 1.5 }, fault: 'hang' }] }],
    ['an unknown condition', { rules: [{ match: { nth: 1 }, fault: 'hang' }] }],
    ['no rules', {}],
    ['a bare list', []],
  ])('refuses %s and names the file', (_, plan) => {
    expect(() => parseFaultPlan(plan, 'faults.yaml')).toThrow(UsageError);
    expect(() => parseFaultPlan(plan, 'faults.yaml')).toThrow(/^faults.yaml: the fault plan is not valid/);
  });
});
