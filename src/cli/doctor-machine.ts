import { createRequire } from 'node:module';
import * as path from 'node:path';
import { messageOf } from '../lib/errors.js';
import { createFile, existsSync, readdirSync, rmSync, statSync } from '../lib/files.js';
import { openReader, readerName } from '../read/tesseract.js';
import { fileSize } from '../report/format.js';
import { gitVersion } from '../suite/git-revision.js';
import type { CommandContext } from './context.js';
import type { Finding } from './doctor-finding.js';
import { baselinesFolder, cacheFolder } from './folders.js';

/** What this machine and this folder bring to a run. Writes nothing that stays. */
export function machineFindings(context: CommandContext, encoder: string): Finding[] {
  return [
    nodeFinding(),
    gitFinding(),
    diskFinding(context),
    cacheFinding(context),
    baselinesFinding(context),
    encoderFinding(encoder, context),
    readerFinding(),
  ];
}

function nodeFinding(): Finding {
  const { engines } = createRequire(import.meta.url)('../../package.json') as { engines: { node: string } };
  const [major = 0, minor = 0] = engines.node.replace('>=', '').split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  const enough = ownMajor > major || (ownMajor === major && ownMinor >= minor);
  const what = `Node ${process.versions.node}`;
  return enough
    ? { about: 'node', state: 'ok', what }
    : { about: 'node', state: 'error', what, fix: `Install Node ${major}.${minor} or newer.` };
}

function gitFinding(): Finding {
  const version = gitVersion();
  if (version !== null) return { about: 'git', state: 'ok', what: version };
  const what = 'git is not there, or not on the PATH';
  return { about: 'git', state: 'warning', what, fix: 'Only revisions of git (--against git:main) need it.' };
}

/** Runs, baselines and the cache are written, each perhaps on a disk of its own. */
function diskFinding(context: CommandContext): Finding {
  const folders = [path.resolve(context.cwd, 'reports'), baselinesFolder(context), cacheFolder(context)];
  const refused = folders.flatMap((folder) => {
    const why = refusal(nearestThere(folder));
    return why === null ? [] : [`${folder} (${why})`];
  });
  if (refused.length === 0)
    return { about: 'disk', state: 'ok', what: 'reports, baselines and the cache can be written' };
  const what = `cannot be written: ${refused.join(', ')}`;
  return {
    about: 'disk',
    state: 'error',
    what,
    fix: 'Make room or change the rights; EVALUATE_CACHE_DIR moves the cache.',
  };
}

function nearestThere(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearestThere(parent);
}

/** Why nothing can be written in the folder, or `null` when something could. */
function refusal(folder: string): string | null {
  const probe = path.join(folder, `.evaluate-doctor-${process.pid}`);
  try {
    createFile(probe, 'can this be written?');
    rmSync(probe);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? messageOf(error);
  }
}

function cacheFinding(context: CommandContext): Finding {
  const folder = cacheFolder(context);
  if (!existsSync(folder)) return { about: 'cache', state: 'ok', what: `the cache is empty (${folder})` };
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
  // Another run may be at work here.
  const bytes = files.reduce((sum, file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    return sum + (found?.isFile() ? found.size : 0);
  }, 0);
  return { about: 'cache', state: 'ok', what: `the cache holds ${fileSize(bytes)} (${folder})` };
}

function baselinesFinding(context: CommandContext): Finding {
  const folder = baselinesFolder(context);
  const suites = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const names = suites.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (names.length === 0) {
    const what = 'there are no baselines here: runs are not gated';
    return { about: 'baselines', state: 'warning', what, fix: 'Approve a run: evaluate approve' };
  }
  const cases = (name: string) =>
    readdirSync(path.join(folder, name)).filter((file) => file.endsWith('.json') && !file.startsWith('_')).length;
  return {
    about: 'baselines',
    state: 'ok',
    what: `baselines: ${names.map((name) => `${name} (${cases(name)} cases)`).join(', ')}`,
  };
}

/** Embedded, or kept in the cache once it was downloaded. */
function encoderFinding(encoder: string, context: CommandContext): Finding {
  const folder =
    encoder === 'pocket'
      ? path.join(context.modelsFolder, 'pocket-clip')
      : path.join(cacheFolder(context), 'models', encoder);
  const there = ['config.json', 'onnx/vision_model.onnx'].every((file) => existsSync(path.join(folder, file)));
  if (there) return { about: 'encoder', state: 'ok', what: `the encoder is ${encoder}, and its files are there` };
  const what = `the encoder is ${encoder}, and its files are not there yet`;
  const host = context.env.hubMirror === undefined ? 'the hub' : 'the mirror in HF_ENDPOINT';
  const fix = `The first run downloads it from ${host}, once. Without a network: --encoder pocket (built in), or a folder.`;
  return { about: 'encoder', state: 'warning', what, fix };
}

function readerFinding(): Finding {
  const reader = openReader();
  if (!('missing' in reader)) return { about: 'text reader', state: 'ok', what: `captions are read by ${readerName}` };
  const fix = 'Only cases with `text` need it.';
  return { about: 'text reader', state: 'warning', what: reader.missing, fix };
}
