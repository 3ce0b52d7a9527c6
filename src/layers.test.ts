import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';

/** The architecture, as a table with a reason per rule. Tests and their fixtures may import anything. */
const root = import.meta.dirname;

interface Layer {
  may: readonly string[];
  why: string;
}

const everything = [
  'lib',
  'image',
  'stats',
  'catalog',
  'suite',
  'lint',
  'plan',
  'generate',
  'encode',
  'read',
  'score',
  'gate',
  'record',
  'report',
  'deliver',
  'emulator',
  'run',
];

const layers: Record<string, Layer> = {
  lib: { may: [], why: 'it knows nothing of the domain, so everything may stand on it' },
  image: { may: ['lib'], why: 'pixels are pixels, whatever they are of' },
  stats: { may: ['lib'], why: 'numbers in, plain objects out' },
  catalog: { may: ['lib'], why: 'facts about models depend on nothing that we decide' },
  suite: { may: ['lib', 'catalog'], why: 'what the user wrote is checked before anything else exists' },
  lint: { may: ['lib', 'suite', 'catalog'], why: 'advice is on what the user wrote, before anything is planned' },
  plan: { may: ['lib', 'suite', 'catalog'], why: 'deciding what to do is pure and must not know how it is done' },
  generate: {
    may: ['lib', 'image', 'plan', 'catalog'],
    why: 'doing it knows the plan, but neither scores nor verdicts',
  },
  encode: { may: ['lib', 'image'], why: 'the one door to the encoder serves any picture' },
  read: { may: ['lib', 'image'], why: 'the one door to the text reader serves any picture' },
  score: {
    may: ['lib', 'image', 'stats', 'suite', 'plan', 'generate', 'encode', 'read'],
    why: 'a metric measures a sample; it never calls out and never decides',
  },
  gate: {
    may: ['lib', 'stats', 'suite', 'score', 'image'],
    why: 'deciding is arithmetic on scores; only the baseline touches pictures',
  },
  record: { may: ['lib'], why: 'the contract of all readers depends on no stage' },
  report: {
    may: ['lib', 'image', 'stats', 'record'],
    why: 'showing knows the record only, so that an old run can be shown again; every mean has one formula',
  },
  deliver: {
    may: ['lib', 'record', 'report'],
    why: 'what takes a finished run elsewhere says of it what the report says, and cannot change it',
  },
  emulator: { may: ['lib', 'image', 'catalog'], why: 'it stands outside; the pipeline reaches it over HTTP' },
  run: {
    may: everything.filter((name) => !['lint', 'report', 'deliver', 'emulator'].includes(name)),
    why: 'the pipeline on one page knows the stages, not who advises, who shows it or who answers',
  },
  schema: { may: ['lib', 'suite', 'record'], why: 'publishes the two schemas and nothing else' },
  cli: { may: everything, why: 'the composition root puts everything together' },
  vitest: { may: [...everything, 'cli'], why: 'matchers are a second composition root' },
};

const sources = list(root).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('__fixtures__'),
);

describe('layers', () => {
  it('every file belongs to a layer of the table', () => {
    expect(sources.filter((file) => !(layerOf(file) in layers)).map(shown)).toEqual([]);
  });

  it.each(Object.entries(layers))('%s imports only what it may', (name, { may, why }) => {
    const strangers = sources
      .filter((file) => layerOf(file) === name)
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(({ target }) => layerOf(target) !== name && !may.includes(layerOf(target)))
      .map(({ file, target }) => `${shown(file)} -> ${shown(target)}: ${why}`);
    expect(strangers).toEqual([]);
  });

  it('has no import cycles', () => {
    const graph = new Map(sources.map((file) => [file, importsOf(file, true)]));
    expect(cycles(graph).map((cycle) => cycle.map(shown).join(' -> '))).toEqual([]);
  });
});

/** What may appear where; a pattern outside its files is named. */
const doors: { what: string; pattern: RegExp; only: RegExp; why: string }[] = [
  { what: 'node:fs', pattern: /from 'node:fs/, only: /^lib\/files\.ts$/, why: 'one door to the disk' },
  {
    what: 'process.',
    pattern: /\bprocess\.(?!pid\b)/,
    only: /^cli\//,
    why: 'environment, streams and exit codes belong to the command line',
  },
  {
    what: 'the Gemini SDK',
    pattern: /from '@google\/genai'|import\('@google\/genai'\)/,
    only: /^generate\/providers\//,
    why: 'one door to Gemini',
  },
  {
    what: 'a fetch',
    pattern: /(?<![.\w])fetch\(/,
    only: /^generate\/providers\//,
    why: 'the network is reached from providers',
  },
  {
    what: 'node:http',
    pattern: /^import (?!type ).*from 'node:https?'/m,
    only: /^(deliver|emulator)\//,
    why: 'finished runs are taken elsewhere, and the emulator serves, over plain HTTP',
  },
  {
    what: 'undici',
    pattern: /from 'undici'|import\('undici'\)/,
    only: /^generate\/providers\//,
    why: 'the network is reached from providers only',
  },
  { what: 'an image codec', pattern: /from '(sharp|pngjs)'/, only: /^image\/codec\.ts$/, why: 'one door to codecs' },
  { what: 'the encoder library', pattern: /@xenova\/transformers'/, only: /^encode\//, why: 'one door to CLIP' },
  { what: 'the text reader', pattern: /'tesseract\.js/, only: /^read\//, why: 'one door to Tesseract' },
  {
    what: 'git',
    pattern: /node:child_process/,
    only: /^suite\/git-revision\.ts$/,
    why: 'only git revisions run a program',
  },
  { what: 'a default export', pattern: /^export default/m, only: /^$/, why: 'one name for one thing' },
];

describe('doors', () => {
  it.each(doors)('$what appears only where it may', ({ pattern, only, why }) => {
    const outside = sources.filter((file) => !only.test(shown(file)) && pattern.test(readFileSync(file, 'utf8')));
    expect(outside.map((file) => `${shown(file)}: ${why}`)).toEqual([]);
  });
});

describe('files', () => {
  it('are short enough to be read whole', () => {
    const long = sources
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 250);
    expect(long.map(({ file, lines }) => `${shown(file)}: ${lines} lines`)).toEqual([]);
  });

  it('are named by what they are', () => {
    expect(sources.map(shown).filter((file) => /(^|\/)(utils?|helpers?|common|misc|types)\.ts$/.test(file))).toEqual(
      [],
    );
  });
});

function list(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? list(file) : [file];
  });
}

function shown(file: string): string {
  return path.relative(root, file);
}

/** `src/plan/key.ts` belongs to plan, `src/run-record.ts` to run. */
function layerOf(file: string): string {
  const [first = ''] = shown(file).split(path.sep);
  return first.endsWith('.ts') ? (first.split(/[-.]/)[0] ?? '') : first;
}

/** Project files that a file imports; type imports are left out when only values count. */
function importsOf(file: string, valuesOnly = false): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^'";]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/g,
  );
  return [...found]
    .filter(([, type]) => !(valuesOnly && type))
    .map(([, , fixed, lazy]) => path.resolve(path.dirname(file), (fixed ?? lazy ?? '').replace(/\.js$/, '.ts')))
    .filter((target) => target.endsWith('.ts') && existsSync(target));
}

function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (node: string, trail: string[]): void => {
    const start = trail.indexOf(node);
    if (start !== -1) {
      found.push([...trail.slice(start), node]);
      return;
    }
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}
