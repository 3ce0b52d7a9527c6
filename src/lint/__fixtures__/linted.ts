import { readFileSync } from 'node:fs';
import { inspectMadeUp, type Files, markMadeUp, SuiteFolders } from '../../suite/__fixtures__/suite-folder.js';
import type { Finding } from '../lint.js';
import { lintSuite, type LintOptions, type SuiteLint } from '../lint-suite.js';

/** A scene without a fault; rules are tried on what is put in place of its last sentence. */
export const soundScene = `Image 1: the character sheet of the robot.
Image 2: the previous scene, a hill.

The robot climbs the green top and looks down into the valley. `;

const sheet =
  'Image 1: a photo of the robot.\n\nMake a sheet of this robot with green eyes. Write "FRONT VIEW" below the figure.\n';
const hill = 'Image 1: the character sheet of the robot.\n\nThe robot stands on a hill in the morning sun.\n';

export const soundSuite = `name: robot
models: [gemini-nano-banana-2.1]
revisions: [v1]
generation: { aspectRatio: '16:9', imageSize: 1K }
assets: { photo: assets/photo.png }
characters: { robot: { sheet: sheet } }
cases:
  sheet: { images: [photo], text: [FRONT VIEW] }
  hill: { images: [robot], character: robot }
  peak: { images: [robot, hill], character: robot }
`;

/** What stands in the suite of the tests, with the last scene's prompt. */
export function suiteFiles(peak: string, more: Files = {}): Files {
  return {
    'suite.yaml': soundSuite,
    'assets/archive.png': null,
    'assets/photo.png': 'PNG photo',
    'prompts/v1/sheet.hbs': sheet,
    'prompts/v1/hill.hbs': hill,
    'prompts/v1/peak.hbs': peak,
    ...Object.fromEntries(
      ['v1/scene', 'v1/partials/who', 'v2/sheet', 'v2/scene', 'v2/partials/who'].map((name) => [
        `prompts/${name}.hbs`,
        null,
      ]),
    ),
    ...more,
  };
}

/** Writes suites and lints them. */
export class LintFolders {
  private readonly folders = new SuiteFolders();

  get folder(): string {
    return this.folders.folder;
  }

  async lint(files: Files, options: Partial<LintOptions> = {}): Promise<SuiteLint> {
    await this.folders.load(files);
    return lintSuite(this.folder, { inspectImage: inspectMadeUp, markRegion: markMadeUp, ...options });
  }

  /** Lints again what was written last. */
  async again(options: Partial<LintOptions> = {}): Promise<SuiteLint> {
    return lintSuite(this.folder, { inspectImage: inspectMadeUp, ...options });
  }

  remove(): Promise<void> {
    return this.folders.remove();
  }
}

/** What the file says at a finding's place, read from the disk. */
export function sliceAt({ place, text }: Finding): string {
  const content = readFileSync(place.file, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n');
  const lines = content
    .split('\n')
    .slice(place.line - 1)
    .join('\n');
  return lines.slice(place.column - 1, place.column - 1 + text.length);
}
