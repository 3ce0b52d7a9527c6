import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takingPlace } from '../deliver/__fixtures__/place.js';
import type { Notification } from '../deliver/notification.js';
import { Workplace } from './__fixtures__/in-process.js';

/** Without a baseline nothing is made, and the run is over at once, with exit code 3. */
const run = ['fox', '--offline', '--require-gate', '--reporter', 'terminal'];

const everythingIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n');

it('a finished run is copied and told of; failures of either are warnings, and secrets stay out of everything', async () => {
  await using place = new Workplace({ uploadAuthorization: 'Bearer auth-secret' });
  await using web = await takingPlace(({ url }) => (url.startsWith('/broken') ? { status: 403 } : 'take'));
  await place.run('init', 'fox');
  const flags = (path: string) => [
    '--upload',
    `http://127.0.0.1:${web.port}${path}/?sig=query-secret`,
    '--notify',
    `http://user-secret:word-secret@127.0.0.1:${web.port}${path}/path-secret?token=query-secret`,
  ];

  const told = await place.run(...run, ...flags('/good'));
  const latest = realpathSync(place.path('reports/fox/latest'));
  const id = latest.split('/').at(-1) ?? '';
  expect(told.code).toBe(3);
  expect(told.stdout).toContain(`copied to http://127.0.0.1:${web.port}/good/fox/${id}/\n`);
  expect(told.stderr).toContain(`uploading the report to 127.0.0.1:${web.port} ... 0 of `);
  expect(told.stderr).toContain(`notifying 127.0.0.1:${web.port}\n`);
  const puts = web.arrived.filter(({ method }) => method === 'PUT');
  expect(puts.find(({ url }) => url === `/good/fox/${id}/run.json?sig=query-secret`)?.body).toEqual(
    readFileSync(join(latest, 'run.json')),
  );
  const last = web.arrived.at(-1);
  expect(last?.method).toBe('POST');
  const notification = JSON.parse(String(last?.body)) as Notification;
  expect(notification).toMatchObject({
    suite: 'fox',
    run: id,
    emulated: true,
    exitCode: 3,
    verdict: { state: 'not-gateable' },
    counts: { samples: 0, usable: 0, calls: 0 },
    report: { file: null, url: `http://127.0.0.1:${web.port}/good/fox/${id}/` },
  });

  const failed = await place.run(...run, '--json', ...flags('/broken'));
  expect(failed.code).toBe(3);
  expect(JSON.parse(failed.stdout)).toMatchObject({ status: 'complete' });
  expect(failed.stderr).toMatch(/warning: the run was not copied: .*: HTTP 403; 0 of \d+ files were copied\n/);
  expect(failed.stderr).toContain(`warning: 127.0.0.1:${web.port} was not notified: HTTP 403\n`);
  const lost = JSON.parse(String(web.arrived.at(-1)?.body)) as Notification;
  expect(lost.report.url).toBeNull();

  for (const text of [told.stdout, told.stderr, failed.stdout, failed.stderr, everythingIn(place.path('reports'))])
    expect(text).not.toMatch(/(auth|query|user|word|path)-secret/);
}, 60_000);

it.each([
  [['--notify', 'secret'], /--notify: that is no web address/],
  [['--upload', 'ftp://secret'], /--upload: that is no web address/],
  [['--upload', 's3://bucket'], /--upload: there are no keys for S3/],
])('%j is refused before anything is made', async (flags, message) => {
  await using place = new Workplace();
  await place.run('init', 'fox');
  const { code, stderr } = await place.run(...run, ...flags);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(stderr).not.toContain('secret');
  expect(readdirSync(place.folder)).not.toContain('reports');
});
