import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../../emulator/server.js';
import { archiveRobot } from '../../emulator/studio/character.js';
import { draw, drawCast } from '../../emulator/studio/studio.js';
import { providers } from '../../generate/providers/index.js';
import { dimensions, sniff } from '../../image/codec.js';
import { systemClock } from '../../lib/clock.js';
import { seededRandom } from '../../lib/random.js';
import type { Selection } from '../../plan/select.js';
import type { RunRecord } from '../../record.js';
import { run, type RunRequest } from '../../run.js';
import { openScorer, type Scorer } from '../../score/scorer.js';
import { loadSuite } from '../../suite/load.js';
import type { Suite } from '../../suite/suite.js';
import { emulatorOrigin } from '../emulating.js';
import { systemProcesses } from '../processes.js';
import { Workplace } from './in-process.js';

/** Whom the gate is asked about. */
interface Candidate {
  selection: Selection;
  /** The studio strays so many times as far as usual, behind the model's name. */
  strays: number;
}

const approved: Selection = { models: ['gemini-nano-banana-2.1'], revisions: ['v2'], cases: [] };

export const candidates = {
  unchanged: { selection: approved, strays: 1 },
  'emulated-drifting': { selection: { ...approved, models: ['emulated-drifting'] }, strays: 1 },
  'three times the drift': { selection: approved, strays: 3 },
  'without labels': { selection: { ...approved, revisions: ['v1'] }, strays: 1 },
} satisfies Record<string, Candidate>;
export type CandidateName = keyof typeof candidates;

/** Approved samples a case. */
const APPROVED = 8;
/** The studio paints a quarter as wide as was asked for, 256 px: about what the encoder sees of a picture. */
const SMALLER = 4;

/**
 * Gates on the emulator, over HTTP, each against a baseline of its own in a fresh folder. They share the scoring thread,
 * the prompts and one sheet, whose calibration takes as long as a gate: chance is in the pictures alone.
 */
export class Gates implements AsyncDisposable {
  private constructor(
    private readonly suite: Suite,
    private readonly scorer: Scorer,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Gates> {
    const folder = mkdtempSync(join(tmpdir(), 'evaluate-gates-'));
    const load = { modelsFolder: join(import.meta.dirname, '../../../models'), cacheFolder: folder };
    const data = { encoder: 'pocket', load, cache: folder };
    return new Gates(await outing(join(folder, 'outing')), await openScorer(data, () => undefined), folder);
  }

  /** Draws a baseline and approves it, then asks about each candidate. @returns the records of the candidates' runs */
  async play(seed: number, names: readonly CandidateName[]): Promise<RunRecord[]> {
    await using place = new Workplace();
    await this.run(place, 'baseline', { seed, ...candidates.unchanged, samples: { min: APPROVED, max: APPROVED } });
    const { code, stderr } = await place.run('approve', '--output', 'baseline');
    if (code !== 0) throw new Error(`approve ended with ${code}: ${stderr}`);
    const records: RunRecord[] = [];
    for (const name of names)
      records.push(await this.run(place, name, { seed, ...candidates[name], samples: this.suite.samples }));
    return records;
  }

  /** Everything but the baseline is in a folder of this name: a candidate must not go on with the run of another. */
  private async run(
    place: Workplace,
    folder: string,
    { strays, ...asked }: Candidate & Pick<RunRequest, 'seed' | 'samples'>,
  ): Promise<RunRecord> {
    const emulator = await startEmulator({
      draw: ({ width, height, stray, ...order }) =>
        draw({ ...order, width: width / SMALLER, height: height / SMALLER, stray: stray * strays }),
    });
    return run({
      ...asked,
      suite: this.suite,
      fixed: false,
      against: null,
      requireGate: false,
      inputs: this.suite.inputs,
      folders: {
        reports: place.path(folder),
        baselines: place.path('baselines'),
        cache: place.path('caches', folder),
      },
      emulated: true,
      origin: emulatorOrigin,
      provider: (store) => providers.gemini({ apiKey: 'offline', baseUrl: emulator.url, emulated: true, store }),
      scorer: this.scorer,
      // One is drawn while another is scored; more at a time would only buy pictures in vain.
      concurrency: 2,
      limits: {},
      maxCost: null,
      maxFailures: null,
      useCache: true,
      resume: 'auto',
      retryErrors: false,
      clock: systemClock,
      processes: systemProcesses,
      random: seededRandom(asked.seed),
      signal: new AbortController().signal,
      onEvent: () => undefined,
      report: () => Promise.resolve(),
    }).finally(() => emulator.close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.scorer.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The suite beside this file, with the two pictures that its cases are given. */
async function outing(folder: string): Promise<Suite> {
  cpSync(join(import.meta.dirname, 'outing'), folder, { recursive: true });
  const order = { width: 688, height: 384, seed: 1, mime: 'image/jpeg' } as const;
  const prompts = {
    sheet: 'Character sheet of a felt robot on a pure white background, front view and back view.',
    before: 'The robot stands in a valley, seen from the front.',
  };
  mkdirSync(join(folder, 'assets'));
  for (const [name, prompt] of Object.entries(prompts))
    writeFileSync(
      join(folder, `assets/${name}.jpg`),
      (await drawCast({ ...order, prompt, characters: [archiveRobot] })).bytes,
    );
  return loadSuite(folder, {
    inspectImage: async (bytes) => {
      const mime = sniff(bytes);
      const size = mime && (await dimensions(bytes));
      return mime && size ? { mime, ...size } : null;
    },
  });
}
