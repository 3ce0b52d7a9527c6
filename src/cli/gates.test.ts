import { expect, it } from 'vitest';
import type { RunRecord } from '../record.js';
import { Gates } from './__fixtures__/gates.js';

/**
 * Five gates of those that `npm run bench:gate-e2e` plays, the first ones: pictures over HTTP, scores, approval, verdict.
 * A false alarm is possible in one of twenty. Where a change to the studio or to a metric brings one, look at the rates of
 * the bench before at this test.
 */
it('passes what did not change and catches planted drift, against newly drawn baselines', async () => {
  await using gates = await Gates.open();
  const first = await gates.play(1, ['unchanged', 'emulated-drifting']);
  const second = await gates.play(2, ['unchanged', 'emulated-drifting']);
  const third = await gates.play(3, ['unchanged']);
  for (const { emulated, status, cases, gate } of [...first, ...second, ...third]) {
    expect({ emulated, status }).toEqual({ emulated: true, status: 'complete' });
    expect(cases.map(({ name, baseline }) => [name, baseline?.outcomes])).toEqual([
      ['meadow', { ok: 8 }],
      ['bridge', { ok: 8 }],
    ]);
    expect(gate?.numbers.samples.counted).toBeLessThanOrEqual(12);
  }
  const stateOf = ({ verdict }: RunRecord) => verdict?.state;
  const unchanged = [first[0], second[0], third[0]].map((record) => record && stateOf(record));
  for (const state of unchanged) expect(['pass', 'inconclusive']).toContain(state);
  expect(unchanged).toContain('pass');
  expect([first[1], second[1]].map((record) => record && stateOf(record))).toEqual(['regression', 'regression']);
}, 300_000);
