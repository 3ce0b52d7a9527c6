import { symlinkSync } from 'node:fs';
import * as path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { GitSuites, snapshot } from './__fixtures__/git-suite.js';
import type { Files } from './__fixtures__/suite-folder.js';

const suites = new GitSuites();
afterAll(() => suites.remove());
afterEach(() => {
  vi.unstubAllEnvs();
});

const mountains = 'mountains: a robot of felt in the mountains';
/** A scene and a partial of v2 change, then a scene again; v1 changes once. */
const states: Files[] = [
  { 'prompts/v1/scene.hbs': 'Old {{place}}' },
  { 'prompts/v2/scene.hbs': 'Second {{> who}}, {{place}}', 'prompts/v2/partials/who.hbs': 'a toy of {{material}}' },
  { 'prompts/v2/scene.hbs': 'Third {{place}}' },
];

describe('a revision of git', () => {
  const robot = suites.make();
  const ids: string[] = [];
  beforeAll(async () => {
    for (const state of states) ids.push(await robot.commit(state));
    robot.git('tag', '-a', '-m', 'Release', 'v1.0', 'HEAD~1');
    robot.git('branch', 'try/sky+sea', 'HEAD~2');
    robot.git('update-ref', 'refs/remotes/origin/released', 'HEAD~1');
  });
  const id = (index: number) => ids[index] ?? '';

  it('has the prompts and partials of its commit, the cases and variables of the working tree', async () => {
    const suite = await robot.load('[v2, "git:HEAD~1", "git:HEAD~2"]');
    expect(suite.revisions).toEqual(['v2', 'git:HEAD~1', 'git:HEAD~2']);
    expect(suite.commits).toEqual({ 'git:HEAD~1': id(1), 'git:HEAD~2': id(0) });
    expect(suite.cases.map((each) => each.prompts)).toEqual([
      {
        v2: ['A sheet of a robot of felt, blue'],
        'git:HEAD~1': ['A sheet of a toy of felt, blue'],
        'git:HEAD~2': ['A sheet of a robot of felt, blue'],
      },
      { v2: ['Third mountains'], 'git:HEAD~1': ['Second a toy of felt, mountains'], 'git:HEAD~2': [mountains] },
      {
        v2: ['Third valley'],
        'git:HEAD~1': ['Second a toy of felt, valley'],
        'git:HEAD~2': ['valley: a robot of felt in the valley'],
      },
    ]);
  });

  it('can be asked for beside those of the suite', async () => {
    const plain = await robot.load('[v2, v1]');
    const suite = await robot.load('[v2, v1]', ['git:HEAD~1', 'v1', 'git:HEAD~1']);
    expect(suite.revisions).toEqual(['v2', 'v1']);
    expect(suite.commits).toEqual({ 'git:HEAD~1': id(1) });
    expect(Object.keys(suite.cases[1]?.prompts ?? {})).toEqual(['v2', 'v1', 'git:HEAD~1']);
    expect(plain.commits).toEqual({});
    expect(suite.hash).not.toBe(plain.hash);
  });

  it('may be a folder that the suite does not list', async () => {
    const suite = await robot.load('[v2]', ['v1']);
    expect(suite.cases[1]?.prompts).toEqual({ v2: ['Third mountains'], v1: [mountains] });
  });

  it.each([
    ['git:HEAD', 2, 'Third mountains'],
    ['git:@', 2, 'Third mountains'],
    ['git:main^', 1, 'Second a toy of felt, mountains'],
    ['git:main^1~1', 0, mountains],
    ['git:v1.0', 1, 'Second a toy of felt, mountains'],
    ['git:refs/tags/v1.0', 1, 'Second a toy of felt, mountains'],
    ['git:origin/released', 1, 'Second a toy of felt, mountains'],
    ['git:try/sky+sea', 0, mountains],
    ['git:main:v1', 2, mountains],
    ['git:main~2:v1', 0, 'Old mountains'],
  ])('%s is commit %i', async (revision, index, prompt) => {
    const suite = await robot.load('[v2]', [revision]);
    expect(suite.commits).toEqual({ [revision]: id(index) });
    expect(suite.cases[1]?.prompts[revision]).toEqual([prompt]);
  });

  it.each([7, 40])('may be the first %i letters of an id', async (length) => {
    const revision = `git:${id(1).slice(0, length)}`;
    expect((await robot.load('[v2]', [revision])).commits).toEqual({ [revision]: id(1) });
  });

  it('reads the first folder that the suite lists', async () => {
    const suite = await robot.load('["git:HEAD~2", v1, v2]');
    expect(suite.cases[1]?.prompts).toMatchObject({ 'git:HEAD~2': ['Old mountains'], v1: [mountains] });
    expect((await robot.load('["git:HEAD~2:v1"]')).cases[1]?.prompts).toEqual({ 'git:HEAD~2:v1': ['Old mountains'] });
  });

  it('leaves the repository as it is', async () => {
    const folders = [path.join(robot.top, '.git'), path.join(robot.folder, 'prompts')];
    const before = folders.map(snapshot);
    await robot.load('[v2, v1]', ['git:HEAD~1', 'git:main~2:v1']);
    await robot.complaint('[v2, v1]', ['git:nothing']);
    expect(folders.map(snapshot)).toEqual(before);
  });

  it.each<[what: string, revision: string, error: string[]]>([
    ['an unknown branch', 'git:mian', ["there is no commit 'mian' in the git repository. Did you mean 'git:main'?"]],
    [
      'a branch that only the remote has',
      'git:released',
      ["there is no commit 'released' in the git repository. Did you mean 'git:origin/released'?"],
    ],
    ['too many steps back', 'git:HEAD~3', ["there is no commit 'HEAD~3' in the git repository."]],
    ['an unknown id', `git:${'a'.repeat(40)}`, [`there is no commit '${'a'.repeat(40)}' in the git repository.`]],
    [
      'an unknown folder',
      'git:HEAD~1:v3',
      [
        "there are no templates in 'git:HEAD~1:suites/robot/prompts/v3' at commit ID1. Did you mean 'v1'?",
        '  Another folder of that commit is read by its name: git:HEAD~1:v1.',
      ],
    ],
  ])('tells %s', async (_what, revision, error) => {
    const expected = error.map((line) => line.replace('ID1', id(1).slice(0, 12)));
    expect(await robot.complaint('[v2]', [revision])).toEqual(expected);
    const [first = '', ...rest] = expected;
    expect(await robot.complaint(`[v2, "${revision}"]`)).toEqual([`suites/robot/suite.yaml:3:17: ${first}`, ...rest]);
  });

  it('needs a folder to read', async () => {
    expect(await robot.complaint('["git:main"]')).toEqual([
      "suites/robot/suite.yaml:3:13: 'git:main' needs a folder, since the suite lists none",
      '  Write git:main:v1, or list a folder such as v1.',
    ]);
  });

  it('is not the same suite once its branch has moved, whatever the prompts are', async () => {
    robot.git('branch', 'moving', 'HEAD~1');
    const before = await robot.load('[v2, "git:moving"]');
    robot.git('branch', '-f', 'moving', robot.git('commit-tree', '-m', 'Same', 'HEAD~1^{tree}'));
    const after = await robot.load('[v2, "git:moving"]');
    expect(after.cases).toEqual(before.cases);
    expect(after.commits).not.toEqual(before.commits);
    expect(after.hash).not.toBe(before.hash);
  });
});

