import * as path from 'node:path';
import { decode } from '../image/codec.js';
import { messageOf, UsageError } from '../lib/errors.js';
import { existsSync, readFile, statSync } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import { score as formatScore } from '../report/format.js';
import { table, type TextCell } from '../report/reporters/terminal/table.js';
import { openScorer, type Scorer, type Scores } from '../score/scorer.js';
import type { ScoreTask } from '../score/thread.js';
import type { ScoreFlags } from './commands/score.js';
import type { CommandContext } from './context.js';
import { writeEvidence } from './evidence.js';
import { exitCodes } from './exit-code.js';
import { scorerData } from './scorer-data.js';

/** Pictures on their way at a time: few, so that a thousand take no more memory than ten. */
const WIDTH = 3;

/** A row of the answer. */
interface Row {
  image: string;
  /** Of the file; `null` when it cannot be read. */
  sha256: string | null;
  /** Why the picture could not be scored; then there are no scores. */
  reason: string | null;
  scores: Scores;
}

/**
 * Scores each picture against the sheet, in the order given, and shows it as soon as it is scored. A picture that
 * cannot be is a row with its reason, and makes the exit code "undecided".
 */
export async function scoreImages(
  images: readonly string[],
  flags: ScoreFlags,
  context: CommandContext,
): Promise<number> {
  const sheet = await readSheet(flags, context);
  const scorer = await openScorer(scorerData(flags.encoder, context), (message) => context.stderr(`${message}\n`));
  const shown: TextCell[][] = [];
  const bugs: unknown[] = [];
  const count = { all: 0, unscored: 0 };
  const show = (row: Row) => {
    count.all += 1;
    if (lackOf(row) !== null) count.unscored += 1;
    if (flags.json) context.stdout(`${JSON.stringify({ ...row, encoder: scorer.encoder })}\n`);
    else shown.push(cellsOf(row));
  };
  try {
    const pending: Promise<void>[] = [];
    for await (const image of namesOf(images, context)) {
      const before = pending.at(-1);
      const scored = scoreImage(image, sheet, flags, context, scorer).catch((error: unknown) => {
        // The other pictures are scored first, and then it is told whole.
        bugs.push(error);
        return { image, sha256: null, reason: messageOf(error), scores: {} };
      });
      pending.push(Promise.all([scored, before]).then(([row]) => show(row)));
      if (pending.length >= WIDTH) await pending.shift();
    }
    await Promise.all(pending);
  } finally {
    await scorer.close();
  }
  if (shown.length > 0) context.stdout(`${table(columns, shown, context.colours.dim)}\n`);
  if (bugs.length > 0) throw bugs[0];
  if (count.all === 0) throw new UsageError('no picture was named on standard input');
  if (count.unscored === 0) return exitCodes.pass;
  context.stderr(`${count.unscored} of ${count.all} pictures could not be scored\n`);
  return exitCodes.undecided;
}

async function* namesOf(images: readonly string[], context: CommandContext): AsyncIterable<string> {
  for (const image of images) {
    if (image !== '-') yield image;
    else for await (const line of context.stdin()) if (line !== '') yield line;
  }
}

type Sheet = ScoreTask['sheets'][number];

async function scoreImage(
  image: string,
  sheet: Sheet,
  flags: ScoreFlags,
  context: CommandContext,
  scorer: Scorer,
): Promise<Row> {
  const file = path.resolve(context.cwd, image);
  if (!isFile(file)) {
    return { image, sha256: null, reason: existsSync(file) ? 'it is no file' : 'there is no such file', scores: {} };
  }
  const bytes = await readFile(file);
  const hash = sha256(bytes);
  const { scores, reason } = await scorer.score({
    case: { name: image, text: [], checklist: [] },
    requested: { aspectRatio: null, imageSize: null },
    makesSheet: false,
    image: { sha256: hash, bytes },
    sheets: [sheet],
    withoutSheet: [],
    approved: null,
    kept: null,
  });
  if (!scores) return { image, sha256: hash, reason, scores: {} };
  if (flags.evidence !== undefined) {
    const name = `${path.basename(image, path.extname(image))}-${hash.slice(0, 8)}.webp`;
    await writeEvidence(path.resolve(context.cwd, flags.evidence, name), bytes, scores);
  }
  return { image, sha256: hash, reason: null, scores };
}

async function readSheet({ sheet, views }: ScoreFlags, context: CommandContext): Promise<Sheet> {
  const file = path.resolve(context.cwd, sheet);
  if (!isFile(file)) throw new UsageError(`there is no sheet at '${sheet}'`);
  const bytes = await readFile(file);
  const { reason } = await decode(bytes);
  if (reason !== undefined) throw new UsageError(`the sheet ${reason}`, { place: { file } });
  return {
    sha256: sha256(bytes),
    bytes,
    views: views.map((name) => ({ name, box: null })),
    character: path.basename(sheet, path.extname(sheet)),
  };
}

const isFile = (file: string) => existsSync(file) && statSync(file).isFile();

const columns = [
  { title: 'image', align: 'left' as const },
  { title: 'consistency', align: 'right' as const },
  { title: 'view', align: 'left' as const },
  { title: 'clip-cosine', align: 'right' as const },
  { title: 'quality', align: 'right' as const },
  { title: 'note', align: 'left' as const },
];

/** Why the picture is not scored against the sheet, or `null` when it is. */
function lackOf({ reason, scores: { consistency } }: Row): string | null {
  return reason ?? (consistency && consistency.value === null ? (consistency.reason ?? 'not measured') : null);
}

/** What to look at before the value is believed. */
function flagsOf({ characterFound, copied, extra }: Record<string, unknown>): string[] {
  return [
    ...(characterFound === false ? ['character not found'] : []),
    ...(copied === undefined ? [] : ["the sheet's own drawing"]),
    ...(Array.isArray(extra) ? [`${1 + extra.length} times in the picture`] : []),
  ];
}

function cellsOf(row: Row): TextCell[] {
  const { image, scores } = row;
  const evidence = scores['consistency']?.evidence ?? {};
  const view = typeof evidence['view'] === 'string' ? evidence['view'] : '';
  const note = lackOf(row) ?? flagsOf(evidence).join('; ');
  const value = (id: string) => formatScore(scores[id]?.value ?? null);
  return [image, value('consistency'), view, value('clip-cosine'), value('quality'), note].map((text) => ({ text }));
}
