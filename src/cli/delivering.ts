import * as path from 'node:path';
import { webAddress } from '../deliver/address.js';
import { notificationOf } from '../deliver/notification.js';
import { notify } from '../deliver/notify.js';
import { s3Store } from '../deliver/s3-store.js';
import { upload } from '../deliver/upload.js';
import { webStore } from '../deliver/web-store.js';
import { systemClock } from '../lib/clock.js';
import { existsSync } from '../lib/files.js';
import type { RunRecord } from '../record.js';
import type { RunFlags } from './commands/run.js';
import type { CommandContext } from './context.js';
import { exitCodeOf } from './exit-code.js';

/** A message is small; a picture may be 20 MB on a slow line. */
const NOTIFY_TIMEOUT_MS = 10_000;
const UPLOAD_TIMEOUT_MS = 120_000;

/** Takes a finished run elsewhere. It never throws for what a server or a network can do: the local result stands. */
export type Deliver = (record: RunRecord, folder: string) => Promise<void>;

/** Checks where `--upload` and `--notify` go, before anything is spent. @throws UsageError */
export function deliveryOf(flags: Pick<RunFlags, 'notify' | 'upload' | 'json'>, context: CommandContext): Deliver {
  const { uploadAuthorization, aws } = context.env;
  const address = flags.notify === undefined ? null : webAddress('--notify', flags.notify);
  const store =
    flags.upload === undefined
      ? null
      : flags.upload.startsWith('s3:')
        ? s3Store(flags.upload, aws)
        : webStore(flags.upload, uploadAuthorization);
  const say = flags.json ? context.stderr : context.stdout;

  return async (record, folder) => {
    let url: string | null = null;
    // Whoever stops a run does not want to wait for a copy of half of it.
    if (store && record.status !== 'interrupted') {
      const below = `${record.suite.name}/${record.id}`;
      const tools = { clock: systemClock, timeoutMs: UPLOAD_TIMEOUT_MS };
      const { shown, failure } = await upload(folder, below, store, tools);
      if (shown === undefined) context.stderr(`warning: the run was not copied: ${failure}\n`);
      else say(`copied to ${shown}\n`);
      url = shown ?? null;
    }
    if (address) {
      const page = path.join(folder, 'index.html');
      const report = { file: existsSync(page) ? page : null, url };
      const notification = notificationOf(record, { exitCode: exitCodeOf(record), report });
      const tools = { clock: systemClock, timeoutMs: NOTIFY_TIMEOUT_MS };
      const failure = await notify(address, notification, tools);
      if (failure !== null) context.stderr(`warning: ${address.url.host} was not notified: ${failure}\n`);
    }
  };
}
