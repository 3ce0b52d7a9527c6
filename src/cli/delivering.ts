import * as path from 'node:path';
import { webAddress } from '../deliver/address.js';
import { notificationOf } from '../deliver/notification.js';
import { notify } from '../deliver/notify.js';
import { s3Store } from '../deliver/s3-store.js';
import type { SendTools } from '../deliver/sending.js';
import { upload } from '../deliver/upload.js';
import { webStore } from '../deliver/web-store.js';
import { systemClock } from '../lib/clock.js';
import { existsSync } from '../lib/files.js';
import type { RunRecord } from '../record.js';
import type { RunFlags } from './commands/run.js';
import type { CommandContext } from './context.js';
import { exitCodeOf } from './exit-code.js';

/** Of a server that hangs. With two tries each, both together hold a command for little more than a minute. */
const TIMEOUT_MS = { upload: 20_000, notify: 10_000 };

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
  // Kept from run to run of a command: a server that hung in one is given a single try in the next.
  const toolsFor = (timeoutMs: number): SendTools => ({
    clock: systemClock,
    timeoutMs,
    hangs: { count: 0 },
    say: (what) => context.stderr(`${what}\n`),
  });
  const tools = { upload: toolsFor(TIMEOUT_MS.upload), notify: toolsFor(TIMEOUT_MS.notify) };
  const say = flags.json ? context.stderr : context.stdout;

  return async (record, folder) => {
    let url: string | null = null;
    // Whoever stops a run does not want to wait for a copy of half of it.
    if (store && record.status !== 'interrupted') {
      const below = `${record.suite.name}/${record.id}`;
      const { shown, failure } = await upload(folder, below, store, tools.upload);
      if (shown === undefined) context.stderr(`warning: the run was not copied: ${failure}\n`);
      else say(`copied to ${shown}\n`);
      url = shown ?? null;
    }
    if (address) {
      const page = path.join(folder, 'index.html');
      const report = { file: existsSync(page) ? page : null, url };
      const notification = notificationOf(record, { exitCode: exitCodeOf(record), report });
      tools.notify.say(`notifying ${address.url.host}`);
      const failure = await notify(address, notification, tools.notify);
      if (failure !== null) context.stderr(`warning: ${address.url.host} was not notified: ${failure}\n`);
    }
  };
}
