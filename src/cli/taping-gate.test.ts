import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../emulator/server.js';
import { readCassette } from '../generate/cassette.js';
import { CassettePlayer } from '../generate/cassette-player.js';
import { openRecorder } from '../generate/cassette-recorder.js';
import type { ExchangeStore, Provider } from '../generate/provider.js';
import { providers } from '../generate/providers/index.js';
import { encodePng } from '../image/codec.js';
import { filled } from '../image/raster.js';
import { hash31 } from '../lib/hash.js';
import type { RunRequest } from '../run.js';
import { Workplace } from './__fixtures__/in-process.js';
import { Machines, scorer } from './__fixtures__/sharded.js';
import { emulatorOrigin } from './emulating.js';

const plain = (seed: number) => encodePng(filled(64 + (seed % 61), 64, [seed % 251, seed % 241, seed % 239, 255]));
const never = new AbortController().signal;

/** What makes a run record into a file of the place, and what makes another replay it. */
async function tapeDeck(place: Workplace) {
  const emulator = await startEmulator({
    draw: ({ prompt, seed }) => Promise.resolve({ bytes: plain(hash31([prompt, seed])), mime: 'image/png', drift: 0 }),
  });
  const provider = (store: ExchangeStore, baseUrl: string): Provider =>
    providers.gemini({ apiKey: 'offline', baseUrl, emulated: true, store });
  return {
    close: () => emulator.close(),
    record: (name: string): Partial<RunRequest> => {
      const recorder = openRecorder(place.path(name), { origin: emulatorOrigin, emulated: true }, Date.now);
      return { resume: 'never', provider: (store) => provider(recorder.recorded(store, never), emulator.url) };
    },
    replay: (name: string): Partial<RunRequest> => ({
      resume: 'never',
      replay: new CassettePlayer(readCassette(place.path(name))),
      provider: (store) => provider(store, 'http://replay.invalid'),
    }),
  };
}

describe('a recorded gate', () => {
  const samples = { min: 2, max: 12 };

  it('comes to the same verdict, and has none where it asks for more than was recorded', async () => {
    await using place = new Workplace();
    const machines = await Machines.in(place);
    const deck = await tapeDeck(place);
    await machines.run('base');
    expect((await place.run('approve', '--output', 'base')).code).toBe(0);
    const worse = { samples, scorer: scorer(-0.5) };
    const recorded = await machines.run('live', { ...worse, ...deck.record('tape.jsonl') });
    await deck.close();
    expect(recorded.verdict?.state).toBe('regression');

    const again = await machines.run('replay', { ...worse, ...deck.replay('tape.jsonl') });
    expect(again.verdict).toMatchObject({ state: 'regression', message: recorded.verdict?.message });
    expect(again.samples.map(({ image }) => image?.sha256)).toEqual(recorded.samples.map(({ image }) => image?.sha256));

    // Scores that are harder to tell apart need more samples.
    const close = await machines.run('replay', { samples, scorer: scorer(-0.065), ...deck.replay('tape.jsonl') });
    expect(close.status).toBe('complete');
    expect(close.verdict?.state).toBe('not-gateable');
    expect(close.verdict?.title).toContain('the recording ends before the gate can decide');
    expect(close.verdict?.message).toMatch(
      /It lacks .* · gemini-nano-banana-2.1 · v2: sample \d+.*Record again: the same/,
    );
    expect(readdirSync(place.path('replay/walk'))).toContain(close.id);
  });

  it('is made in shards, whose recordings are joined', async () => {
    await using place = new Workplace();
    const machines = await Machines.in(place);
    const deck = await tapeDeck(place);
    const parts = [1, 2].map((number) => ({ number, of: 2 }));
    for (const shard of parts)
      await machines.run(`live-${shard.number}`, {
        inputs: 'generated',
        shard,
        ...deck.record(`${shard.number}.jsonl`),
      });
    await deck.close();
    writeFileSync(
      place.path('all.jsonl'),
      parts.map(({ number }) => readFileSync(place.path(`${number}.jsonl`))).join(''),
    );
    const whole = await machines.run('replay', { inputs: 'generated', ...deck.replay('all.jsonl') });
    expect(whole.samples).toHaveLength(12);
    expect(whole.samples.every(({ outcome, cached }) => outcome === 'ok' && cached)).toBe(true);
    const third = machines.run('one', { inputs: 'generated', ...deck.replay('1.jsonl') });
    await expect(third).rejects.toThrow(
      'the recording lacks what this run asks for:\n  hill · gemini-nano-banana-2.1 · v2',
    );
  });
});
