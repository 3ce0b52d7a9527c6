import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeOnce } from '../../__fixtures__/shared.js';
import type { RunRecord } from '../../record.js';
import { htmlReporter } from '../reporters/html/html.js';
import { sampleRun } from './sample-record.js';

/** The HTML report of `sampleRun` in `folder`, thumbnails and all. */
export async function sampleReport(folder: string): Promise<RunRecord> {
  await madeOnce('sample-report', folder, async (making) => {
    const run = await sampleRun(making);
    await htmlReporter().onEnd?.(run, { folder: making, write: () => undefined });
    writeFileSync(join(making, 'run.json'), JSON.stringify(run));
  });
  return JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord;
}
