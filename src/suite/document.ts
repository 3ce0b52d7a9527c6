import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
} from 'yaml';
import { messageOf, UsageError, type Place } from '../lib/errors.js';
import { Problems, shown } from './problems.js';

export type Path = readonly PropertyKey[];

/** The suite file as plain values, each of which can be traced to its line and column. */
export interface SuiteDocument {
  value: unknown;
  /** As written. */
  text: string;
  /** Where the value of a path stands; the nearest existing ancestor when it does not exist. */
  at(path: Path): Place;
  /** Where the key of a path stands; for a list item, where the item stands. */
  keyAt(path: Path): Place;
}

/** YAML's own guards against alias bombs count collections only; this bounds the rest of the work too. */
const MAX_ALIASES = 100;
const MAX_DEPTH = 40;
/** The schema passes its findings on as arguments, of which there may not be too many. */
const MAX_VALUES = 50_000;
const TOO_DEEP = `nested deeper than ${MAX_DEPTH} levels`;

/**
 * Reads YAML 1.2 text. Duplicate keys, keys that are not plain names, unknown tags and aliases, NUL and lone
 * surrogates are errors.
 * @throws UsageError with every problem found, each with its place.
 */
export function parseSuiteYaml(text: string, file: string): SuiteDocument {
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = guarded(file, () =>
    // Unique keys are checked below: the parser compares all pairs, which takes minutes for a hostile file.
    parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, resolveKnownTags: false }),
  );
  const problems = new Problems();
  for (const error of [...document.errors, ...document.warnings])
    problems.add(
      error.code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : `not readable as YAML: ${error.message}`,
      placeOf(error.pos[0]),
    );
  problems.throwIfAny();
  guarded(file, () => checkNodes(document, placeOf, problems));
  problems.throwIfAny();
  const value: unknown = guarded(file, () => document.toJS({ maxAliasCount: MAX_ALIASES }));
  return {
    value,
    text,
    at: (path) => placeOf(locate(document, path).value),
    keyAt: (path) => placeOf(locate(document, path).key),
  };
}

function guarded<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // Too deep for the parser's stack, or an alias bomb.
    if (error instanceof RangeError) throw new UsageError(TOO_DEEP, { place: { file } });
    if (error instanceof ReferenceError)
      throw new UsageError(`not readable as YAML: ${messageOf(error)}`, { place: { file } });
    throw error;
  }
}

function checkNodes(document: Document, placeOf: (offset: number) => Place, problems: Problems): void {
  let aliases = 0;
  let values = 0;
  visit(document, {
    Node(_key, node, ancestors) {
      const tooMany = (values += 1) > MAX_VALUES;
      if (!tooMany && ancestors.filter(isCollection).length <= MAX_DEPTH) return undefined;
      problems.add(tooMany ? `more than ${MAX_VALUES} values` : TOO_DEEP, placeOf(node.range?.[0] ?? 0));
      return visit.BREAK;
    },
  });
  if (problems.count > 0) return;
  visit(document, {
    Alias(_key, node, ancestors) {
      const place = placeOf(node.range?.[0] ?? 0);
      if ((aliases += 1) > MAX_ALIASES) {
        problems.add(`more than ${MAX_ALIASES} aliases`, place);
        return visit.BREAK;
      }
      const target = node.resolve(document);
      if (!target) problems.add(`no anchor '&${node.source}' stands before this alias`, place);
      else if (ancestors.includes(target))
        problems.add(`the alias '*${node.source}' stands inside its own anchor`, place);
      return undefined;
    },
    Map(_key, map) {
      const seen = new Map<string, Place>();
      for (const { key } of map.items) {
        const offset = isScalar(key) || isMap(key) || isSeq(key) || isAlias(key) ? key.range?.[0] : undefined;
        const place = placeOf(offset ?? map.range?.[0] ?? 0);
        if (!isScalar(key)) {
          problems.add('a key must be a plain name', place);
          continue;
        }
        const name = String(key.value ?? '');
        const first = seen.get(name);
        if (first) problems.add(`the key ${shown(name)} is written twice; first on line ${first.line}`, place);
        else if (name === '__proto__') problems.add("'__proto__' is not a name", place);
        else seen.set(name, place);
      }
    },
    Scalar(_key, { value, range }) {
      if (typeof value === 'string' && /[\0\p{Cs}]/u.test(value))
        problems.add('the text holds a NUL or half a character', placeOf(range?.[0] ?? 0));
    },
  });
}

/** Offsets of a path's key and value; of the deepest part that exists. */
function locate(document: Document, path: Path): { key: number; value: number } {
  const follow = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  let node: unknown = document.contents;
  let found = offsets(node, { key: 0, value: 0 });
  for (const step of path) {
    const parent = follow(node);
    if (isSeq(parent)) {
      node = parent.items[Number(step)];
      if (node === undefined) return found;
      const { value } = offsets(node, found);
      found = { key: value, value };
    } else if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value ?? '') === String(step));
      if (!isPair(pair)) return found;
      const key = offsets(pair.key, found).value;
      node = pair.value;
      found = { key, value: offsets(node, { key, value: key }).value };
    } else return found;
  }
  return found;
}

function offsets(node: unknown, otherwise: { key: number; value: number }): { key: number; value: number } {
  const ranged = isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? node.range : null;
  return ranged ? { key: ranged[0], value: ranged[0] } : otherwise;
}
