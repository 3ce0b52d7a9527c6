import { createRequire } from 'node:module';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Raster } from '../image/raster.js';
import { reduce } from '../image/reduce.js';
import { existsSync, readFileSync } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import type { MissingReader, TextReader, Word } from './reader.js';

/**
 * Tesseract's LSTM reader, as WebAssembly in the thread that calls it. Its core is used without the tesseract.js around
 * it: that one starts a thread of its own, downloads what it does not find, and takes another build of the core on
 * another Node, which may read another letter.
 */
const CORE = { package: 'tesseract.js-core', version: '7.0.0', build: 'tesseract-core-simd-lstm.js' };
/** English, `best_int` of the tessdata project: the floats of `tessdata_best`, rounded to 8 bits. */
const DATA = {
  package: '@tesseract.js-data/eng',
  version: '1.0.0',
  file: '4.0.0_best_int/eng.traineddata.gz',
  sha256: '45b4cb346724ac1774f1c36f42f182b887bcdb28ebe63e6fff90ac41f3fcff91',
};

/** Two readers of the same name read the same words. */
export const readerName = `${CORE.package} ${CORE.version}, eng ${DATA.sha256.slice(0, 8)}`;

export const missingReader: MissingReader = {
  missing: `the text reader is not installed: npm install ${CORE.package}@${CORE.version} ${DATA.package}@${DATA.version}`,
};

/** Sparse text: as much as there is, in no order that a page would have. */
const SPARSE = '11';

/** Short side of a picture in px. */
const THINNEST = 8;

/** The parts of the core's interface that are used; the package ships no types. */
interface Core {
  FS: { writeFile(file: string, data: Uint8Array): void; unlink(file: string): void };
  TessBaseAPI: new () => {
    Init(path: null, language: string, engine: number): number;
    SetVariable(name: string, value: string): boolean;
    SetImageFile(exifOrientation: number, angle: number): number;
    Recognize(monitor: null): number;
    GetTSVText(page: number): string;
    Clear(): void;
  };
}

/** Opens the reader whose two packages `resolve` finds; nothing is loaded before the first picture. */
export function openReader(require = createRequire(import.meta.url)): TextReader | MissingReader {
  const core = folderOf(CORE, require);
  const data = folderOf(DATA, require);
  if (core === null || data === null) return missingReader;
  const file = path.join(data, DATA.file);
  const packed = existsSync(file) ? readFileSync(file) : null;
  if (!packed || sha256(packed) !== DATA.sha256) return missingReader;

  let loading: ReturnType<typeof load> | undefined;
  return {
    async lines(image, side) {
      // Tesseract refuses what is longer than 32,767 px, as an enlarged strip may be; no letters are as small as this.
      if (Math.min(image.width, image.height) < THINNEST) return [];
      loading ??= load(require(path.join(core, CORE.build)) as () => Promise<Core>, packed);
      const { module, api } = await loading;
      const copy = await reduce(image, side);
      // Nothing is awaited from here on: pictures that are read at the same time share the one interface.
      module.FS.writeFile('/input', greymap(copy));
      if (api.SetImageFile(1, 0) !== 0 || api.Recognize(null) !== 0)
        throw new Error(`the text reader refused a picture of ${copy.width}x${copy.height} px`);
      const lines = linesOf(api.GetTSVText(0), image.width / copy.width, image.height / copy.height);
      api.Clear();
      module.FS.unlink('/input');
      return lines;
    },
  };
}

/** The package's folder, or `null` where it is not installed in just this version. */
function folderOf({ package: name, version }: { package: string; version: string }, require: NodeJS.Require) {
  try {
    const file = require.resolve(`${name}/package.json`);
    const { version: found } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown };
    return found === version ? path.dirname(file) : null;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

async function load(core: () => Promise<Core>, packed: Uint8Array) {
  const module = await core();
  module.FS.writeFile('./eng.traineddata', gunzipSync(packed));
  const api = new module.TessBaseAPI();
  const lstmOnly = 1;
  if (api.Init(null, 'eng', lstmOnly) !== 0) throw new Error('the text reader did not take its language data');
  api.SetVariable('tessedit_pageseg_mode', SPARSE);
  // Else it guesses the resolution from the picture, and how it cuts lines depends on the guess.
  api.SetVariable('user_defined_dpi', '300');
  // Its remarks would go to the terminal.
  api.SetVariable('debug_file', '/dev/null');
  return { module, api };
}

/** A binary PGM of the luma, which is all that is read. */
function greymap({ width, height, data }: Raster): Uint8Array {
  const head = Buffer.from(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(head.length + width * height);
  file.set(head);
  for (let i = 0; i < width * height; i += 1) {
    const [r = 0, g = 0, b = 0] = [data[i * 4], data[i * 4 + 1], data[i * 4 + 2]];
    file[head.length + i] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
  }
  return file;
}

/** The lines of Tesseract's table: rows of level 5 are words, columns 2 to 5 number page, block, paragraph and line. */
function linesOf(table: string, scaleX: number, scaleY: number): Word[][] {
  const lines = new Map<string, Word[]>();
  for (const row of table.split('\n')) {
    const [level, page, block, paragraph, line, , x, y, width, height, , text = ''] = row.split('\t');
    if (level !== '5' || text.trim() === '') continue;
    const key = [page, block, paragraph, line].join(' ');
    const box = {
      x: Number(x) * scaleX,
      y: Number(y) * scaleY,
      width: Number(width) * scaleX,
      height: Number(height) * scaleY,
    };
    lines.set(key, [...(lines.get(key) ?? []), { text: text.trim(), box }]);
  }
  return [...lines.values()];
}
