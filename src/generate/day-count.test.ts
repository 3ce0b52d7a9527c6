import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DayCount, quotaDay } from './day-count.js';

describe('quotaDay', () => {
  // Pacific time is UTC-8, and UTC-7 from the second Sunday of March to the first of November.
  it.each([
    ['2026-01-15T07:59:59Z', '2026-01-14'],
    ['2026-01-15T08:00:00Z', '2026-01-15'],
    ['2026-07-01T06:59:59Z', '2026-06-30'],
    ['2026-07-01T07:00:00Z', '2026-07-01'],
    ['2026-11-02T07:59:59Z', '2026-11-01'],
  ])('%s', (time, day) => expect(quotaDay(Date.parse(time))).toBe(day));
});

it('counts by day and model, over all who share the folder', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'calls-')), 'calls');
  let now = Date.parse('2026-01-15T08:00:00Z');
  const [one, other] = [new DayCount(folder, () => now), new DayCount(folder, () => now)];
  expect(one.of('m')).toBe(0);
  one.add('m');
  other.add('m');
  other.add('n');
  expect([one.of('m'), other.of('n'), one.of('o')]).toEqual([2, 1, 0]);
  now += 24 * 3600_000;
  expect(one.of('m')).toBe(0);
});
