import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../record.js';
import { gatedRecord } from '../__fixtures__/gated-record.js';
import { hostile } from '../__fixtures__/sample-record.js';
import { record, sample } from '../__fixtures__/small-record.js';
import { junitXml } from './junit.js';

const schema = XmlDocument.fromString(readFileSync(join(import.meta.dirname, '../__fixtures__/junit.xsd'), 'utf8'));
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

/** What a reader of the file sees; throws where it is no XML or does not fit the schema. */
function read(run: RunRecord): { counts: Record<string, number>; cases: Map<string, string>; text: string } {
  const document = XmlDocument.fromString(junitXml(run));
  try {
    validator.validate(document);
    const value = (path: string) => document.eval(path);
    const number = (path: string) => Number(value(path));
    const cases = document.find('//testsuite[1]/testcase').map((node): [string, string] => {
      const result = node.get('failure|error|skipped');
      const outcome = result instanceof XmlElement ? `${result.name} ${result.attr('type')?.content ?? ''}` : 'passed';
      return [node.get('@name')?.content ?? '', outcome];
    });
    return {
      counts: {
        tests: number('count(//testcase)'),
        failures: number('count(//failure)'),
        errors: number('count(//error)'),
        said: number('number(/testsuites/@tests)'),
        failuresSaid: number('number(/testsuites/@failures)'),
        errorsSaid: number('number(/testsuites/@errors)'),
        skipped: number('count(//skipped)'),
        skippedSaid: number('sum(//testsuite/@skipped)'),
      },
      cases: new Map(cases),
      text: document.root.content,
    };
  } finally {
    document.dispose();
  }
}

describe('junit.xml', () => {
  it.each([
    ['pass', 'passed', 'passed'],
    ['regression', 'failure regression', 'failure broken'],
    ['inconclusive', 'skipped inconclusive', 'skipped undecided'],
    ['not-gateable', 'error not-gateable', 'skipped unjudged'],
    ['infra', 'error infra', 'skipped unjudged'],
  ] as const)('says %s as the exit code does', (state, gate, forest) => {
    const { cases, counts } = read(gatedRecord(state));
    expect(cases.get('the gate')).toBe(gate);
    expect(cases.get('forest')).toBe(forest);
    expect(cases.size).toBe(10);
    expect(counts).toMatchObject({
      tests: 19,
      said: 19,
      failures: counts['failuresSaid'],
      errors: counts['errorsSaid'],
      skipped: counts['skippedSaid'],
    });
  });

  it('passes nothing that was not judged', () => {
    for (const run of [record(), record({ samples: [] }), gatedRecord('not-gateable'), gatedRecord('infra')])
      expect([...read(run).cases.values()]).not.toContain('passed');
    expect(read(gatedRecord('infra')).cases.get('sheet')).toBe('error infra');
  });

  it.each([
    ['budget', null, 'error budget'],
    ['interrupted', null, 'error interrupted'],
    ['interrupted', 'pass', 'error interrupted'],
    ['budget', 'inconclusive', 'skipped inconclusive'],
    ['complete', null, 'skipped not-gated'],
  ] as const)('a run that is %s, with the verdict %s: %s', (status, state, gate) => {
    const run = state ? gatedRecord(state, { status }) : record({ status });
    expect(read(run).cases.get('the gate')).toBe(gate);
  });

  it('has a test case for each check; one that had nothing to judge is skipped', () => {
    const check = { id: 'cost', case: null, variant: 'pro-v2', value: 0.1, passed: true, message: 'm' };
    const { cases } = read(
      record({
        checks: [
          { ...check, limit: 'cost max 0.2' },
          { ...check, limit: 'cost max 0.1', passed: false, case: 'valley' },
          { ...check, limit: 'ssim min 0.5', value: null, passed: null },
        ],
      }),
    );
    expect(cases.get('check cost max 0.2')).toBe('passed');
    expect(cases.get('check cost max 0.1')).toBe('failure check');
    expect(cases.get('check ssim min 0.5')).toBe('skipped not-measured');
  });

  it('shows other variants without judging them', () => {
    const xml = junitXml(gatedRecord('regression'));
    expect(xml).toContain('classname="robot.pro-v1" name="forest"');
    expect(xml.match(/type="not-gated" message="shown, not gated"/g)).toHaveLength(9);
    const run = gatedRecord('pass');
    if (run.gate) run.gate.terms.reference = { kind: 'variant', variant: 'pro-v1' };
    expect(junitXml(run).match(/message="what the gate compares with, not gated"/g)).toHaveLength(9);
  });

  it('keeps the dots of a model out of the package that Jenkins sees', () => {
    const [variant] = record().variants;
    if (!variant) throw new Error('the fixture has a variant');
    const run = record({
      variants: [{ ...variant, id: 'nano-2.1@v2' }],
      samples: [sample({ variant: 'nano-2.1@v2' })],
    });
    expect(junitXml(run)).toContain('classname="robot.nano-2_1@v2" name="valley"');
  });

  it('tells why a sample has no picture', () => {
    const run = record({ samples: [sample({ outcome: 'refused', reason: 'IMAGE_SAFETY', scores: {} })] });
    expect(read(run).text).toContain('sample 1: refused, IMAGE_SAFETY');
  });

  const nasty = [
    hostile,
    ']]>',
    '\u0000\u0008\u000b\u001f\u007f',
    '\ud800',
    '\udfff😀\ud83d',
    '\ufffe\uffff',
    '&amp;&#0;',
    '-->',
  ];

  const runs = {
    pass: gatedRecord('pass'),
    regression: gatedRecord('regression'),
    infra: gatedRecord('infra'),
  };

  it('is held to a schema that refuses what is wrong', () => {
    const wrong = XmlDocument.fromString(
      junitXml(record()).replace('<skipped', '<ignored').replace('</skipped', '</ignored'),
    );
    expect(() => validator.validate(wrong)).toThrow(/ignored/);
    wrong.dispose();
  });

  it('is valid whatever texts say', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...nasty));
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom('pass' as const, 'regression' as const, 'infra' as const),
        (one, two, state) => {
          expect(read(withText(runs[state], one, two)).counts['tests']).toBe(19);
        },
      ),
      { numRuns: 50 },
    );
    for (const text of nasty) read(withText(runs.infra, text, text));
  });
});

function withText(run: RunRecord, name: string, text: string): RunRecord {
  const renamed = `forest${name}`;
  return {
    ...run,
    id: name,
    suite: { ...run.suite, name },
    variants: run.variants.map((variant) => ({ ...variant, name, model: text, revision: text })),
    cases: run.cases.map((each) => (each.name === 'forest' ? { ...each, name: renamed } : each)),
    samples: run.samples.map((each) => ({
      ...each,
      case: each.case === 'forest' ? renamed : each.case,
      reason: text,
      outcome: each.sample % 2 ? each.outcome : 'refused',
    })),
    verdict: run.verdict && { ...run.verdict, title: text, message: name },
  };
}
