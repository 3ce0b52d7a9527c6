import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatedRecord } from '../report/__fixtures__/gated-record.js';
import { record } from '../report/__fixtures__/small-record.js';
import { failures, quickTools, takingPlace } from './__fixtures__/place.js';
import { webAddress } from './address.js';
import { notificationOf } from './notification.js';
import { notify } from './notify.js';

const report = { file: '/ci/reports/robot/r/index.html', url: 's3://bucket/robot/r/index.html' };
const notification = notificationOf(gatedRecord('regression'), { exitCode: 1, report });

describe('the notification', () => {
  it('says what the report says', () => {
    const made = gatedRecord('regression');
    expect(notification).toEqual({
      version: 1,
      suite: made.suite.name,
      run: made.id,
      emulated: made.emulated,
      status: 'complete',
      verdict: {
        state: 'regression',
        title: expect.stringMatching(/^Regression: .*forest/) as string,
        message: expect.stringContaining(made.verdict?.message ?? '-') as string,
      },
      exitCode: 1,
      counts: {
        cases: made.cases.length,
        variants: 2,
        samples: made.samples.length,
        usable: made.samples.filter(({ outcome }) => outcome === 'ok').length,
        calls: made.totals.calls,
        failedChecks: 0,
      },
      cost: { spent: made.totals.cost.spent, saved: made.totals.cost.saved, estimated: made.totals.cost.estimated },
      startedAt: made.startedAt,
      finishedAt: made.finishedAt,
      report,
    });
  });

  it('has no state where nothing was gated', () => {
    const { verdict } = notificationOf(record({ verdict: null }), { exitCode: 0, report: { ...report, url: null } });
    expect(verdict).toMatchObject({ state: null, title: expect.stringMatching(/^Not gated: /) as string });
  });

  it('has the members that the README shows', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    const shown = /```json notification\n([^]*?)```/.exec(readme)?.[1] ?? '';
    const members = (value: object): unknown =>
      Object.entries(value).map(([name, each]: [string, unknown]) =>
        each !== null && typeof each === 'object' ? [name, members(each)] : name,
      );
    expect(members(JSON.parse(shown) as object)).toEqual(members(notification));
  });
});

describe('notify', () => {
  it('posts JSON, with the query where it belongs and the user name as a header', async () => {
    await using place = await takingPlace();
    const address = webAddress('--notify', `http://ann:p%40ss@127.0.0.1:${place.port}/hook?token=t`);
    expect(await notify(address, notification, quickTools())).toBeNull();
    expect(place.arrived).toMatchObject([
      {
        method: 'POST',
        url: '/hook?token=t',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from('ann:p@ss').toString('base64')}`,
        },
      },
    ]);
    expect(JSON.parse(String(place.arrived[0]?.body))).toEqual(notification);
  });

  it('tries again after 500', async () => {
    await using place = await takingPlace((_, number) => (number === 1 ? { status: 500 } : 'take'));
    const tools = quickTools();
    expect(await notify(webAddress('--notify', place.url), notification, tools)).toBeNull();
    expect([place.arrived.length, tools.slept]).toEqual([2, [1000]]);
  });

  it.each(failures)('gives up on %s', async (_, reaction, reason, tries) => {
    await using place = await takingPlace(() => reaction);
    const tools = quickTools(150);
    expect(await notify(webAddress('--notify', `${place.url}/?token=t`), notification, tools)).toMatch(reason);
    expect([place.arrived.length, tools.slept]).toEqual([tries, [1000, 2000].slice(0, tries - 1)]);
    const hung = reaction === 'hang' ? [`127.0.0.1:${place.port}: no answer within 0.15 s, trying once more`] : [];
    expect(tools.said).toEqual(hung);
  });

  it('gives up where nobody listens', async () => {
    const place = await takingPlace();
    await place.close();
    const tools = quickTools();
    const reason = await notify(webAddress('--notify', `${place.url}/?token=t`), notification, tools);
    expect(reason).toBe('no answer: ECONNREFUSED (3 tries)');
    expect(tools.slept).toEqual([1000, 2000]);
  });

  it.each([
    ['secret.example/hook'],
    ['ftp://secret.example/'],
    ['https://secret.example/#secret'],
    ['https://secret:%zz@host/'],
    [''],
  ])('%j is refused, and not repeated', (text) => {
    expect(() => webAddress('--notify', text)).toThrow(/^--notify: (?!.*secret)/);
  });
});