describe('a commit', () => {
  it('reads line ends and byte order marks as on disk, and files of any number and size', async () => {
    const robot = suites.make();
    const many = Array.from({ length: 300 }, (_, index) => [
      `prompts/v2/unused/${index}.hbs`,
      'x'.repeat(9000 + index),
    ]);
    await robot.commit({
      'prompts/v2/scene.hbs': '\uFEFFA\r\n{{place}}\u00e9',
      'prompts/v2/partials/deep/empty.hbs': '',
      'prompts/v2/odd\nname.hbs': '{{',
      ...Object.fromEntries(many),
    });
    const { cases } = await robot.load('[v2, "git:HEAD"]');
    expect(cases[1]?.prompts['git:HEAD']).toEqual(['A\nmountains\u00e9']);
    for (const each of cases) expect(each.prompts['git:HEAD']).toEqual(each.prompts['v2']);
  });
});

describe('a suite', () => {
  it.each(['.', '-c', 'a b/:(glob)*/sch\u00f6n "x"'])('may be in the folder %j of its repository', async (parent) => {
    const robot = suites.make(`${parent}/robot`);
    await robot.commit({ 'prompts/v2/scene.hbs': 'Old {{place}}' });
    await robot.commit();
    const { cases } = await robot.load('[v2, "git:HEAD~1"]');
    expect(cases[1]?.prompts).toEqual({ v2: [mountains], 'git:HEAD~1': ['Old mountains'] });
  });

  it('may be the whole repository', async () => {
    const robot = suites.make('.');
    await robot.commit({ 'prompts/v2/scene.hbs': 'Old {{place}}' });
    robot.folder = path.join(path.dirname(robot.top), 'robot');
    robot.git('worktree', 'add', '-q', robot.folder);
    const { cases } = await robot.load('[v2, "git:main"]');
    expect(cases[1]?.prompts['git:main']).toEqual(['Old mountains']);
  });

  it('may be reached by a link, in a linked working tree, inside a hook', async () => {
    const robot = suites.make();
    const id = await robot.commit({ 'prompts/v2/scene.hbs': 'Old {{place}}' });
    const tree = path.join(path.dirname(robot.top), 'tree');
    robot.git('worktree', 'add', '-q', tree);
    const link = path.join(path.dirname(robot.top), 'link');
    symlinkSync(path.join(tree, 'suites'), link);
    robot.folder = path.join(link, 'robot');
    // As git sets it for the hooks of a linked working tree.
    vi.stubEnv('GIT_DIR', robot.git('-C', tree, 'rev-parse', '--absolute-git-dir'));
    const suite = await robot.load('[v2, "git:main"]');
    expect(suite.commits).toEqual({ 'git:main': id });
    expect(suite.cases[1]?.prompts['git:main']).toEqual(['Old mountains']);
  });
});
