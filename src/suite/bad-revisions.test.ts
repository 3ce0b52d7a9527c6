import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { GitSuites, snapshot } from './__fixtures__/git-suite.js';
import type { Files } from './__fixtures__/suite-folder.js';

const suites = new GitSuites();
afterAll(() => suites.remove());
afterEach(() => {
  vi.unstubAllEnvs();
});

/** What a commit held, and what a user is told who names it. */
describe('a commit', () => {
  it.each<[what: string, files: Files, error: string[]]>([
    [
      'without a prompt',
      { 'prompts/v2/sheet.hbs': null },
      [
        "suites/robot/suite.yaml:10:3: 'sheet' has no prompt in revision git:HEAD~1: there is no file 'git:HEAD~1:suites/robot/prompts/v2/sheet.hbs'. Known: scene.",
        '  A revision needs a prompt for every case; name a commit that has them all.',
      ],
    ],
    [
      'with a variable that is gone',
      { 'prompts/v2/scene.hbs': '{{place}}\n\n  in {{plce}}' },
      [
        "git:HEAD~1:suites/robot/prompts/v2/scene.hbs:3:8: the variable 'plce' is not given. Did you mean 'place'?",
        '  Give it under vars of the suite or of the case.',
      ],
    ],
    [
      'with a broken partial',
      { 'prompts/v2/partials/who.hbs': 'a\nb {{' },
      ['git:HEAD~1:suites/robot/prompts/v2/partials/who.hbs:2:5: template: the text ends too early'],
    ],
    [
      'without a partial',
      { 'prompts/v2/partials/who.hbs': null },
      [
        "git:HEAD~1:suites/robot/prompts/v2/sheet.hbs:1:12: unknown partial 'who'.",
        "git:HEAD~1:suites/robot/prompts/v2/scene.hbs:1:11: unknown partial 'who'.",
      ],
    ],
    [
      'with a template over 256 KB',
      { 'prompts/v2/scene.hbs': 'x'.repeat(256 * 1024 + 1) },
      [
        "suites/robot/suite.yaml:3:17: 'git:HEAD~1:suites/robot/prompts/v2/scene.hbs' has 262145 bytes; the limit is 262144",
      ],
    ],
    [
      'with a NUL byte',
      { 'prompts/v2/scene.hbs': 'a\nb\0' },
      ['git:HEAD~1:suites/robot/prompts/v2/scene.hbs:2: the file holds a NUL byte', '  Save it as UTF-8 text.'],
    ],
    [
      'with a template that is not UTF-8',
      { 'prompts/v2/scene.hbs': Uint8Array.of(65, 10, 0xff) },
      ['git:HEAD~1:suites/robot/prompts/v2/scene.hbs:2: the file is not UTF-8 text', '  Save it as UTF-8 text.'],
    ],
    [
      'with a linked template',
      { 'prompts/v2/scene.hbs': { linkTo: '/etc/passwd' } },
      ["suites/robot/suite.yaml:3:17: 'git:HEAD~1:suites/robot/prompts/v2/scene.hbs' is a link, not a file"],
    ],
    [
      'before the suite',
      { 'suite.yaml': null },
      [
        "suites/robot/suite.yaml:3:17: there are no templates in 'git:HEAD~2:suites/robot/prompts/v2' at commit ID0.",
        '  The suite was not there yet, or somewhere else; name another commit.',
      ],
    ],
  ])('%s is told', async (what, files, error) => {
    const robot = suites.make();
    robot.git('commit', '-q', '--allow-empty', '-m', 'Nothing');
    const first = robot.git('rev-parse', 'HEAD');
    await robot.commit(files);
    for (const file of Object.keys(files)) robot.git('rm', '-q', '--ignore-unmatch', `suites/robot/${file}`);
    await robot.commit();
    const revision = what === 'before the suite' ? 'git:HEAD~2' : 'git:HEAD~1';
    expect(await robot.complaint(`[v2, "${revision}"]`)).toEqual(
      error.map((line) => line.replace('ID0', first.slice(0, 12))),
    );
  });
});

