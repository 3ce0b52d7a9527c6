import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Workplace } from './__fixtures__/in-process.js';

const run = ['fox', '--offline', '-n', '1', '--revision', 'v2', '--case', 'sheet'];

it('a run leaves what CI looks for, and speaks to GitHub Actions there unless told otherwise', async () => {
  const github = { stepSummary: '', workspace: '' };
  await using place = new Workplace({ github });
  github.stepSummary = place.path('step-summary');
  github.workspace = place.folder;
  const latest = (name: string) => place.path('reports/fox/latest', name);
  await place.run('init', 'fox');

  const quiet = await place.run(...run, '--reporter', 'terminal');
  expect(readFileSync(latest('junit.xml'), 'utf8')).toContain('<testcase classname="fox.');
  expect(readFileSync(latest('summary.md'), 'utf8')).toMatch(/^### . fox: /);
  expect(existsSync(latest('index.html'))).toBe(false);
  expect(quiet.stdout).toContain('run.json');
  expect(quiet.stdout + quiet.stderr).not.toContain('::');
  expect(existsSync(github.stepSummary)).toBe(false);

  const told = await place.run(...run, '--json');
  expect(JSON.parse(told.stdout)).toMatchObject({ status: 'complete' });
  expect(told.stderr).toMatch(/^::stop-commands::([\w-]+)$[^]*^::\1::$/m);
  expect(told.stderr).toMatch(/^::notice file=fox\/suite\.yaml,title=fox%3A not gated::/m);
  expect(readFileSync(github.stepSummary, 'utf8')).toBe(`${readFileSync(latest('summary.md'), 'utf8')}\n`);
  expect(existsSync(latest('index.html'))).toBe(true);

  expect((await place.run('report', '--open')).code).toBe(0);
  expect(place.opened).toEqual([realpathSync(latest('index.html'))]);

  const one = await place.run('report', '--single-file');
  expect(one).toMatchObject({ code: 0, stdout: `${realpathSync(latest('report.html'))}\n` });
  expect(readFileSync(latest('report.html'), 'utf8')).toContain('<template data-page="case/sheet.html"');
}, 120_000);
