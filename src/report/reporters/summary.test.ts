import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../record.js';
import { gatedRecord } from '../__fixtures__/gated-record.js';
import { hostile } from '../__fixtures__/sample-record.js';
import { picture, record, sample } from '../__fixtures__/small-record.js';
import { line } from '../format.js';
import { summaryMarkdown } from './summary.js';
import { plain } from './summary-text.js';

const check = {
  id: 'consistency',
  limit: 'consistency min 0.6',
  case: 'forest',
  variant: 'pro-v2',
  value: 0.55,
  passed: false,
  message: 'consistency min 0.6: broken, worst 0.55 in forest (sample 9)',
};

/** As GitHub's Markdown reads it, with HTML let through. */
const html = (markdown: string) =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
const named: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
const textOf = (markup: string) =>
  markup.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|amp);/g, (entity) => named[entity] ?? '');
const tagsOf = (markup: string) => [...new Set(markup.match(/<[^>]*>/g))];

describe('summary.md', () => {
  it('says the verdict first, the broken case next, then what it cost', () => {
    const verdict = { state: 'regression', title: 'Regression: robot v2, worse', message: 'In words.' } as const;
    const warnings = ['The baseline holds 8 samples a case.'];
    expect(summaryMarkdown(gatedRecord('regression', { emulated: true, verdict, checks: [check], warnings })))
      .toMatchInlineSnapshot(`
        "### ✕ robot: regression

        **robot v2, worse**

        **Emulated pictures, not Gemini's.**

        In words.

        1 of 1 check failed. Weakest consistency: forest on pro · v2, 0.56 &#91;0.42, 0.69&#93; from 2 samples; approved 0.80, n 8.

        | case | consistency | state |
        | --- | --- | --- |
        | **all cases** | −0.034 &#91;−0.058, −0.010&#93; (margin 0.03), n 18 against 72 | regression |
        | forest | −0.241 (margin 0.08), n 2 against 8 | broken |
        | clearing | −0.049 (margin 0.08), n 2 against 8 | undecided |
        | ascension | −0.027 (margin 0.08), n 2 against 8 | undecided |
        | valley | −0.017 (margin 0.08), n 2 against 8 | undecided |
        | sheet | −0.015 (margin 0.08), n 2 against 8 | ok |
        | summit | −0.008 (margin 0.08), n 2 against 8 | ok |
        | bridge | −0.001 (margin 0.08), n 2 against 8 | ok |
        | mountains | +0.038 (margin 0.08), n 2 against 8 | ok |
        | hammock | +0.013 (margin 0.08), n 2 against 8 | ok |

        **Cost:** <span>$</span>3.62 spent; 27 pictures, 27 calls

        **Next:** look at forest, the weakest case; nothing more to pay.

        **Failed checks**

        - consistency min 0.6: broken, worst 0.55 in forest (sample 9) (pro-v2)

        **Warnings**

        - The baseline holds 8 samples a case.

        Report: index.html of robot/r1, in the reports folder or in what CI kept of it.
        "
      `);
  });

  it.each([
    ['pass', '### ✓ robot: pass', '**Next:** nothing to do.'],
    ['regression', '### ✕ robot: regression', '**Next:** look at forest, the weakest case; nothing more to pay.'],
    ['inconclusive', '### ? robot: inconclusive', 'is 9 samples, about <span>$</span>1.21.'],
    ['not-gateable', '### ? robot: not gateable', '**Next:** what stands above; nothing was proven either way.'],
    ['infra', '### ! robot: no verdict', '--retry-errors tries 2 samples again, about <span>$</span>0.268.'],
  ] as const)('%s: what it is and what to do', (state, title, next) => {
    const text = summaryMarkdown(gatedRecord(state));
    expect(text.split('\n')[0]).toBe(title);
    expect(text).toContain(next);
  });

  it('names what is left to buy when a gate was stopped early', () => {
    const run = gatedRecord('inconclusive', { status: 'budget' });
    if (run.gate) run.gate.numbers.samples.counted = 30;
    const next =
      'goes on where this run stopped, with a higher --max-cost: at most 24 samples, about <span>$</span>3.22.';
    expect(summaryMarkdown(run)).toContain(next);
    if (run.gate) run.gate.terms.reference = { kind: 'variant', variant: 'pro-v1' };
    expect(summaryMarkdown(run)).toContain('at most 48 samples, about <span>$</span>6.43.');
  });

  it('shows what a run without a gate measured, and how to get a baseline', () => {
    const text = summaryMarkdown(record());
    expect(text).toContain('| valley | 0.80, n 1 | not judged |');
    expect(text).toContain('**Next:** evaluate approve makes this run the baseline');
  });

  it('cuts long lists short', () => {
    const names = Array.from({ length: 30 }, (_, i) => `case-${i}`);
    const cases = names.map((name) => ({ name, characters: [], level: 0, baseline: null }));
    const samples = names.map((name) => sample({ case: name }));
    const text = summaryMarkdown(record({ cases, samples, warnings: Array.from({ length: 12 }, (_, i) => `w ${i}`) }));
    expect(text).toContain('10 more cases in the report.');
    expect(text).toContain('- w 9\n- 2 more\n');
  });
});

