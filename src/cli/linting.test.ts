import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Workplace } from './__fixtures__/in-process.js';
import type { LintReport } from './linting.js';

/** The suite that `init` writes, with a line of Midjourney in its second revision. */
async function fox(place: Workplace): Promise<string> {
  await place.run('init', 'fox');
  const file = place.path('fox/prompts/v2/forest.hbs');
  writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()} Soft wool::2 --ar 1:1\n`);
  return file;
}

it('lints: places, levels, advice, and exit 1 for errors', async () => {
  await using place = new Workplace();
  await fox(place);
  const { code, stdout, stderr } = await place.run('lint', 'fox', '--revision', 'v2');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout.replaceAll(place.path(''), '')).toMatchInlineSnapshot(`
    "/fox/prompts/v2/forest.hbs:3:95: error '::2' is a weight of Midjourney [prompt-weight]
      Say in words what matters most, and say it first.
    /fox/prompts/v2/forest.hbs:3:99: error '--ar 1:1' is a parameter of Midjourney [midjourney-parameter]
      Set \`aspectRatio\` under \`generation\` of the suite or the case.
    prompt-weight: Weights are the syntax of another generator: Gemini has no such parameter and reads it as text.
    midjourney-parameter: Parameters of Midjourney are the syntax of another generator: Gemini has no such parameter and reads it as text.
    2 errors, 0 warnings, 0 hints; 1 can be fixed with --fix
    "
  `);
  const report = JSON.parse((await place.run('lint', 'fox', '--json')).stdout) as LintReport;
  expect(report).toMatchObject({ suites: ['fox'], errors: 2, fixed: [] });
  expect(report.findings.find(({ rule }) => rule === 'prompt-weight')).toMatchObject({
    suite: 'fox',
    level: 'error',
    place: { line: 3, column: 95 },
    text: '::2',
    fixable: true,
    cases: ['forest'],
    revisions: ['v2'],
  });
});

it('lets warnings pass up to a number', async () => {
  await using place = new Workplace();
  await place.run('init', 'fox');
  const { warnings, errors } = JSON.parse((await place.run('lint', 'fox', '--json')).stdout) as LintReport;
  expect([warnings > 0, errors]).toEqual([true, 0]);
  expect((await place.run('lint', 'fox')).code).toBe(0);
  expect((await place.run('lint', 'fox', '--max-warnings', String(warnings))).code).toBe(0);
  const beyond = await place.run('lint', 'fox', '--max-warnings', String(warnings - 1));
  expect(beyond).toMatchObject({ code: 1, stderr: `${warnings} warnings; --max-warnings lets ${warnings - 1} pass\n` });
  expect(await place.run('lint', 'fox', '--revision', 'v2', '--max-warnings', '0')).toMatchObject({
    code: 0,
    stdout: 'fox: nothing to remark\n',
  });
});

it('fixes what is safe, says what it did, and leaves no other file behind', async () => {
  await using place = new Workplace();
  const file = await fox(place);
  const before = readFileSync(file, 'utf8');
  const fixed = await place.run('lint', 'fox', '--revision', 'v2', '--fix');
  expect(fixed.stdout).toContain("forest.hbs:3:95: fixed took out '::2' [prompt-weight]\n");
  expect(readFileSync(file, 'utf8')).toBe(before.replace('::2', ''));
  const again = await place.run('lint', 'fox', '--revision', 'v2', '--fix');
  expect(again.stdout).not.toContain('fixed');
  expect(readdirSync(place.path('fox/prompts/v2')).sort()).toEqual([
    'bridge.hbs',
    'forest.hbs',
    'partials',
    'sheet.hbs',
  ]);
});

it('annotates lines on GitHub Actions', async () => {
  await using place = new Workplace();
  await fox(place);
  await using ci = new Workplace({ github: { stepSummary: undefined, workspace: place.folder } });
  const { stderr } = await ci.run('lint', place.path('fox'), '--revision', 'v2');
  expect(stderr).toMatch(
    /^::error file=fox\/prompts\/v2\/forest\.hbs,line=3,col=95,title=prompt-weight::'::2' is a weight/m,
  );
});

it.each<[string, string[], RegExp]>([
  ['no suite', ['lint', 'nowhere'], /there is no suite at/],
  ['no revision', ['lint', 'fox', '--revision', 'v3'], /fox has no revision 'v3'/],
  ['no number', ['lint', 'fox', '--max-warnings', 'some'], /'some' is not a whole number/],
])('%s is exit 2', async (_, argv, message) => {
  await using place = new Workplace();
  await place.run('init', 'fox');
  const { code, stderr, stdout } = await place.run(...argv);
  expect(stderr).toMatch(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
