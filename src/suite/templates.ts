import Handlebars from 'handlebars';
import { messageOf, UsageError, type Place } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { type Problems, shown } from './problems.js';
import { FIRST_MENTION, inlinePartials, StrictVisitor, type Mention } from './strict-visitor.js';

/** Template source by name, with the file that messages name. */
export type Sources = ReadonlyMap<string, Source>;

interface Source {
  text: string;
  file: string;
}

export type Data = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 30;
const MAX_PARTIALS = 10_000;
/**
 * Handlebars with nothing that fails silently: a variable that is missing anywhere, even in a condition, an
 * unknown helper or partial, partials without end are errors with their place. Text is not escaped; the
 * prototypes of the data are out of reach; no helper but the logic ones.
 */
export class Templates {
  private readonly handlebars = Handlebars.create();
  private readonly mentions: Mention[] = [];
  private readonly compiled = new Map<string, Handlebars.TemplateDelegate>();
  private depth = 0;
  private invoked = 0;

  /**
   * Reads all templates; while anything in `problems` is wrong with one, none can be rendered.
   * @param prepare may change a checked template before it is compiled.
   */
  constructor(
    templates: Sources,
    partials: Sources,
    problems: Problems,
    prepare: (program: hbs.AST.Program, source: Source) => void = () => undefined,
  ) {
    this.handlebars.registerHelper('lookup', lookup);
    const before = problems.count;
    const parse = ({ text, file }: Source): hbs.AST.Program | null => {
      try {
        return this.handlebars.parse(text);
      } catch (error) {
        problems.add(...syntaxProblem(error, text, file));
        return null;
      }
    };
    const programs = (sources: Sources) =>
      [...sources].flatMap(([name, source]) => {
        const program = parse(source);
        return program ? [{ name, program, source }] : [];
      });
    const all = { templates: programs(templates), partials: programs(partials) };
    const inline = [...all.templates, ...all.partials].flatMap(({ program }) => inlinePartials(program));
    const known = [...partials.keys(), ...inline];
    const add = ({ name, program, source }: { name: string; program: hbs.AST.Program; source: Source }) => {
      new StrictVisitor(source.file, known, this.mentions, problems).accept(program);
      prepare(program, source);
      return [name, this.compile(program, source.file)] as const;
    };
    for (const partial of all.partials) this.handlebars.registerPartial(...add(partial));
    const compiled = all.templates.map(add);
    if (problems.count === before) for (const [name, template] of compiled) this.compiled.set(name, template);
  }

  has(name: string): boolean {
    return this.compiled.has(name);
  }

  /**
   * @throws UsageError with the template's line and column, and the nearest variable when one is missing.
   */
  render(name: string, data: Data): string {
    this.depth = this.invoked = 0;
    const template = this.compiled.get(name);
    if (!template) throw new Error(`no template ${name}`);
    try {
      return template(data, { allowProtoMethodsByDefault: false, allowProtoPropertiesByDefault: false });
    } catch (thrown) {
      if (thrown instanceof Missing) throw thrown.explain(data);
      throw thrown;
    }
  }

  private compile(program: hbs.AST.Program, file: string): Handlebars.TemplateDelegate {
    const options = { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { log: false } };
    const template = this.handlebars.compile(program, options as unknown as CompileOptions);
    return (context, runtime) => {
      if (this.depth >= MAX_DEPTH || this.invoked >= MAX_PARTIALS)
        throw new UsageError(`partials include each other without end, or more than ${MAX_PARTIALS} times`, {
          place: { file },
        });
      this.depth += 1;
      this.invoked += 1;
      try {
        return template(context, runtime);
      } catch (thrown) {
        throw this.located(thrown, file);
      } finally {
        this.depth -= 1;
      }
    };
  }