const tags = /^<\/?(h3|p|strong|span|table|thead|tbody|tr|th|td|ul|li|br ?\/)>$/;
const nasty = [
  hostile,
  '[x](javascript:alert(1)) ![x](https://evil.example/p.png) <https://evil.example>',
  'https://evil.example www.evil.example ftp://evil.example me@evil.example mailto:me@evil.example xmpp:me@evil.example',
  '@octocat @org/team #12 org/repo#12 GH-12 org/repo@0123456',
  'a | b || c \\| d \\\\| e',
  '`code` ``` *b* _i_ **b** __b__ ~~s~~ ~s~ [^1] [x]: y <!-- --> &lt;b&gt; &#60;b&#62; \\*',
  '$\\href{x}{y}$ $$x$$ $`x`$',
  '# h',
  '> q',
  '- l',
  '+ l',
  '1. l',
  '12) l',
  '---',
  '===',
  '- [ ] t',
  '```',
  '    code',
  '\tcode',
  '| a |\n| - |',
];

describe('plain', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'\\`*_[]()<>!|~@#$&:/w.-+1 a\n') }),
    fc.constantFrom(...nasty),
  );

  it('reads as it was, and is nothing but text', () => {
    const holds = (written: string) => {
      const markup = html(`- ${plain(written)}`);
      expect(tagsOf(markup).filter((tag) => !/^<\/?(ul|li|span)>$/.test(tag))).toEqual([]);
      const shown = textOf(markup);
      expect(shown.replaceAll('\u200b', '').trim().replace(/\s+/g, ' ')).toBe(
        line(written).replaceAll('\u200b', '').trim().replace(/\s+/g, ' '),
      );
      expect(shown).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\./i);
    };
    fc.assert(fc.property(text, holds), { numRuns: 300 });
    nasty.forEach(holds);
  });

  it('leaves names and numbers as they are', () => {
    for (const name of ['gemini-3-pro-image', '−0.241 (margin 0.08), n 2 against 8', '+0.003', '0.80'])
      expect(plain(name)).toBe(name);
  });

  it('keeps a summary what it is, whatever texts say', () => {
    const shape = (of: RunRecord) => {
      const markdown = summaryMarkdown(of);
      const markup = html(markdown);
      expect(tagsOf(markup).filter((tag) => !tags.test(tag))).toEqual([]);
      expect(textOf(markup)).not.toMatch(/@\w|#\d|:\/\//);
      return ['td', 'li', 'h3', 'strong'].map((tag) => markup.split(`<${tag}>`).length);
    };
    const run = gatedRecord('regression', { checks: [check], warnings: ['w'] });
    const expected = shape(run);
    const holds = (written: string) => {
      expect(shape(said(run, `x${written}`))).toEqual(expected);
    };
    fc.assert(fc.property(text, holds), { numRuns: 8 });
    nasty.forEach(holds);
  });

  it('says what was not measured, and how many tries were discarded', () => {
    const discarded = [{ try: 1, key: 'b'.repeat(64), seed: 1, image: picture, cost: 0.1, savedCost: 0, scores: {} }];
    const unmeasured = {
      ...check,
      value: null,
      passed: null,
      message: 'text min 0.9: not measured, no sample has a picture',
    };
    const samples = [sample({ image: picture, discarded }), sample({ case: 'forest', image: picture })];
    const text = summaryMarkdown(record({ settings: { retry: {} }, samples, checks: [unmeasured] }));
    expect(text).toContain('\n\n**1 check not measured**\n');
    expect(text).toContain('\n\n**Tries:** 1 of 2 pictures is a second or later try, 1 discarded\n\n');
    expect(text).toMatch(/\*\*Checks not measured\*\*\n\n- text min 0\.9: not measured, no sample has a picture \(/);
    expect(text).not.toContain('Failed checks');
    expect(text).not.toContain('passed');
    expect(summaryMarkdown(record())).not.toMatch(/Tries|measured/);
  });

  it('fits a comment, with the verdict in it, however much is said', () => {
    const many = { checks: Array.from({ length: 9 }, () => check), warnings: Array.from({ length: 9 }, () => 'w') };
    const text = summaryMarkdown(said(gatedRecord('regression', many), '$'.repeat(100_000)));
    expect(text.length < 65_536).toBe(true);
    expect(/^### ✕ .*: regression\n/.test(text)).toBe(true);
    expect(text.endsWith('\n\nCut here: the report has the rest.\n')).toBe(true);
  });
});

function said(run: RunRecord, text: string): RunRecord {
  return {
    ...run,
    id: text,
    suite: { ...run.suite, name: text },
    variants: run.variants.map((variant) => ({ ...variant, name: text })),
    cases: run.cases.map((each) => (each.name === 'forest' ? { ...each, name: text } : each)),
    samples: run.samples.map((each) => ({ ...each, case: each.case === 'forest' ? text : each.case })),
    verdict: run.verdict && { ...run.verdict, title: text, message: text },
    checks: run.checks.map((each) => ({ ...each, message: text, variant: text })),
    warnings: run.warnings.map(() => text),
  };
}
