import Handlebars from 'handlebars';
import type { Place } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { shown, type Problems } from './problems.js';

const helpers = ['if', 'unless', 'each', 'with', 'lookup'];

/**
 * Handlebars tells only line and column of a missing variable, not the file or what was written. So every
 * mention gets a line number of its own from here up (no real file has that many lines), which finds it again.
 */
export const FIRST_MENTION = 1_000_000;

/** A variable as a template names it, with the place where it stands. */
export interface Mention {
  path: hbs.AST.PathExpression;
  place: Place;
}

/** Makes every mention of a variable strict, and finds what Handlebars would pass over in silence. */
export class StrictVisitor extends Handlebars.Visitor {
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
export function inlinePartials(program: hbs.AST.Program): string[] {
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
