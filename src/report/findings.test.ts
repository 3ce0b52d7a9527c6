import { expect, it } from 'vitest';
import { gatedRecord } from './__fixtures__/gated-record.js';
import { record, sample } from './__fixtures__/small-record.js';
import { findings } from './findings.js';

const states = (of: Parameters<typeof findings>[0]) =>
  findings(of).map(({ cell, state }) => `${cell.case.name} ${state}`);

it('puts the broken case first, then what is open, then by how far a case fell', () => {
  const regression = findings(gatedRecord('regression'));
  expect(regression.slice(0, 3).map(({ cell, words, effects }) => [cell.case.name, words, effects])).toEqual([
    ['forest', 'broken', [{ metric: 'consistency', text: '−0.241 (margin 0.08), n 2 against 8' }]],
    ['clearing', 'undecided', [{ metric: 'consistency', text: '−0.049 (margin 0.08), n 2 against 8' }]],
    ['ascension', 'undecided', [{ metric: 'consistency', text: '−0.027 (margin 0.08), n 2 against 8' }]],
  ]);
  expect(regression.at(-1)?.state).toBe('ok');
});

it('judges no case where the gate could not', () => {
  for (const state of ['not-gateable', 'infra'] as const) {
    const judged = findings(gatedRecord(state)).filter(({ state: each }) => each !== 'unjudged' && each !== 'infra');
    expect(judged).toEqual([]);
  }
  expect(findings(gatedRecord('infra'))[0]).toMatchObject({ state: 'infra', cell: { case: { name: 'sheet' } } });
});

it('tells a case without a usable picture from one that was not made, whatever the gate says of it', () => {
  const samples = [
    sample({ outcome: 'infra_error', scores: {} }),
    sample({ sample: 2, outcome: 'refused', scores: {} }),
  ];
  const found = findings(record({ samples }));
  expect(found.map(({ state, words }) => [state, words])).toEqual([
    ['lost', 'no usable picture: 1 refused, 1 infrastructure error'],
    ['lost', 'no sample was made'],
  ]);
});

it('counts a metric as people do, and says what is unchanged though nothing of it was made', () => {
  const run = gatedRecord('inconclusive');
  const numbers = run.gate?.numbers;
  if (!run.gate || !numbers) throw new Error('the fixture has a gate');
  const cases = numbers.cases.map((each) =>
    each.case === 'valley' ? { ...each, state: 'unchanged' as const, metrics: [] } : each,
  );
  const metrics = numbers.metrics.map((metric) => ({ ...metric, better: 'lower' as const }));
  const found = findings({
    ...run,
    samples: run.samples.filter((each) => each.case !== 'valley'),
    gate: { ...run.gate, numbers: { ...numbers, cases, metrics } },
  });
  expect(found.find(({ cell }) => cell.case.name === 'valley')).toMatchObject({ state: 'unchanged', effects: [] });
  expect(found[0]?.effects[0]?.text).toBe('+0.044 (margin 0.08), n 6 against 8');
});

it('knows no state but the mean where nothing was gated', () => {
  expect(states(record())).toEqual(['valley unjudged', 'forest unjudged']);
  expect(findings(record())[0]?.effects).toEqual([{ metric: 'consistency', text: '0.80, n 1' }]);
});
