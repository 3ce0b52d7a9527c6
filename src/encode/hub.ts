import * as path from 'node:path';
import { existsSync, readdirSync, rmSync, statSync } from '../lib/files.js';

/** The model hub; a mirror of it takes its place through `remoteHost`. */
export const HUB = 'https://huggingface.co/';

/** A line at the start and at every tenth of a download. */
export function progressLines(name: string, tell: (message: string) => void) {
  let told = -1;
  return (info: { status: string; progress?: number; total?: number }) => {
    if (info.status !== 'progress_total') return;
    const tenth = Math.floor((info.progress ?? 0) / 10);
    if (tenth <= told) return;
    told = tenth;
    tell(`downloading ${name}: ${String(tenth * 10)} % of ${((info.total ?? 0) / 1e6).toFixed(0)} MB`);
  };
}

/**
 * Deletes a downloaded model that is not even JSON or ONNX, so that the next try downloads it anew: one that was cut
 * where the server had not said how long it is, or the page with which a proxy answered.
 * @param folder of the model in the cache. @returns whether the error was of that kind.
 */
export function removeDamaged(folder: string, error: unknown): boolean {
  const damaged = error instanceof SyntaxError || /Protobuf parsing failed|ModelProto/.test(String(error));
  if (damaged) rmSync(folder, { recursive: true, force: true });
  return damaged;
}

/** An unfinished download that nothing has been added to for so long has nobody to finish it. In ms. */
const ABANDONED = 3_600_000;

/**
 * Deletes what killed processes, and this one, left of downloads; the library writes beside the file, with the process
 * id in the name, and renames when it is whole. Called while this process downloads nothing.
 */
export function removeAbandoned(folder: string, now: number): void {
  const onnx = path.join(folder, 'onnx');
  for (const name of existsSync(onnx) ? readdirSync(onnx) : []) {
    const file = path.join(onnx, name);
    const owner = /\.onnx\.tmp\.(\d+)?[\w.-]*$/.exec(name);
    if (!owner) continue;
    if (owner[1] === String(process.pid) || now - statSync(file).mtimeMs > ABANDONED) rmSync(file, { force: true });
  }
}
