import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { UsageError } from '../../lib/errors.js';
import { mkdir, relink, rm, writeFileAtomic } from '../../lib/files.js';
import type { InspectImage } from '../assets.js';
import type { MarkRegion } from '../edits.js';
import { loadSuite } from '../load.js';
import type { Suite } from '../suite.js';

/** A sound suite; the tests break it one edit at a time. Line numbers in the tests count from here. */
export const soundSuite = `name: robot
models: [gemini-3-pro-image, { id: gemini-nano-banana-2.1, name: banana-high, generation: { thinkingLevel: high } }]
revisions: [v2, v1]
samples: { min: 1, max: 6 }
generation: { aspectRatio: "16:9", imageSize: 1K }
assets: { archive: assets/archive.png }
characters: { robot: { sheet: sheet, views: [front, back] } }
vars: { material: felt, palette: { sky: blue }, steps: [one, two] }
cases:
  sheet: { images: [archive], text: [FRONT VIEW] }
  mountains: { prompt: scene, images: [robot], character: robot, vars: { place: mountains } }
  valley: { prompt: scene, images: [robot, mountains], character: robot, vars: { place: valley } }
metrics: { consistency: { gate: true, margin: auto }, quality: { margin: 0.05 } }
checks: { cost: { max: 0.2 }, latency: { p95: 60000 }, resolution: { min: 1024 } }
`;

const prompts = {
  'sheet.hbs': 'A sheet of {{> who}}, {{palette.sky}}\n',
  'scene.hbs': '{{case}}: {{> who}} in the {{place}}\n',
  'partials/who.hbs': 'a robot of {{material}}',
};

/** Path in the suite's folder -> content. `null` leaves a file of the sound suite out. */
export type Files = Record<string, string | Uint8Array | { linkTo: string } | null>;

export const soundFiles: Files = {
  'suite.yaml': soundSuite,
  'assets/archive.png': 'PNG archive',
  ...Object.fromEntries(
    ['v1', 'v2'].flatMap((revision) =>
      Object.entries(prompts).map(([file, text]) => [`prompts/${revision}/${file}`, text]),
    ),
  ),
};

/** Writes suites into a temporary folder and loads them. */
export class SuiteFolders {
  private readonly root = path.join(tmpdir(), `suites-${randomUUID()}`);
  private made = 0;

  /** The folder of the suite written last. */
  get folder(): string {
    return path.join(this.root, String(this.made), 'robot');
  }

  /** Loads the sound suite with some of its files replaced. */
  async load(files: Files = {}): Promise<Suite> {
    this.made += 1;
    await writeFiles(this.folder, { ...soundFiles, ...files });
    return loadSuite(this.folder, { inspectImage: inspectMadeUp, markRegion: markMadeUp });
  }

  /** The lines of the error that loading ends with, paths shortened to start at the suite's folder. */
  async complaint(files: Files): Promise<string[]> {
    const error: unknown = await this.load(files).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof UsageError)) throw error ?? new Error('the suite loads');
    return error.message.replaceAll(`${path.dirname(this.folder)}/`, '').split('\n');
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}

/** Writes files below a folder. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    if (content === null) continue;
    if (typeof content === 'string' || content instanceof Uint8Array) writeFileAtomic(target, content);
    else relink(content.linkTo, target);
  }
}

/** The sound suite file after replacing parts of it, each of which has to be there. */
export function edited(edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the sound suite does not say ${from}`);
    return text.replace(from, () => to);
  }, soundSuite);
}

/** Reads the made-up pictures of the tests: the text after their format's name does not matter. */
export const inspectMadeUp: InspectImage = (bytes) => {
  const [format = ''] = Buffer.from(bytes).toString('latin1').split(' ');
  const known = ['PNG', 'GIF'].includes(format);
  return Promise.resolve(known ? { mime: `image/${format.toLowerCase()}`, width: 640, height: 480 } : null);
};

/** Joins what it is given, so that a test sees both; a mask that says `black` marks nothing. */
export const markMadeUp: MarkRegion = (picture, mask) => {
  const [below, above] = [picture, mask].map((bytes) => Buffer.from(bytes).toString());
  return Promise.resolve(
    above === 'black'
      ? { reason: 'is all black: it marks nothing' }
      : { bytes: Buffer.from(`${below ?? ''} + ${above ?? ''}`), mime: 'image/png', width: 640, height: 480 },
  );
};
