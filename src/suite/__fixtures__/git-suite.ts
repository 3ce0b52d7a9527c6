import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { UsageError } from '../../lib/errors.js';
import { rm } from '../../lib/files.js';
import { loadSuite } from '../load.js';
import type { Suite } from '../suite.js';
import { edited, inspectMadeUp, soundFiles, writeFiles, type Files } from './suite-folder.js';

// Inside a hook, git says by these which repository is meant; and nobody's own settings count.
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) Reflect.deleteProperty(process.env, name);
Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' });

/** The sound suite in a repository of its own. */
class GitSuite {
  readonly top = path.join(mkdtempSync(path.join(tmpdir(), 'git-suite-')), 'repository');
  /** The suite's folder; a test may look at another one, such as that of a clone. */
  folder: string;

  constructor(private readonly below: string) {
    this.folder = path.join(this.top, below);
    execFileSync('git', ['init', '-q', '-b', 'main', this.top]);
  }

  git(...args: string[]): string {
    const who = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com'];
    return execFileSync('git', ['-C', this.top, ...who, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  write(files: Files): Promise<void> {
    return writeFiles(path.join(this.top, this.below), files);
  }

  /** Writes the sound suite, with files replaced, and commits everything; gives the commit's id. */
  async commit(files: Files = {}): Promise<string> {
    await this.write({ ...soundFiles, ...files });
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', 'State');
    return this.git('rev-parse', 'HEAD');
  }

  /** Loads the suite of the working tree with other `revisions:`, and with revisions that it does not name. */
  async load(listed: string, extra?: string[]): Promise<Suite> {
    await writeFiles(this.folder, { 'suite.yaml': edited([['[v2, v1]', listed]]) });
    return loadSuite(this.folder, { inspectImage: inspectMadeUp, ...(extra && { revisions: extra }) });
  }

  /** The lines of the error that loading ends with, the repository's folder left out. */
  async complaint(listed: string, extra?: string[]): Promise<string[]> {
    const error: unknown = await this.load(listed, extra).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof UsageError)) throw error ?? new Error('the suite loads');
    return error.message.replaceAll(`${this.top}/`, '').split('\n');
  }
}

/** Makes suites in repositories, and removes them. */
export class GitSuites {
  private readonly made: GitSuite[] = [];

  /** @param below where the suite is in its repository. */
  make(below = 'suites/robot'): GitSuite {
    const suite = new GitSuite(below);
    this.made.push(suite);
    return suite;
  }

  async remove(): Promise<void> {
    for (const { top } of this.made) await rm(path.dirname(top), { recursive: true, force: true });
  }
}

/** Every path below a folder, with its time and content. */
export function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const stat = statSync(path.join(folder, name));
      return `${name} ${stat.mtimeMs} ${stat.isFile() ? readFileSync(path.join(folder, name), 'base64') : ''}`;
    });
}
