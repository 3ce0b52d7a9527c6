import * as path from 'node:path';
import { AnswerCache } from '../generate/answers.js';
import { keysInUse } from '../generate/run-folder.js';
import { UsageError } from '../lib/errors.js';
import { existsSync, readdirSync, statSync } from '../lib/files.js';
import { JsonStore } from '../lib/json-store.js';
import { count, fileSize } from '../report/format.js';
import type { PruneFlags } from './commands/cache.js';
import type { CommandContext } from './context.js';
import { exitCodes } from './exit-code.js';
import { cacheFolder } from './folders.js';

const kinds = ['answers', 'scores', 'calibrations'] as const;
type Kind = (typeof kinds)[number];

/** Something that is kept: `at` in ms since 1970. */
interface Kept {
  kind: Kind;
  key: string;
  bytes: number;
  at: number;
}

interface Sum {
  count: number;
  bytes: number;
}

/**
 * Drops what is older than asked, then the oldest until the rest fits the size asked for; never an answer that an
 * unfinished run is about to read. Age counts from when a thing was stored. Models are left alone.
 */
export function pruneCache(
  { olderThan, maxSize, dryRun, json, output }: PruneFlags,
  context: CommandContext,
  now = Date.now(),
): number {
  if (olderThan === undefined && maxSize === undefined) {
    throw new UsageError('nothing says what to drop', {
      fix: 'Give --older-than (such as 30d), --max-size (such as 2GB), or both.',
    });
  }
  const folder = cacheFolder(context);
  const stores = {
    answers: new AnswerCache(`${folder}/answers`),
    scores: new JsonStore(`${folder}/scores`),
    calibrations: new JsonStore(`${folder}/calibrations`),
  };
  const all: Kept[] = kinds
    .flatMap((kind) => stores[kind].list().map((each) => ({ kind, ...each })))
    .sort((a, b) => a.at - b.at);
  const inUse = new Set(suiteFolders(path.resolve(context.cwd, output)).flatMap(keysInUse));

  let size = sum(all).bytes;
  const dropped: Kept[] = [];
  const spared: Kept[] = [];
  for (const each of all) {
    const old = olderThan !== undefined && now - each.at > olderThan;
    if (!old && (maxSize === undefined || size <= maxSize)) continue;
    if (each.kind === 'answers' && inUse.has(each.key)) {
      spared.push(each);
      continue;
    }
    size -= each.bytes;
    dropped.push(each);
  }
  if (!dryRun) {
    for (const { kind, key } of dropped) {
      if (kind === 'answers') stores.answers.discard(key);
      else stores[kind].delete(key);
    }
  }
  const sums = Object.fromEntries(kinds.map((kind) => [kind, sum(dropped.filter((each) => each.kind === kind))]));
  const kept = { count: all.length - dropped.length, bytes: size };
  if (json) {
    const told = { folder, dryRun: dryRun === true, dropped: sums, spared: sum(spared), kept };
    context.stdout(`${JSON.stringify(told, null, 2)}\n`);
  } else {
    const what = kinds.map((kind) => count(sums[kind]?.count ?? 0, kind.slice(0, -1))).join(', ');
    context.stdout(
      [
        `${dryRun ? 'would drop' : 'dropped'} ${what}: ${fileSize(sum(dropped).bytes)}`,
        ...(spared.length > 0 ? [`spared ${count(spared.length, 'answer')} that an unfinished run needs`] : []),
        `${fileSize(size)} ${dryRun ? 'would be' : 'are'} left in ${folder}`,
        '',
      ].join('\n'),
    );
  }
  return exitCodes.pass;
}

function suiteFolders(reports: string): string[] {
  if (!existsSync(reports)) return [];
  return readdirSync(reports)
    .map((name) => `${reports}/${name}`)
    .filter((folder) => existsSync(folder) && statSync(folder).isDirectory());
}

function sum(all: readonly Kept[]): Sum {
  return { count: all.length, bytes: all.reduce((bytes, each) => bytes + each.bytes, 0) };
}
