import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it, vi } from 'vitest';
import { UsageError } from '../lib/errors.js';
import { GitSuites } from './__fixtures__/git-suite.js';
import { parseRevision } from './revision-name.js';

it.each([
  ['v1', { folder: 'v1' }],
  ['v1.2_a-b', { folder: 'v1.2_a-b' }],
  ['git', { folder: 'git' }],
  ['git:main', { ref: 'main', folder: null }],
  ['git:main:v1', { ref: 'main', folder: 'v1' }],
  ['git:HEAD~1', { ref: 'HEAD~1', folder: null }],
  ['git:HEAD^2~3^:v1', { ref: 'HEAD^2~3^', folder: 'v1' }],
  ['git:@', { ref: '@', folder: null }],
  ['git:origin/try/sky+sea', { ref: 'origin/try/sky+sea', folder: null }],
  ['git:bots/npm/@types/node-20.1', { ref: 'bots/npm/@types/node-20.1', folder: null }],
  ['git:1a2b3c4', { ref: '1a2b3c4', folder: null }],
])('%s is a revision', (name, parts) => {
  expect(parseRevision(name)).toEqual(parts);
});

it.each([
  ['nothing', ''],
  ['no ref', 'git:'],
  ['an option', 'git:-h'],
  ['a long option', 'git:--output=x'],
  ['an option after a letter that is none', 'git: -h'],
  ['a range', 'git:main..HEAD'],
  ['what is left out', 'git:^main'],
  ['a path of a commit', 'git:main:prompts/v1'],
  ['a path above', 'git:main:..'],
  ['a message', 'git::/text'],
  ['a message of a branch', 'git:main^{/text}'],
  ['another kind of object', 'git:main^{tree}'],
  ['a time', 'git:main@{yesterday}'],
  ['a second line', 'git:main\nHEAD'],
  ['a line end', 'git:main\n'],
  ['a NUL', 'git:main\0'],
  ['a command', 'git:$(touch x)'],
  ['a folder above', '../v1'],
  ['a folder that is an option', '-v1'],
  ['a name of every object', 'constructor'],
])('%s is no revision', (_what, name) => {
  expect(parseRevision(name)).toBeNull();
});

const suites = new GitSuites();
const robot = suites.make();
afterAll(async () => {
  vi.unstubAllEnvs();
  await suites.remove();
});

const piece = fc.oneof(
  fc.constantFrom(
    '-',
    '--',
    '-c',
    '--upload-pack=',
    'ext::',
    '$(',
    '`',
    ';',
    '|',
    '&&',
    '\n',
    '\0',
    ' ',
    ':',
    '..',
    '@{',
  ),
  fc.constantFrom('~', '^', '@', '/', '.', '+', '^{', '}', '*', '\\', '"', "'", '%'),
  fc.constantFrom('main', 'HEAD', 'touch', 'x', '1', '~1', '^2', ':v1', ':v2'),
  fc.string({ maxLength: 3 }),
);

/** Every argument that git may be given; what else there is goes to its standard input. */
const known = [
  ...['--no-pager', '--no-optional-locks', '--literal-pathspecs', '-c', 'protocol.allow=never', '-C', robot.top],
  ...['cat-file', '--batch-check', '--batch', 'for-each-ref', '--format=%(refname:short)'],
  ...[
    'rev-parse',
    '--is-shallow-repository',
    'ls-tree',
    '-r',
    '-z',
    '-l',
    '--full-tree',
    '--',
    'suites/robot/prompts/',
  ],
];

it('whatever a revision is called, git is given the same arguments and one line', async () => {
  const id = await robot.commit();
  // A git that writes down what it is given, then does it.
  const real = process.env['PATH'] ?? '';
  const bin = path.join(robot.top, 'bin');
  const log = path.join(robot.top, 'log');
  mkdirSync(bin);
  writeFileSync(
    path.join(bin, 'git'),
    `#!/bin/sh
for each; do printf '%s\\0' "$each"; done >> '${log}.arguments'
case "$*" in *--batch-check) tee -a '${log}.input' | PATH='${real}' exec git "$@" ;; esac
PATH='${real}' exec git "$@"
`,
  );
  chmodSync(path.join(bin, 'git'), 0o755);
  vi.stubEnv('PATH', `${bin}:${real}`);
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 5 }), async (pieces) => {
      const revision = `git:${pieces.join('')}`;
      writeFileSync(`${log}.arguments`, '');
      writeFileSync(`${log}.input`, '');
      const ended = await robot.load('[v2]', [revision]).catch((thrown: unknown) => thrown);
      if (ended instanceof Error && !(ended instanceof UsageError)) throw ended;
      const given = readFileSync(`${log}.arguments`, 'utf8').split('\0').slice(0, -1);
      expect(given.filter((argument) => argument !== id && !known.includes(argument))).toEqual([]);
      const name = parseRevision(revision);
      const line = name && 'ref' in name ? `${name.ref}^{commit}\n` : '';
      expect(readFileSync(`${log}.input`, 'utf8')).toBe(line);
      expect(given.length > 0).toBe(line !== '');
    }),
    { numRuns: 60, examples: [[['main']], [['HEAD', '~1']], [['--upload-pack=', 'touch', ' ', 'x']]] },
  );
});
