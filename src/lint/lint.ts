import type { Place } from '../lib/errors.js';
import type { Path } from '../suite/document.js';
import type { Piece } from '../suite/trace.js';
import type { SourceEdit } from './fix.js';
import { ignoredRules } from './ignored.js';
import type { PromptText, SourceRange } from './prompt-text.js';
import type { InPrompt, InSuite, Level, Rule } from './rule.js';
import { rules } from './rules/index.js';
import { SourceLines } from './source-lines.js';
import type { Subject } from './subject.js';

export interface Finding {
  rule: string;
  level: Level;
  /** What goes wrong otherwise, and who says so. */
  why: string;
  source: string | null;
  place: Required<Place>;
  /** What stands at the place. */
  text: string;
  /** What is wrong, and what to do. */
  message: string;
  advice: string;
  /** Whether `--fix` changes it. */
  fixable: boolean;
  /** Whose prompts it was found in; none for what concerns the suite. */
  cases: string[];
  revisions: string[];
}

export interface Linted {
  /** File by file, from top to bottom. */
  findings: Finding[];
  edits: SourceEdit[];
}

/** Applies every rule to a suite. What one template says to several cases is one finding. */
export function lint(subject: Subject): Linted {
  const sources = new Sources(subject);
  const found = new Map<string, Finding>();
  const edits: SourceEdit[] = [];
  const add = (
    rule: Rule,
    range: SourceRange,
    said: InPrompt | InSuite,
    prompt: PromptText | null,
    edit: SourceEdit | null,
  ) => {
    if (sources.isExempt(range.file, rule)) return;
    const lines = sources.of(range.file);
    if (edit) edits.push(edit);
    const place = lines.placeOf(range.from);
    const key = JSON.stringify([rule.id, place, range.to]);
    const finding = found.get(key) ?? {
      rule: rule.id,
      level: rule.level,
      why: rule.why,
      source: rule.source,
      place,
      text: lines.text.slice(range.from, range.to),
      message: said.message,
      advice: said.advice,
      fixable: edit !== null,
      cases: [],
      revisions: [],
    };
    found.set(key, finding);
    if (prompt && !finding.cases.includes(prompt.case.name)) finding.cases.push(prompt.case.name);
    if (prompt && !finding.revisions.includes(prompt.revision)) finding.revisions.push(prompt.revision);
  };
  for (const rule of rules) {
    for (const prompt of subject.prompts)
      for (const said of rule.inPrompt?.(prompt, subject) ?? []) {
        const range = prompt.locate(said, (piece, text) => sources.variable(piece, text, prompt));
        add(rule, range, said, prompt, said.edit ? sources.edit(rule, said.edit, prompt) : null);
      }
    for (const said of rule.inSuite?.(subject) ?? []) add(rule, sources.inSuite(said.at), said, null, null);
  }
  return { findings: [...found.values()].sort(byPlace), edits };
}

function byPlace({ place: a }: Finding, { place: b }: Finding): number {
  return a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
}

/** The texts that a suite is written in. */
class Sources {
  private readonly files = new Map<string, SourceLines>();
  private readonly exempt = new Map<string, Set<string>>();

  constructor(private readonly subject: Subject) {
    for (const { sources } of subject.revisions)
      for (const [file, text] of sources) this.files.set(file, new SourceLines(file, text));
    const { folder, document } = subject.reading;
    this.files.set(folder.file, new SourceLines(folder.file, document.text));
    for (const lines of this.files.values())
      this.exempt.set(lines.file, ignoredRules(lines, lines.file !== folder.file));
  }

  /** A template that nothing uses was not read. */
  of(file: string): SourceLines {
    return this.files.get(file) ?? new SourceLines(file, '');
  }

  isExempt(file: string, rule: Rule): boolean {
    return this.exempt.get(file)?.has(rule.id) ?? false;
  }

  inSuite(at: InSuite['at']): SourceRange {
    const { folder, document } = this.subject.reading;
    if ('file' in at) return { file: at.file, from: 0, to: this.of(at.file).text.split('\n')[0]?.length ?? 0 };
    const from = this.of(folder.file).offsetOf(at.key ? document.keyAt(at.path) : document.at(at.path));
    const [written = ''] = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s,:{}[\]]+|.)/.exec(document.text.slice(from)) ?? [];
    return { file: folder.file, from, to: from + written.length };
  }

  /** Where the suite file says the value of a variable, if it says it letter by letter. */
  variable({ variable }: Piece, value: string, prompt: PromptText): SourceRange | null {
    const { file, folder, document } = this.subject.reading;
    const parts = variable?.split('.') ?? [];
    const scopes: [Path, unknown][] = [
      [['cases', prompt.case.name, 'vars'], file.cases[prompt.case.name]?.vars],
      [['vars'], file.vars],
    ];
    const scope = scopes.find(([, vars]) => memberOf(vars, parts) === value);
    if (!scope || value === '') return null;
    const from = this.of(folder.file).offsetOf(document.at([...scope[0], ...parts]));
    const start = [from, from + 1].find((offset) => document.text.startsWith(value, offset));
    return start === undefined ? null : { file: folder.file, from: start, to: start + value.length };
  }

  /** An edit of what one template says letter by letter; not where it could make or break a tag. */
  edit(rule: Rule, { start, end, text }: NonNullable<InPrompt['edit']>, prompt: PromptText): SourceEdit | null {
    const range = prompt.verbatim({ start, end });
    if (!range) return null;
    const source = this.of(range.file).text;
    const [before, after] = [source[range.from - 1] ?? '', source[range.to] ?? ''];
    // After the end of a tag nothing begins; but `{{a}}` and `}` would end it anew.
    if (/[{\\]/.test(before) || /[{}\\]/.test(after) || /[{}\\]/.test(text)) return null;
    return { ...range, text, rule: rule.id };
  }
}

function memberOf(from: unknown, parts: readonly string[]): unknown {
  return parts.reduce<unknown>(
    (scope, part) =>
      typeof scope === 'object' && scope !== null && Object.hasOwn(scope, part)
        ? (scope as Record<string, unknown>)[part]
        : undefined,
    from,
  );
}
