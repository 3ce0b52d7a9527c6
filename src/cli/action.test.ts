import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'action.yml'), 'utf8');

/** docs.github.com, "Metadata syntax reference": what a composite action may say. */
const step = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  'continue-on-error': z.boolean().optional(),
});
const metadata = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  inputs: z.record(
    z.string().regex(/^[a-z][a-z-]*$/),
    z
      .strictObject({
        description: z.string().min(1),
        required: z.boolean().optional(),
        default: z.string().optional(),
      })
      .refine((input) => input.required === true || input.default !== undefined, 'needs a default'),
  ),
  outputs: z.record(z.string(), z.strictObject({ description: z.string().min(1), value: z.string() })),
  runs: z.strictObject({
    using: z.literal('composite'),
    steps: z.array(
      z.union([
        step.extend({ run: z.string(), shell: z.literal('bash'), 'working-directory': z.string().optional() }),
        step.extend({ uses: z.string().regex(/^[\w-]+(\/[\w-]+)+@v\d+$/), with: z.record(z.string(), z.string()) }),
      ]),
    ),
  }),
});

const action = metadata.parse(parse(text));
const script = (name: string) => {
  const found = action.runs.steps.find((each) => each.name === name);
  return found && 'run' in found ? found.run : '';
};
const used = (source: string, pattern: RegExp) =>
  [...new Set([...source.matchAll(pattern)].map(([, name]) => name))].sort();