it.each<[extra: string, error: string[]]>([
  ['v3', ["there is no folder 'suites/robot/prompts/v3'. Did you mean 'v1'?"]],
  [
    '--output=x',
    [
      "'--output=x' is no revision",
      '  A revision is the name of a folder under prompts/ (lower-case letters, digits, hyphens, dots, underscores) or git:REF, such as git:main.',
    ],
  ],
])('%s, asked for beside the suite, is told without a place', async (extra, error) => {
  const robot = suites.make();
  await robot.commit();
  expect(await robot.complaint('[v2, v1]', [extra])).toEqual(error);
});

describe('a suite', () => {
  it('may be in no repository', async () => {
    const robot = suites.make();
    await robot.commit();
    robot.folder = path.join(path.dirname(robot.top), 'robot');
    cpSync(path.join(robot.top, 'suites/robot'), robot.folder, { recursive: true });
    const [problem, fix] = await robot.complaint('[v2, "git:main"]');
    expect(problem).toMatch(/robot\/suite\.yaml:3:17: 'git:main' needs a git repository; '.*\/robot' is in none$/);
    expect(fix).toBe('  Without git, only folders under prompts/ can be revisions.');
  });
});

describe('a clone', () => {
  it('may be shallow', async () => {
    const robot = suites.make();
    await robot.commit();
    await robot.commit();
    const clone = path.join(path.dirname(robot.top), 'clone');
    robot.git('clone', '-q', '--depth=1', `file://${robot.top}`, clone);
    robot.folder = path.join(clone, 'suites/robot');
    expect(await robot.complaint('[v2]', ['git:HEAD~1'])).toEqual([
      "there is no commit 'HEAD~1' in the git repository.",
      '  This clone is shallow: git fetch --unshallow gets the rest; in CI, set fetch-depth: 0.',
    ]);
  });

  it('may lack what it left out: nothing is fetched', async () => {
    const robot = suites.make();
    await robot.commit({ 'prompts/v2/scene.hbs': 'Old {{place}}' });
    await robot.commit();
    robot.git('config', 'uploadpack.allowFilter', 'true');
    const clone = path.join(path.dirname(robot.top), 'clone');
    robot.git('clone', '-q', '--filter=blob:none', `file://${robot.top}`, clone);
    robot.folder = path.join(clone, 'suites/robot');
    await robot.load('[v2]', ['git:HEAD']);
    const before = snapshot(path.join(clone, '.git'));
    const [problem, fix] = await robot.complaint('[v2]', ['git:HEAD~1']);
    expect(problem).toMatch(/^git cannot read the repository: .*from promisor remote$/);
    expect(fix).toBe('  This clone left out objects (--filter); fetch them first.');
    expect(snapshot(path.join(clone, '.git'))).toEqual(before);
  });
});

describe('git', () => {
  it('may be missing', async () => {
    const robot = suites.make();
    await robot.commit();
    const empty = path.join(robot.top, 'empty');
    mkdirSync(empty);
    vi.stubEnv('PATH', empty);
    expect(await robot.complaint('[v2, "git:main"]')).toEqual([
      'suites/robot/suite.yaml:3:17: git is not installed, or not on the PATH',
      '  Without git, only folders under prompts/ can be revisions.',
    ]);
  });

  it("may refuse: another user's repository", async () => {
    const robot = suites.make();
    await robot.commit();
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    const [problem] = await robot.complaint('[v2]', ['git:main']);
    expect(problem).toMatch(/^git cannot read the repository: fatal: .*dubious ownership.* safe\.directory /);
  });

  it('may fail: a repository that is broken', async () => {
    const robot = suites.make();
    const id = await robot.commit();
    const object = path.join(robot.top, '.git/objects', id.slice(0, 2), id.slice(2));
    chmodSync(object, 0o600);
    writeFileSync(object, 'no object');
    const [problem] = await robot.complaint('[v2]', ['git:main']);
    expect(problem).toMatch(/^git cannot read the repository: .*fatal: loose object [0-9a-f]{40} .* is corrupt$/);
  });
});
