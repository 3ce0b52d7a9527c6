import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tinyDraw } from '../emulator/__fixtures__/tiny.js';
import { type FaultName, parseFaultPlan } from '../emulator/faults.js';
import { faultKinds } from '../emulator/faults/index.js';
import { startEmulator } from '../emulator/server.js';
import { planned, workshop } from './__fixtures__/scripted.js';
import { generate } from './generate.js';
import { readJournal, resume } from './journal.js';
import type { Outcome } from './provider.js';
import { providers } from './providers/index.js';

/**
 * Every fault of the emulator as a run meets it, through the real SDK: once and always. Waits between attempts pass on a
 * clock of the test's own, which also tells how long they would have been.
 */
const KEY = 'AIza-canary-0123456789';
/** ms an attempt may take; what hangs or drips is over it. */
const PATIENCE = 250;
/** ms of waits in all that a call is worth: five minutes, and what an attempt takes. */
const LONGEST = 5 * 60_000 + 30_000;

interface Effect {
  /** Where the first call meets it, and no other. */
  once: Outcome;
  /** Where every call meets it. */
  always: Outcome;
  /** Calls that are sent when it strikes always. */
  calls: number;
}
const again = (always: Outcome, calls = 4): Effect => ({ once: 'ok', always, calls });
const final = (outcome: Outcome): Effect => ({ once: outcome, always: outcome, calls: 1 });

/** Batch jobs have tests of their own. */
type Live = Exclude<FaultName, `batch-${string}`>;
const effects: Record<Live, Effect> = {
  // Announced waits of 2 s until the five minutes are over; unannounced ones, eight in a row.
  'rate-limit': again('infra_error', 151),
  'rate-limit-silent': again('infra_error', 8),
  'daily-quota': final('infra_error'),
  internal: again('infra_error'),
  unavailable: again('infra_error'),
  deadline: again('infra_error'),
  'prompt-blocked': final('refused'),
  'image-safety': final('refused'),
  'no-image': final('no_image'),
  'text-only': final('text_only'),
  'no-candidates': final('no_image'),
  'no-parts': final('no_image'),
  'thought-only': final('ok'),
  'cut-text': final('ok'),
  mislabelled: final('ok'),
  'cut-image': final('bad_image'),
  'tiny-image': final('bad_image'),
  oversize: final('bad_image'),
  'wrong-ratio': final('ok'),
  'cut-body': again('infra_error'),
  'bad-json': again('infra_error'),
  html: again('infra_error'),
  'bad-gateway': again('infra_error'),
  'empty-body': again('infra_error'),
  reset: again('infra_error'),
  hang: again('infra_error'),
  drip: again('infra_error'),
};

async function run(name: FaultName, always: boolean) {
  let sent = 0;
  const emulator = await startEmulator({
    draw: tinyDraw,
    onRequest: () => (sent += 1),
    faults: parseFaultPlan({ rules: [{ match: always ? {} : { call: 1 }, fault: name }] }, 'matrix'),
  });
  const shop = workshop((store) =>
    providers.gemini({ apiKey: KEY, baseUrl: emulator.url, emulated: true, store, timeoutMs: PATIENCE }),
  );
  await generate([planned('sheet', 1)], shop.context).finally(() => emulator.close());
  return { ...shop, sent: () => sent, waited: shop.clock.slept.reduce((sum, ms) => sum + ms, 0) };
}

function textsUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'));
}

describe.each(Object.entries(effects) as [Live, Effect][])('%s', (name, { once, always, calls }) => {
  it(`once: ${once}`, async () => {
    const { landed } = await run(name, false);
    expect(landed.map(({ outcome }) => outcome)).toEqual([once]);
  });

  it(`always: ${always} after ${calls} calls, in bounded time, with nothing lost and no key on disk`, async () => {
    const { landed, folder, sent, waited } = await run(name, true);
    const [sample] = landed;
    expect(sample?.outcome).toBe(always);
    await expect.poll(sent).toBe(calls);
    if (always !== 'ok') expect(sample?.reason).toMatch(/\w{3}/);
    expect(waited).toBeLessThan(LONGEST);
    const files = textsUnder(folder);
    expect(files.length).toBeGreaterThan(0);
    for (const text of files) expect(text).not.toContain(KEY);
    // What was sent and what came of it stands in the journal, for the run to go on with.
    const known = resume(readJournal(`${folder}/run/journal.jsonl`));
    expect(known.attempts.get(planned('sheet', 1).id)?.length).toBe(calls);
  });
});

it('covers every fault that a live call can meet', () => {
  expect(Object.keys(effects).sort()).toEqual(
    Object.keys(faultKinds)
      .filter((name) => !name.startsWith('batch-'))
      .sort(),
  );
});
