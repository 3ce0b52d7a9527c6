import type { z } from 'zod';
import { suggestion } from '../lib/nearest.js';
import type { Path, SuiteDocument } from './document.js';
import { MAX_TOLD, shown, type Problems } from './problems.js';
import { suiteFile, type SuiteFile } from './schema.js';

type Issue = z.core.$ZodIssue;

const nouns: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map',
  record: 'a map',
};

/** The document as the schema sees it, or `null` when it does not fit; every misfit is added to `problems`. */
export function checkSchema(document: SuiteDocument, problems: Problems): SuiteFile | null {
  const result = suiteFile.safeParse(document.value, { reportInput: true });
  if (result.success) return result.data;
  for (const issue of result.error.issues.slice(0, MAX_TOLD)) tell(issue, [], document, problems);
  return null;
}

function tell(issue: Issue, parent: Path, document: SuiteDocument, problems: Problems): void {
  const path = [...parent, ...issue.path];
  const subject = path.length > 0 ? `'${formatPath(path)}'` : 'the suite file';
  if (issue.code === 'unrecognized_keys') {
    const where = path.length > 0 ? ` in ${subject}` : '';
    for (const key of issue.keys.slice(0, MAX_TOLD)) {
      const hint = suggestion(key, issue.message.split(' '));
      problems.add(`unknown key ${shown(key)}${where}.${hint}`, document.keyAt([...path, key]));
    }
  } else if (issue.code === 'invalid_key') {
    const nested = issue.issues[0];
    problems.add(`the key ${subject} ${nested ? sentence(nested) : issue.message}`, document.keyAt(path));
  } else if (issue.code === 'invalid_union') {
    // The branch that was meant is the one whose own kind fits.
    const meant = issue.errors.find((branch) => !branch.some(isKindMisfit));
    if (meant) for (const nested of meant) tell(nested, path, document, problems);
    else {
      const kinds = issue.errors.flatMap((branch) => branch.filter(isKindMisfit).map(kind));
      problems.add(`${subject} must be ${kinds.join(' or ')}, but is ${shown(issue.input)}`, document.at(path));
    }
  } else problems.add(`${subject} ${sentence(issue)}`, document.at(path));
}

/** The rest of a sentence that starts with the path of the value. */
function sentence(issue: Issue): string {
  if (issue.input === undefined) return 'is missing';
  const but = `, but is ${shown(issue.input)}`;
  if (issue.code === 'invalid_type') return `must be ${kind(issue)}${but}`;
  if (issue.code === 'invalid_format') return `must be ${issue.message}${but}`;
  if (issue.code === 'invalid_value') {
    const hint = typeof issue.input === 'string' ? suggestion(issue.input, issue.values.map(String)) : '';
    return `must be ${kind(issue)}${but}.${hint}`;
  }
  if (issue.code === 'too_small')
    return `must ${amount(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}${but}`;
  if (issue.code === 'too_big')
    return `must ${amount(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}${but}`;
  return issue.message;
}

function amount(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'string') return `be ${bound} ${limit} characters long`;
  return origin === 'array' ? `hold ${bound} ${limit}` : `be ${bound} ${limit}`;
}

function isKindMisfit(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function kind(issue: Issue): string {
  if (issue.code === 'invalid_value') return issue.values.map((value) => shown(value)).join(' or ');
  return issue.code === 'invalid_type' ? (nouns[issue.expected] ?? issue.expected) : issue.code;
}

/** `cases.sheet.images[1]`, as people write paths. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('');
}
