import Handlebars from 'handlebars';
import { messageOf, UsageError, type Place } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { type Problems, shown } from './problems.js';

/** Template source by name, with the file that messages name. */
export type Sources = ReadonlyMap<string, { text: string; file: string }>;

export type Data = Readonly<Record<string, unknown>>;

const helpers = ['if', 'unless', 'each', 'with', 'lookup'];
const MAX_DEPTH = 30;
const MAX_PARTIALS = 10_000;
/**
 * Handlebars tells only line and column of a missing variable, not the file or what was written. So every
 * mention gets a line number of its own from here up (no real file has that many lines), which finds it again.
 */
const FIRST_MENTION = 1_000_000;

interface Mention {
  path: hbs.AST.PathExpression;
  place: Place;
}

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

  /** Reads all templates; while anything in `problems` is wrong with one, none can be rendered. */
  constructor(templates: Sources, partials: Sources, problems: Problems) {
    const before = problems.count;
    const parse = ({ text, file }: { text: string; file: string }): hbs.AST.Program | null => {
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
        return program ? [{ name, program, file: source.file }] : [];
      });
    const all = { templates: programs(templates), partials: programs(partials) };
    const inline = [...all.templates, ...all.partials].flatMap(({ program }) => inlinePartials(program));
    const known = [...partials.keys(), ...inline];
    const add = ({ name, program, file }: { name: string; program: hbs.AST.Program; file: string }) => {
      new StrictVisitor(file, known, this.mentions, problems).accept(program);
      return [name, this.compile(program, file)] as const;
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
      if (thrown instanceof Missing) throw thrown.explain(Object.keys(data));
      throw thrown;
    }
  }

  private compile(program: hbs.AST.Program, file: string): Handlebars.TemplateDelegate {
    const options = { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { log: false } };
    const template = this.handlebars.compile(program, options as unknown as CompileOptions);
    return (context, runtime) => {
      if (this.depth >= MAX_DEPTH || this.invoked >= MAX_PARTIALS)
        throw new UsageError('partials include each other without end', { place: { file } });
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
    const mention = line === undefined ? undefined : this.mentions[line - FIRST_MENTION];
    if (mention) return new Missing(mention);
    const place: Place = { file, ...(line === undefined ? {} : { line, column: (column ?? 0) + 1 }) };
    return new UsageError(`cannot be rendered: ${messageOf(thrown)}`, { place, cause: thrown });
  }
}

/** Handlebars' type asks for every known helper; the object may also switch one off. */
type CompileOptions = NonNullable<Parameters<typeof Handlebars.compile>[1]>;

/** A variable that the data of this rendering does not hold. */
class Missing extends Error {
  constructor(readonly mention: Mention) {
    super(`missing variable ${mention.path.original}`);
  }

  explain(known: string[]): UsageError {
    const { path, place } = this.mention;
    const head = path.parts[0] ?? path.original;
    const name = known.includes(head) ? path.original : head;
    return new UsageError(`the variable ${shown(name)} is not given.${suggestion(name, known)}`, {
      place,
      fix: 'Give it under vars of the suite or of the case.',
    });
  }
}

/** Makes every mention of a variable strict, and finds what Handlebars would pass over in silence. */
class StrictVisitor extends Handlebars.Visitor {
  constructor(
    private readonly file: string,
    private readonly partials: string[],
    private readonly mentions: Mention[],
    private readonly problems: Problems,
  ) {
    super();
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    const place = this.placeOf(path);
    if (path.parts.some((part) => part in Object.prototype))
      this.problems.add(`${shown(path.original)} is not a variable`, place);
    const line = FIRST_MENTION + this.mentions.push({ path, place }) - 1;
    Object.assign(path, { strict: true, loc: { start: { line, column: 0 }, end: { line, column: 0 } } });
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    this.checkHelper(mustache);
    super.MustacheStatement(mustache);
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.checkHelper(expression);
    super.SubExpression(expression);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    this.checkHelper(block);
    if ([block.program, block.inverse].some((program) => (program?.blockParams?.length ?? 0) > 0))
      this.problems.add("'as |name|' is not supported", this.placeOf(block), "Use 'this' and '../' instead.");
    super.BlockStatement(block);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    this.checkPartial(partial);
    super.PartialStatement(partial);
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    this.checkPartial(partial);
    super.PartialBlockStatement(partial);
  }

  private checkHelper(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression | hbs.AST.BlockStatement): void {
    if (node.path.type !== 'PathExpression') return;
    const { original } = node.path as hbs.AST.PathExpression;
    const isCall = node.type === 'SubExpression' || node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0;
    if (isCall && !helpers.includes(original))
      this.problems.add(`unknown helper ${shown(original)}.${suggestion(original, helpers)}`, this.placeOf(node));
  }

  private checkPartial(partial: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement): void {
    if (partial.name.type !== 'PathExpression') return;
    const { original } = partial.name as hbs.AST.PathExpression;
    if (original !== '@partial-block' && !this.partials.includes(original))
      this.problems.add(
        `unknown partial ${shown(original)}.${suggestion(original, this.partials)}`,
        this.placeOf(partial),
      );
  }

  private placeOf(node: hbs.AST.Node): Place {
    return { file: this.file, line: node.loc.start.line, column: node.loc.start.column + 1 };
  }
}

/** Names that `{{#*inline "name"}}` defines. */
function inlinePartials(program: hbs.AST.Program): string[] {
  const names: string[] = [];
  class InlineVisitor extends Handlebars.Visitor {
    override DecoratorBlock(block: hbs.AST.DecoratorBlock): void {
      const name = block.params[0];
      if (name?.type === 'StringLiteral') names.push((name as hbs.AST.StringLiteral).value);
      super.DecoratorBlock(block);
    }
  }
  new InlineVisitor().accept(program);
  return names;
}

/** Handlebars' parser draws a caret under the place; this finds the column again. */
function syntaxProblem(error: unknown, text: string, file: string): [string, Place] {
  const message = messageOf(error);
  const own = error as { lineNumber?: number; column?: number };
  if (own.lineNumber !== undefined)
    return [
      `template syntax: ${message.replace(/ - \d+:\d+$/, '')}`,
      { file, line: own.lineNumber, column: (own.column ?? 0) + 1 },
    ];
  const [, lineText, excerpt = '', caret = '', rest = message] = /line (\d+):\n(.*)\n(-*)\^\n(.*)/s.exec(message) ?? [];
  const expectation = rest.split(', got ').at(-1);
  const problem = `template syntax: ${expectation === 'INVALID' ? 'unexpected character' : `unexpected ${expectation}`}`;
  const line = lineText === undefined ? undefined : Number(lineText);
  if (line === undefined) return [`template syntax: ${message}`, { file }];
  const before = excerpt.slice(0, caret.length).replace(/^\.\.\./, '');
  const lines = text.split('\n');
  const flat = lines.slice(0, line - 1).join('');
  for (let column = 0; column <= (lines[line - 1]?.length ?? 0); column += 1)
    if (`${flat}${lines[line - 1]?.slice(0, column)}`.endsWith(before))
      return [problem, { file, line, column: column + 1 }];
  return [problem, { file, line }];
}
