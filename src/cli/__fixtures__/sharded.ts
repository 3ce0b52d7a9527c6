import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '../../emulator/server.js';
import { providers } from '../../generate/providers/index.js';
import { dimensions, encodePng, sniff } from '../../image/codec.js';
import { filled } from '../../image/raster.js';
import { systemClock } from '../../lib/clock.js';
import { hash31, sha256 } from '../../lib/hash.js';
import { seededRandom } from '../../lib/random.js';
import { selectVariants, type Variant } from '../../plan/select.js';
import type { RunRecord } from '../../record.js';
import { run, type RunRequest } from '../../run.js';
import { loadSuite } from '../../suite/load.js';
import type { Suite } from '../../suite/suite.js';
import { emulatorOrigin } from '../emulating.js';
import { systemProcesses } from '../processes.js';
import type { Workplace } from './in-process.js';

const yaml = `name: walk
models: [gemini-nano-banana-2.1]
revisions: [v2, v1]
samples: 4
assets: { sheet: assets/sheet.png }
characters: { robot: { sheet: sheet } }
cases:
  hill: { images: [robot], character: robot }
  lake: { images: [robot, hill], character: robot }
  town: { images: [robot, lake], character: robot }
metrics: { consistency: { gate: true, margin: 0.15 } }
checks: { cost: { max: 1 }, latency: { p95: 60000 } }
`;

/** A picture of one colour, as small as pictures may be: drawing and scoring it takes no time. */
const plain = (seed: number) => encodePng(filled(64 + (seed % 61), 64, [seed % 251, seed % 241, seed % 239, 255]));

/** Scores that scatter around 0.8 and tell of nothing but chance, moved by so much. */
export const scorer = (shift: number): RunRequest['scorer'] => ({
  encoder: { id: 'plain', sha256: sha256('plain') },
  score: ({ image }) =>
    Promise.resolve({
      scores: { consistency: { value: 0.8 + shift + ((hash31(image.sha256) % 1000) - 500) / 5000, version: '2' } },
    }),
});

/** Runs of a suite of three scenes over HTTP, as if each was made on a machine that has the suite and the baseline only. */
export class Machines {
  private constructor(
    private readonly place: Workplace,
    private readonly suite: Suite,
  ) {}

  static async in(place: Workplace): Promise<Machines> {
    const folder = place.path('walk');
    for (const each of ['assets', 'prompts/v1', 'prompts/v2']) mkdirSync(join(folder, each), { recursive: true });
    writeFileSync(join(folder, 'suite.yaml'), yaml);
    writeFileSync(join(folder, 'assets/sheet.png'), plain(1));
    for (const name of ['hill', 'lake', 'town'])
      for (const revision of ['v1', 'v2'])
        writeFileSync(join(folder, `prompts/${revision}/${name}.hbs`), `The robot at the ${name}, ${revision}.`);
    return new Machines(place, await loadSuite(folder, { inspectImage }));
  }

  /** To be compared with the candidate. */
  reference(revision: string): Variant {
    const [variant] = selectVariants(this.suite, { models: [], revisions: [revision], cases: [] });
    if (!variant) throw new Error(`no revision ${revision}`);
    return { ...variant, candidate: false };
  }

  /** Makes the run in shards, one after another, in fresh folders that begin with `name`. @returns where they lie */
  async shards(name: string, of: number, asked: Partial<RunRequest> = {}): Promise<string[]> {
    const folders: string[] = [];
    for (let number = 1; number <= of; number += 1) {
      await this.run(`${name}-${number}`, { ...asked, shard: { number, of } });
      folders.push(`${name}-${number}/walk/latest`);
    }
    return folders;
  }

  /** `machine` names the folders of its reports and its cache. */
  async run(machine: string, asked: Partial<RunRequest> = {}): Promise<RunRecord> {
    const emulator = await startEmulator({
      draw: ({ prompt, seed }) =>
        Promise.resolve({ bytes: plain(hash31([prompt, seed])), mime: 'image/png', drift: 0 }),
    });
    return run({
      suite: this.suite,
      selection: { models: [], revisions: ['v2'], cases: [] },
      samples: this.suite.samples,
      fixed: false,
      against: null,
      requireGate: false,
      inputs: this.suite.inputs,
      seed: 0,
      folders: {
        reports: this.place.path(machine),
        baselines: this.place.path('baselines'),
        cache: this.place.path('caches', machine),
      },
      emulated: true,
      origin: emulatorOrigin,
      provider: (store) => providers.gemini({ apiKey: 'offline', baseUrl: emulator.url, emulated: true, store }),
      scorer: scorer(0),
      concurrency: 4,
      limits: {},
      maxCost: null,
      maxFailures: null,
      useCache: true,
      resume: 'auto',
      retryErrors: false,
      clock: systemClock,
      processes: systemProcesses,
      random: seededRandom(1),
      signal: new AbortController().signal,
      onEvent: () => undefined,
      report: () => Promise.resolve(),
      ...asked,
    }).finally(() => emulator.close());
  }
}

async function inspectImage(bytes: Uint8Array) {
  const mime = sniff(bytes);
  const size = mime && (await dimensions(bytes));
  return mime && size ? { mime, ...size } : null;
}