  private located(thrown: unknown, file: string): unknown {
    if (thrown instanceof UsageError || thrown instanceof Missing) return thrown;
    const { lineNumber: line, column } = thrown as { lineNumber?: number; column?: number };
    const mention = line === undefined ? this.memberOfText(thrown, file) : this.mentions[line - FIRST_MENTION];
    if (mention) return new Missing(mention);
    const place: Place = { file, ...(line === undefined ? {} : { line, column: (column ?? 0) + 1 }) };
    return new UsageError(`cannot be rendered: ${withoutPlace(thrown)}`, { place, cause: thrown });
  }

  /** Handlebars asks whether a text or a number has a member with JavaScript's `in`, which throws. */
  private memberOfText(thrown: unknown, file: string): Mention | undefined {
    const member = /^Cannot use 'in' operator to search for '(.*?)' in /.exec(messageOf(thrown))?.[1];
    return this.mentions.find(({ path, place }) => place.file === file && path.parts.at(-1) === member);
  }
}

/** Handlebars' own `lookup` gives nothing for a member that is missing. */
function lookup(from: unknown, member: string | number): unknown {
  if (typeof from !== 'object' || from === null || !Object.hasOwn(from, member))
    throw new Handlebars.Exception(`lookup finds no ${shown(member)}`);
  return (from as Record<string | number, unknown>)[member];
}

/** Handlebars' type asks for every known helper; the object may also switch one off. */
type CompileOptions = NonNullable<Parameters<typeof Handlebars.compile>[1]>;

/** A variable that the data of this rendering does not hold. */
class Missing extends Error {
  constructor(readonly mention: Mention) {
    super(`missing variable ${mention.path.original}`);
  }

  /** Suggests among the members of the deepest part that the data does hold. */
  explain(data: Data): UsageError {
    const { path, place } = this.mention;
    const found: string[] = [];
    let scope: unknown = data;
    for (const part of path.parts) {
      if (!isMap(scope) || !Object.hasOwn(scope, part)) break;
      scope = scope[part];
      found.push(part);
    }
    const missing = path.parts[found.length];
    const name = missing === undefined ? path.original : [...found, missing].join('.');
    const known = isMap(scope) ? Object.keys(scope).map((key) => [...found, key].join('.')) : [];
    return new UsageError(`the variable ${shown(name)} is not given.${suggestion(name, known)}`, {
      place,
      fix: 'Give it under vars of the suite or of the case.',
    });
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Handlebars' parser draws a caret under the place; this finds the column again. */
function syntaxProblem(error: unknown, text: string, file: string): [string, Place] {
  const { lineNumber, column = 0 } = error as { lineNumber?: number; column?: number };
  if (lineNumber !== undefined)
    return [`template: ${withoutPlace(error)}`, { file, line: lineNumber, column: column + 1 }];
  const drawn = /line (\d+):\n(.*)\n(-*)\^\n.*, got '(.*)'/s.exec(messageOf(error));
  if (!drawn) return [`template: ${messageOf(error)}`, { file }];
  const [, lineText, excerpt = '', dashes = '', token = ''] = drawn;
  const known: Record<string, string> = { EOF: 'the text ends too early', INVALID: 'unexpected character' };
  const problem = `template: ${known[token] ?? `unexpected ${token.toLowerCase().replaceAll('_', ' ')}`}`;
  const line = Number(lineText);
  // The excerpt before the caret holds the last characters up to it, without line ends.
  const before = excerpt.slice(0, dashes.length).replace(/^\.\.\./, '');
  const lines = text.split('\n');
  const flat = lines.slice(0, line - 1).join('');
  const here = lines[line - 1] ?? '';
  const at = [...here, ''].findIndex((_character, index) => `${flat}${here.slice(0, index)}`.endsWith(before));
  return [problem, at < 0 ? { file, line } : { file, line, column: at + 1 }];
}

/** A message without the line and column that Handlebars appends. */
function withoutPlace(error: unknown): string {
  return messageOf(error).replace(/ - \d+:\d+$/, '');
}
