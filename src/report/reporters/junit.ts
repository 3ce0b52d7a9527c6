import { join } from 'node:path';
import { create } from 'xmlbuilder2';
import { writeFileAtomic } from '../../lib/files.js';
import type { RunRecord } from '../../record.js';
import { line } from '../format.js';
import { variantLabel, type Variant } from '../matrix.js';
import type { Reporter } from '../reporter.js';
import { testCases, type TestCase } from './junit-cases.js';

/**
 * `junit.xml` in the run's folder: a test suite a variant, a test case a case, one for each check and one for the gate.
 * The format that Jenkins' xUnit plugin describes (junit-10.xsd) and that GitLab, Azure and CircleCI read.
 */
export function junitReporter(): Reporter {
  return {
    id: 'junit',
    onEnd: (record, { folder }) => writeFileAtomic(join(folder, 'junit.xml'), junitXml(record)),
  };
}

export function junitXml(record: RunRecord): string {
  const suites = record.variants.map((variant) => ({ variant, cases: testCases(record, variant) }));
  const { tests, failures, errors, time } = counts(suites.flatMap(({ cases }) => cases));
  const document = {
    testsuites: {
      '@name': 'evaluate',
      '@tests': tests,
      '@failures': failures,
      '@errors': errors,
      '@time': time,
      testsuite: suites.map(({ variant, cases }) => suiteNode(record, variant, cases)),
    },
  };
  // What XML cannot hold (control characters, halves of surrogate pairs) may stand in text from outside.
  return `${create({ encoding: 'UTF-8', invalidCharReplacement: '\ufffd' }, document).end({ prettyPrint: true })}\n`;
}

function suiteNode(record: RunRecord, variant: Variant, cases: TestCase[]) {
  const { tests, failures, errors, skipped, time } = counts(cases);
  const properties = {
    run: record.id,
    model: variant.model,
    revision: variant.revision,
    candidate: String(variant.candidate),
    emulated: String(record.emulated),
    status: record.status,
    verdict: (variant.candidate && record.verdict?.state) || 'none',
  };
  return {
    '@name': line(`${record.suite.name} · ${variantLabel(variant)}`),
    '@tests': tests,
    '@failures': failures,
    '@errors': errors,
    '@skipped': skipped,
    '@time': time,
    '@timestamp': record.startedAt,
    properties: { property: Object.entries(properties).map(([name, value]) => ({ '@name': name, '@value': value })) },
    testcase: cases.map((each) => caseNode(each, `${record.suite.name}.${dotless(variant.id)}`)),
  };
}

/** Jenkins takes what stands before the last dot of a class for its package. */
const dotless = (id: string) => id.replaceAll('.', '_');

function caseNode({ name, seconds, result, output }: TestCase, classname: string) {
  return {
    '@classname': classname,
    '@name': line(name),
    '@time': seconds.toFixed(3),
    ...(result && { [result.kind]: { '@type': result.type, '@message': line(result.message) } }),
    'system-out': output.map((text) => line(text)).join('\n'),
  };
}

function counts(cases: readonly TestCase[]) {
  const of = (kind: string) => cases.filter(({ result }) => result?.kind === kind).length;
  return {
    tests: cases.length,
    failures: of('failure'),
    errors: of('error'),
    skipped: of('skipped'),
    time: cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
  };
}