describe('action.yml', () => {
  it('uses each of its inputs, and no other', () => {
    expect(used(text, /inputs\.([\w-]+)/g)).toEqual(Object.keys(action.inputs).sort());
  });

  it('reads only from steps that are there, and what they write', () => {
    const ids = action.runs.steps.flatMap(({ id }) => id ?? []);
    expect(used(text, /steps\.([\w-]+)\./g)).toEqual(ids);
    const written = used(script('Run evaluate'), /(?:echo "|printf ')([\w-]+)(?==\$|<<)/g);
    expect(used(text, /steps\.run\.outputs\.([\w-]+)/g)).toEqual(written);
    expect(Object.keys(action.outputs).sort()).toEqual(written);
  });

  it('takes no key as an input, and puts nothing from outside into a script', () => {
    expect(Object.keys(action.inputs).filter((name) => /key|token|secret/.test(name))).toEqual([]);
    for (const each of action.runs.steps) if ('run' in each) expect(each.run).not.toContain('${{');
  });

  it('is what the README shows', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const workflows = [...readme.matchAll(/```yaml\n(name: [^]*?)```/g)].map(([, source = '']) => source);
    expect(workflows).toHaveLength(1);
    for (const source of workflows) {
      const { jobs } = parse(source) as { jobs: Record<string, { steps: { uses?: string; with?: object }[] }> };
      const steps = Object.values(jobs).flatMap((job) => job.steps);
      const calls = steps.filter(({ uses }) => uses?.includes('/evaluate@'));
      expect(calls).toHaveLength(1);
      for (const name of Object.keys(calls[0]?.with ?? {})) expect(Object.keys(action.inputs)).toContain(name);
      for (const name of used(source, /steps\.evaluate\.outputs\.([\w-]+)/g))
        expect(Object.keys(action.outputs)).toContain(name);
    }
  });
});

describe('the scripts of action.yml', () => {
  const folder = mkdtempSync(join(tmpdir(), 'action-'));
  const stub = join(folder, 'evaluate.mjs');
  beforeAll(() => {
    // Stands in for the command line: a run for each suite that is named, with the verdict of the same name.
    writeFileSync(
      stub,
      `import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
       const argv = process.argv.slice(2);
       writeFileSync('argv.json', JSON.stringify(argv));
       const [output, suites] = [argv[argv.indexOf('--output') + 1], argv.slice(1).filter((each) => each.startsWith('suites/'))];
       for (const name of suites.map((each) => each.slice(7))) {
         mkdirSync(output + '/' + name + '/run-1', { recursive: true });
         symlinkSync('run-1', output + '/' + name + '/latest');
         const verdict = name === 'none' ? null : { state: name };
         writeFileSync(output + '/' + name + '/run-1/run.json', JSON.stringify({ verdict }));
         writeFileSync(output + '/' + name + '/run-1/summary.md', 'summary of ' + name + '\\n');
       }
       process.exitCode = Number(process.env.STUB_CODE);`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function bash(source: string, env: Record<string, string>, cwd = folder) {
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', source], {
      cwd,
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  }

  function run(suite: string, args = '', code = 0, inconclusive = 'fail') {
    const cwd = mkdtempSync(join(folder, 'work place-'));
    const env = { EVALUATE: stub, SUITE: suite, ARGS: args, OUTPUT: 'reports', ON_INCONCLUSIVE: inconclusive };
    const files = { RUNNER_TEMP: cwd, GITHUB_OUTPUT: join(cwd, 'outputs'), STUB_CODE: String(code) };
    // A run of another step, which is none of ours.
    mkdirSync(join(cwd, 'reports/old/run-0'), { recursive: true });
    writeFileSync(join(cwd, 'reports/old/run-0/run.json'), '{"verdict":{"state":"regression"}}');
    const before = new Date(Date.now() - 60_000);
    spawnSync('touch', ['-d', before.toISOString(), join(cwd, 'reports/old/run-0/run.json')]);
    const ended = bash(script('Run evaluate'), { ...env, ...files }, cwd);
    const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
    return { ...ended, cwd, read, argv: () => JSON.parse(read('argv.json')) as string[] };
  }

  it('hand the command line on word by word, quotes taken away and nothing run', () => {
    const { argv } = run(
      'suites/pass',
      `--case 'for est*' --against "git:origin/main" '$(touch pwned)' ; --max-cost 5`,
    );
    expect(argv()).toEqual([
      'run',
      'suites/pass',
      '--case',
      'for est*',
      '--against',
      'git:origin/main',
      '$(touch pwned)',
      ';',
      '--max-cost',
      '5',
      '--output',
      'reports',
    ]);
  });

  it('say what came of the runs of this step alone, with the worst verdict of several suites', () => {
    const { read, cwd, status } = run('suites/pass\nsuites/inconclusive suites/none', '', 3);
    expect(status).toBe(0);
    const runs = ['inconclusive', 'none', 'pass'].map((name) => join(cwd, 'reports', name, 'run-1'));
    expect(read('outputs')).toBe(
      [
        'exit-code=3',
        'verdict=inconclusive',
        `summary=${cwd}/evaluate-summary.md`,
        'report<<END_OF_REPORT',
        ...runs,
        'END_OF_REPORT',
        '',
      ].join('\n'),
    );
    expect(read('evaluate-summary.md')).toBe('summary of inconclusive\nsummary of none\nsummary of pass\n');
  });

  it.each([
    ['suites/pass', 'pass'],
    ['suites/pass suites/none', 'none'],
    ['suites/inconclusive suites/not-gateable', 'not-gateable'],
    ['suites/infra suites/regression suites/pass', 'regression'],
    ['suites/infra suites/not-gateable', 'infra'],
  ])('%s: %s', (suites, verdict) => expect(run(suites).read('outputs')).toContain(`\nverdict=${verdict}\n`));

  it('say so when there was no run', () => {
    const { read } = run('elsewhere', '', 2);
    expect(read('outputs')).toMatch(/^exit-code=2\nverdict=none\n[^]*report<<END_OF_REPORT\n\nEND_OF_REPORT\n$/);
    expect(read('evaluate-summary.md')).toBe('evaluate made no run (exit code 2); the log says why.\n');
  });

  it.each([
    ['a quote that does not end', '', `--max-cost '5`, 'fail'],
    ['an unknown wish', 'suites/pass', '', 'ignore'],
  ])('start nothing with %s', (_, suite, args, inconclusive) => {
    const { status, read } = run(suite, args, 0, inconclusive);
    expect(status).not.toBe(0);
    expect(() => read('argv.json')).toThrow('ENOENT');
  });

  it.each([
    ['0', 'pass', 'fail', 0],
    ['1', 'pass', 'pass', 1],
    ['3', 'inconclusive', 'fail', 3],
    ['3', 'inconclusive', 'pass', 0],
    ['3', 'not-gateable', 'pass', 3],
    ['4', 'infra', 'pass', 4],
    ['5', 'inconclusive', 'pass', 5],
    ['2', 'none', 'pass', 2],
    ['', '', 'pass', 255],
  ])('decide: exit code %s, verdict %s, inconclusive may %s: %i', (code, verdict, inconclusive, expected) => {
    const env = { CODE: code, VERDICT: verdict, ON_INCONCLUSIVE: inconclusive };
    const { status } = bash(script('Decide'), env);
    expect(status === 0).toBe(expected === 0);
    if (code !== '') expect(status).toBe(expected);
  });
});
