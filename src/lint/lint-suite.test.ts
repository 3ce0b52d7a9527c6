import { readFileSync, realpathSync, statSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../lib/errors.js';
import { templateFiles } from '../suite/template/files.js';
import { LintFolders, sliceAt, soundScene, soundSuite, suiteFiles } from './__fixtures__/linted.js';
import { lintSuite, writeFixes } from './lint-suite.js';

const folders = new LintFolders();
afterAll(() => folders.remove());

const peak = () => path.join(folders.folder, 'prompts/v1/peak.hbs');
const anyPicture = () => Promise.resolve({ mime: 'image/png', width: 1, height: 1 });

describe('shipped suites', () => {
  const suites = path.join(import.meta.dirname, '../../suites');

  it('robot v2 and cast are clean', async () => {
    const robot = await lintSuite(path.join(suites, 'robot'), { inspectImage: anyPicture, revisions: ['v2'] });
    const cast = await lintSuite(path.join(suites, 'cast'), { inspectImage: anyPicture });
    expect([...robot.findings, ...cast.findings]).toEqual([]);
  });

  it('robot v1 is what people write first', async () => {
    const { findings } = await lintSuite(path.join(suites, 'robot'), { inspectImage: anyPicture, revisions: ['v1'] });
    const counts: Record<string, number> = {};
    for (const finding of findings) {
      expect(sliceAt(finding)).toBe(finding.text);
      counts[finding.rule] = (counts[finding.rule] ?? 0) + 1;
    }
    expect(counts).toEqual({
      'image-labels': 7,
      'keyword-list': 8,
      'vague-word': 2,
      'quality-keyword': 2,
      'caption-quotes': 3,
      'previous-object': 2,
    });
  });

  it("init's second revision is clean", async () => {
    const files = { ...templateFiles('robot'), 'assets/portrait.png': 'PNG fox' };
    const { findings } = await folders.lint({ ...suiteFiles(''), ...files }, { revisions: ['v2'] });
    expect(
      findings.filter(({ place }) => !place.file.includes('/v1/')).map(({ rule, text }) => `${rule} ${text}`),
    ).toEqual([]);
  });
});

describe('places', () => {
  it('what a partial says to several cases is one finding, in the partial', async () => {
    const { findings } = await folders.lint(
      suiteFiles(`${soundScene}\n  {{> light}}\n`, {
        'prompts/v1/hill.hbs': 'Image 1: the sheet.\nThe robot stands on a hill.\n{{> light}}\n',
        'prompts/v1/partials/light.hbs': '{{#if true}}Sun.{{/if}}\nIt is in\na stunning light.\n'.replace(
          '{{#if true}}Sun.{{/if}}',
          'Sun.',
        ),
      }),
    );
    expect(findings).toMatchObject([
      {
        rule: 'vague-word',
        place: { line: 3, column: 3 },
        text: 'stunning',
        cases: ['hill', 'peak'],
        revisions: ['v1'],
      },
    ]);
    expect(findings[0]?.place.file).toMatch(/partials\/light\.hbs$/);
  });

  it('what a variable says is found in the suite file; what it is part of, in the template', async () => {
    const text = soundSuite.replace('cases:', "vars: { look: 'felt, stunning', noun: stun }\ncases:");
    const { findings } = await folders.lint(
      suiteFiles(`${soundScene}It is of {{look}}, a {{noun}}ning\none.\n`, { 'suite.yaml': text }),
    );
    expect(
      findings.map(({ place, text }) => `${path.basename(place.file)}:${place.line}:${place.column} ${text}`),
    ).toEqual(['peak.hbs:4:85 {{noun}}ning', 'suite.yaml:7:22 stunning']);
  });

  it('an exemption holds for its file alone; one of no rule is an error', async () => {
    const scene = (comment: string) => suiteFiles(`${comment}${soundScene}An epic day.\n`);
    expect((await folders.lint(scene('{{!-- lint-ignore: negative vague-word --}}'))).findings).toEqual([]);
    expect((await folders.lint(scene('{{! lint-ignore: negative }}'))).findings).toHaveLength(1);
    const wrong = folders.lint(scene('{{! lint-ignore: vague-words }}'));
    await expect(wrong).rejects.toThrow(/peak\.hbs:1:1: lint-ignore: .*'vague-words'.*Did you mean 'vague-word'\?/);
  });

  it('a revision that the suite does not have is an error', async () => {
    const linted = folders.lint(suiteFiles(soundScene), { revisions: ['v3'] });
    await expect(linted).rejects.toThrow(new UsageError("robot has no revision 'v3'. Did you mean 'v1'?"));
  });
});

async function fixed(files: Parameters<typeof folders.lint>[0]) {
  const { files: written, changes } = await folders.lint(files, { fix: true });
  writeFixes(written);
  return changes.map(({ place, was, is }) => `${place.line}:${place.column} ${was} -> ${is}`);
}

/** A prompt's last sentences -> what is left of them. */
const fixes: [name: string, before: string, after: string][] = [
  ['weights', 'A rope::2 and (long boots:1.3), ((red gloves)).', 'A rope and long boots, red gloves.'],
  ['weights in one another', 'A ((red (rope:1.2))) here.', 'A red rope here.'],
  ['quality keywords at the end', 'felt hills, a path, 8k, masterpiece', 'felt hills, a path'],
  ['quality keywords in front', '\nmasterpiece, best quality, felt hills', '\nfelt hills'],
  [
    'a sentence stays whole',
    'It is a masterpiece of felt, 8k in every seam.',
    'It is a masterpiece of felt, 8k in every seam.',
  ],
  ['quotes stay', 'A sign says "rope::2, 8k".', 'A sign says "rope::2, 8k".'],
  ['idle parameters', 'A day --v 6 --stylize 500', 'A day'],
  ['a ratio that is set', 'A day --ar 16:9', 'A day'],
  ['another ratio', 'A day --ar 1:1', 'A day --ar 1:1'],
  [
    'parameters with a meaning',
    'A day --no rain --cref https://example.org/a.png',
    'A day --no rain --cref https://example.org/a.png',
  ],
  ['a LoRA', 'A day <lora:felt:0.8>', 'A day <lora:felt:0.8>'],
  [
    'tags are left alone',
    '(rope {{case}}:1.3) {(rope:1.3)} {{case}}::2, {{case}}::2}',
    '(rope {{case}}:1.3) {(rope:1.3)} {{case}}, {{case}}::2}',
  ],
];

describe('fixing', () => {
  it.each(fixes)('%s', async (_, before, after) => {
    const changes = await fixed(suiteFiles(`${soundScene}${before}\n`));
    expect(readFileSync(peak(), 'utf8')).toBe(`${soundScene}${after}\n`);
    expect(changes.length > 0).toBe(before !== after);
  });

  it('keeps comments, line ends, the byte order mark and links', async () => {
    const text = `\uFEFF{{!-- kept, 8k --}}\r\n${soundScene.replaceAll('\n', '\r\n')}\r\n{{> light}}\r\nA rope::2\rhere\n`;
    await folders.lint(
      suiteFiles('', {
        'prompts/v1/peak.hbs': { linkTo: '../../shared.hbs' },
        'shared.hbs': text,
        'prompts/v1/partials/light.hbs': 'Light, 8k\n',
      }),
    );
    const { files } = await folders.again({ fix: true });
    writeFixes(files);
    expect(readFileSync(peak(), 'utf8')).toBe(text.replace('::2', ''));
    expect(path.basename(realpathSync(peak()))).toBe('shared.hbs');
    expect(readFileSync(path.join(folders.folder, 'prompts/v1/partials/light.hbs'), 'utf8')).toBe('Light\n');
  });

  it('writes nothing when a file has changed meanwhile', async () => {
    const before = suiteFiles(`${soundScene}A rope::2.\n`, {
      'prompts/v1/hill.hbs': 'A hill with the robot::2 on it.\n',
    });
    const { files } = await folders.lint(before, { fix: true });
    expect(files.size).toBe(2);
    files.set(peak(), { text: '', before: 'something else' });
    const hill = path.join(folders.folder, 'prompts/v1/hill.hbs');
    const { mtimeMs } = statSync(hill);
    expect(() => writeFixes(files)).toThrow(/peak\.hbs: the file has changed/);
    expect(statSync(hill).mtimeMs).toBe(mtimeMs);
  });
});

const fragments = fc.constantFrom(
  ...[
    ', 8k',
    ', masterpiece',
    'masterpiece, ',
    'rope::2',
    '::2',
    '(rope:1.3)',
    '((rope))',
    ' --v 6',
    ' --ar 16:9',
    ' --ar 1:1',
    ' --no rain',
  ],
  ...[
    'The robot climbs',
    'a hill',
    '. ',
    ', ',
    '\n',
    '\n\n',
    '"8k, masterpiece"',
    '{{case}}',
    '{{> light}}',
    '{{#if case}}',
    '{{/if}}',
    'epic',
  ],
  ...[
    'no people',
    '(',
    ')',
    '::',
    ' ',
    '\\',
    '<lora:a:1>',
    'Image 3',
    "don't",
    '1024x1024',
    'é',
    '🤖',
    '\r\n',
    '{',
    '}',
    '--',
  ],
);

it('of any prompt, every place holds its text, and fixing twice changes nothing more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fragments, { minLength: 1, maxLength: 14 }), async (parts) => {
      const prompt = `A robot: ${parts.join('')}`;
      const files = suiteFiles(prompt, { 'prompts/v1/partials/light.hbs': 'soft light, 8k\n(rope:1.2) in it\n' });
      const first = await folders.lint(files).catch((error: unknown) => error);
      // Tags in disorder do not load.
      fc.pre(!(first instanceof UsageError));
      if (first instanceof Error) throw first;
      for (const finding of (first as Awaited<ReturnType<typeof lintSuite>>).findings)
        expect(sliceAt(finding)).toBe(finding.text);
      const { files: written, findings } = await folders.again({ fix: true });
      expect(findings.filter(({ fixable }) => fixable)).toEqual([]);
      writeFixes(written);
      const again = await folders.again({ fix: true });
      expect(again.changes).toEqual([]);
      expect(again.files.size).toBe(0);
      for (const finding of again.findings) expect(sliceAt(finding)).toBe(finding.text);
      expect(again.findings.map(({ rule, text }) => `${rule} ${text}`)).toEqual(
        findings.map(({ rule, text }) => `${rule} ${text}`),
      );
    }),
    { numRuns: 80 },
  );
});
