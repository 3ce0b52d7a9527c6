import * as path from 'node:path';
import { decode } from '../image/codec.js';
import { UsageError } from '../lib/errors.js';
import { existsSync, readFileSync, statSync, writeFileAtomic } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import { score as formatScore } from '../report/format.js';
import { table, type TextCell } from '../report/reporters/terminal/table.js';
import { openScorer, type Scorer, type Scores } from '../score/scorer.js';
import type { ScoreTask } from '../score/thread.js';
import type { ScoreFlags } from './commands/score.js';
import type { CommandContext } from './context.js';
import { evidencePicture, foundBox } from './evidence.js';
import { exitCodes } from './exit-code.js';
import { scorerData } from './scorer-data.js';

/** Pictures on their way at a time: few, so that a thousand take no more memory than ten. */
const WIDTH = 3;

interface Scored {
  image: string;
  sha256: string;
  /** Why the picture could not be scored; then there are no scores. */
  reason: string | null;
  scores: Scores;
}

/** Scores each picture against the sheet, in the order given. A picture that cannot be read is a row with its reason. */
export async function scoreImages(
  images: readonly string[],
  flags: ScoreFlags,
  context: CommandContext,
): Promise<number> {
  const files = images.map((image) => ({ image, file: existing(image, context) }));
  const sheet = await readSheet(flags, context);
  const scorer = await openScorer(scorerData(flags.encoder, context), (message) => context.stderr(`${message}\n`));
  const rows: TextCell[][] = [];
  try {
    const pending: Promise<Scored>[] = [];
    for (const { image, file } of files) {
      pending.push(scoreImage(image, file, sheet, flags, context, scorer));
      if (pending.length >= WIDTH) await show(pending.shift());
    }
    while (pending.length > 0) await show(pending.shift());
  } finally {
    await scorer.close();
  }
  if (!flags.json) context.stdout(`${table(columns, rows, context.colours.dim)}\n`);
  return exitCodes.pass;

  async function show(next: Promise<Scored> | undefined): Promise<void> {
    const scored = await next;
    if (!scored) return;
    if (flags.json) context.stdout(`${JSON.stringify({ ...scored, encoder: scorer.encoder })}\n`);
    else rows.push(rowOf(scored));
  }
}

type Sheet = ScoreTask['sheets'][number];

async function scoreImage(
  image: string,
  file: string,
  sheet: Sheet,
  flags: ScoreFlags,
  context: CommandContext,
  scorer: Scorer,
): Promise<Scored> {
  const bytes = readFileSync(file);
  const hash = sha256(bytes);
  const { raster, reason } = await decode(bytes);
  if (!raster) return { image, sha256: hash, reason, scores: {} };
  const scores = await scorer.score({
    case: { name: image, text: [], checklist: [] },
    requested: { aspectRatio: null, imageSize: null },
    makesSheet: false,
    image: { sha256: hash, bytes },
    sheets: [sheet],
    withoutSheet: [],
    approved: null,
  });
  const box = foundBox(scores);
  if (flags.evidence !== undefined && box) {
    const name = `${path.basename(image, path.extname(image))}-${hash.slice(0, 8)}.webp`;
    writeFileAtomic(path.resolve(context.cwd, flags.evidence, name), await evidencePicture(raster, box));
  }
  return { image, sha256: hash, reason: null, scores };
}

async function readSheet({ sheet, views }: ScoreFlags, context: CommandContext): Promise<Sheet> {
  const file = existing(sheet, context);
  const bytes = readFileSync(file);
  const { reason } = await decode(bytes);
  if (reason !== undefined) throw new UsageError(`the sheet ${reason}`, { place: { file } });
  return {
    sha256: sha256(bytes),
    bytes,
    views: views.map((name) => ({ name, box: null })),
    character: path.basename(sheet, path.extname(sheet)),
  };
}

function existing(image: string, { cwd }: CommandContext): string {
  const file = path.resolve(cwd, image);
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`there is no picture at '${image}'`);
  return file;
}

const columns = [
  { title: 'image', align: 'left' as const },
  { title: 'consistency', align: 'right' as const },
  { title: 'view', align: 'left' as const },
  { title: 'clip-cosine', align: 'right' as const },
  { title: 'quality', align: 'right' as const },
  { title: 'note', align: 'left' as const },
];

function rowOf({ image, reason, scores }: Scored): TextCell[] {
  const { consistency, quality } = scores;
  const evidence = consistency?.evidence ?? {};
  const view = typeof evidence['view'] === 'string' ? evidence['view'] : '';
  const note = reason ?? consistency?.reason ?? (evidence['characterFound'] === false ? 'character not found' : '');
  const value = (id: string) => formatScore(scores[id]?.value ?? null);
  return [image, value('consistency'), view, value('clip-cosine'), formatScore(quality?.value ?? null), note].map(
    (text) => ({ text }),
  );
}
