import * as path from 'node:path';
import { readdirSync, readFile } from '../lib/files.js';
import { send, type SendTools } from './sending.js';
import type { Store } from './store.js';

/** The kinds of files that a run leaves are few and known, so that no library is needed to name them. */
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.jsonl': 'application/x-ndjson',
  '.xml': 'application/xml',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
};

/** Files on their way at a time. */
const WIDTH = 4;
/** What others open goes last, so that they never see a page whose pictures are still missing. */
const LAST = 'index.html';
/** ms after which it is told again how far a copy is. */
const TELL_EVERY_MS = 10_000;

/**
 * Copies a run's folder, file by file, to `<suite>/<run>/` of the store, and stops at the first file that is not taken.
 * @returns where it is, without anything secret; or why it is not there
 */
export async function upload(
  folder: string,
  below: string,
  store: Store,
  tools: SendTools,
): Promise<{ shown: string; failure?: never } | { shown?: never; failure: string }> {
  const names = filesIn(folder);
  const first = names.filter((name) => name !== LAST);
  let failure: string | null = null;
  let copied = 0;
  let toldAt = -Infinity;
  const tell = (): void => {
    if (tools.clock.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = tools.clock.now();
    tools.say(`uploading the report to ${store.host} ... ${copied} of ${names.length} files`);
  };
  const copy = async (name: string): Promise<void> => {
    tell();
    const bytes = await readFile(path.join(folder, name));
    const type = types[path.extname(name)] ?? 'application/octet-stream';
    const reason = await send(() => store.put(`${below}/${name}`, bytes, type), tools);
    if (reason === null) copied += 1;
    else failure ??= `${name}: ${reason}; ${copied} of ${names.length} files were copied`;
  };
  const work = async (): Promise<void> => {
    for (let name = first.shift(); name !== undefined && failure === null; name = first.shift()) await copy(name);
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  if (failure === null && names.includes(LAST)) await copy(LAST);
  return failure === null ? { shown: store.shown(`${below}/${names.includes(LAST) ? LAST : ''}`) } : { failure };
}

/** Every file of the folder, but not those that are only there while a process is at work. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^lock-\d+$|\.tmp$/.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}
