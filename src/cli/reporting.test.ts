import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Workplace } from './__fixtures__/in-process.js';

const run = ['fox', '--offline', '-n', '1', '--revision', 'v2', '--case', 'sheet'];
const latest = (name: string) => `reports/fox/latest/${name}`;

describe('the reporters of a run', () => {
  it('leave what CI looks for, whatever was asked for', async () => {
    await using place = new Workplace();
    await place.run('init', 'fox');
    const { stdout, stderr } = await place.run(...run, '--reporter', 'terminal');
    expect(readFileSync(place.path(latest('junit.xml')), 'utf8')).toContain('<testcase classname="fox.');
    expect(readFileSync(place.path(latest('summary.md')), 'utf8')).toMatch(/^### . fox · /);
    expect(existsSync(place.path(latest('index.html')))).toBe(false);
    expect(stdout).toContain('run.json');
    expect(stdout + stderr).not.toContain('::');
  }, 60_000);

  it('speak to GitHub Actions where they run there, and leave stdout alone', async () => {
    const github = { stepSummary: '', workspace: '' };
    await using place = new Workplace({ github });
    github.stepSummary = place.path('step-summary');
    github.workspace = place.folder;
    await place.run('init', 'fox');
    const { stdout, stderr } = await place.run(...run, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'complete' });
    expect(stderr).toMatch(/^::stop-commands::([\w-]+)$[^]*^::\1::$/m);
    expect(stderr).toMatch(/^::notice file=fox\/suite\.yaml,title=fox%3A not gated::/m);
    const summary = readFileSync(place.path(latest('summary.md')), 'utf8');
    expect(readFileSync(github.stepSummary, 'utf8')).toBe(`${summary}\n`);

    const quiet = await place.run(...run, '--reporter', 'html,terminal');
    expect(quiet.stderr).not.toContain('::');
    expect(readFileSync(github.stepSummary, 'utf8')).toBe(`${summary}\n`);
  }, 60_000);
});
