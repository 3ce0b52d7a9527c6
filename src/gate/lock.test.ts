import { appendFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../lib/errors.js';
import { sha256 } from '../lib/hash.js';
import { approvedCase, picture, save } from './__fixtures__/approved.js';
import { inspectBaseline, loadBaseline } from './baseline.js';

const margins = { consistency: { margin: 0.04, cap: 6, sd: 0.05, cases: 3 } };

let root = '';
let folder = '';
const at = (file: string) => join(folder, file);
const read = (file: string) => readFileSync(at(file), 'utf8');
const edit = (file: string, from: string | RegExp, to: string) => {
  const text = read(file);
  expect(text).toMatch(from);
  writeFileSync(at(file), text.replace(from, to));
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'evaluate-lock-'));
  folder = join(root, 'robot');
  await save(
    folder,
    ['sheet', 'forest', 'valley'].map((name) => approvedCase(name)),
    { margins },
  );
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function refusal(): string {
  try {
    loadBaseline(folder);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message.replaceAll(folder, '');
  }
  return 'loaded';
}

describe('a baseline that is as it was approved', () => {
  it('is read with its margins', () => {
    const { cases, offset, margins: stored } = loadBaseline(folder);
    expect([[...cases.keys()], offset, stored]).toEqual([['forest', 'sheet', 'valley'], 3, { consistency: 0.04 }]);
  });

  it('has a lock that sha256sum could check, one line a file, in order', () => {
    const lines = read('_lock.json')
      .split('\n')
      .filter((line) => line.includes('/') || line.includes('.json'));
    const files = [
      'forest.json',
      'forest/1.png',
      'forest/2.webp',
      'sheet.json',
      'sheet/1.png',
      'sheet/2.webp',
      'valley.json',
      'valley/1.png',
      'valley/2.webp',
    ];
    expect(lines.map((line) => line.trim().replace(/,$/, ''))).toEqual(
      files.map((file) => `"${file}": "${sha256(readFileSync(at(file)))}"`),
    );
  });

  it('may have been checked out with other line ends, beside files that begin with a dot', () => {
    for (const file of ['forest.json', '_lock.json']) writeFileSync(at(file), read(file).replaceAll('\n', '\r\n'));
    writeFileSync(at('.DS_Store'), 'x');
    expect(refusal()).toBe('loaded');
  });

  it('is nothing where there is nothing', () => {
    const nothing = { offset: 0, cases: new Map(), margins: {} };
    expect(loadBaseline(join(root, 'nowhere'))).toMatchObject(nothing);
  });
});

describe('a baseline that is not as it was approved', () => {
  const again = (name: string) => `\n  Restore it from git, or approve the case again: evaluate approve --case ${name}`;
  const changed = (file: string, name: string) =>
    `/${file}: this file is not what was approved: its hash is not the one in _lock.json${again(name)}`;

  it.each<[string, () => void, string]>([
    [
      'a score',
      () => {
        edit('forest.json', '"consistency":0.8', '"consistency":0.6');
      },
      changed('forest.json', 'forest'),
    ],
    [
      'a picture',
      () => {
        writeFileSync(at('valley/1.png'), picture(11));
      },
      changed('valley/1.png', 'valley'),
    ],
    [
      'a small picture',
      () => {
        writeFileSync(at('valley/2.webp'), picture(11));
      },
      changed('valley/2.webp', 'valley'),
    ],
    [
      'two pictures, for one another',
      () => {
        renameSync(at('sheet/2.webp'), at('other'));
        renameSync(at('sheet/1.png'), at('sheet/2.webp'));
        renameSync(at('other'), at('sheet/1.png'));
      },
      `${changed('sheet/1.png', 'sheet')}\n${changed('sheet/2.webp', 'sheet')}`,
    ],
    [
      'a deleted picture',
      () => {
        rmSync(at('forest/1.png'));
      },
      `/forest/1.png: this file of the baseline is missing${again('forest')}`,
    ],
    [
      'a deleted case',
      () => {
        rmSync(at('sheet.json'));
      },
      `/sheet.json: this file of the baseline is missing${again('sheet')}`,
    ],
    [
      'a stray file',
      () => {
        writeFileSync(at('swamp.json'), '{}');
      },
      '/swamp.json: this file is no part of the baseline: _lock.json does not name it\n  Delete it; or, if it was approved, restore _lock.json from git.',
    ],
    [
      'a pointer of Git LFS',
      () => {
        writeFileSync(at('forest/1.png'), 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
      },
      '/forest/1.png: this is a pointer of Git LFS\n  Run: git lfs pull',
    ],
    [
      'merge conflicts in a case',
      () => {
        edit('forest.json', /\n {2}"case".*/, '\n<<<<<<< HEAD$&\n=======$&\n>>>>>>> other');
      },
      '/forest.json: this file has merge conflicts in it\n  Take the case whole from one side, with its pictures and its lines of the lock; or approve it again.',
    ],
    [
      'a lock without the line of a file',
      () => {
        edit('_lock.json', /\n.*"forest\/2.webp".*/, '');
      },
      '/forest/2.webp: this file is no part of the baseline: _lock.json does not name it\n  Delete it; or, if it was approved, restore _lock.json from git.',
    ],
    [
      'a lock with another hash',
      () => {
        edit('_lock.json', /("sheet\/1.png": ")./, '$1Z');
      },
      '/_lock.json: the lock is damaged: files.sheet/1.png: Invalid string: must match pattern /^[0-9a-f]{64}$/\n  Restore it from git, or approve all cases again.',
    ],
    [
      'a margin of its own',
      () => {
        edit('_lock.json', '0.04', '0.2');
      },
      '/_lock.json: the stored margins are not those that were computed\n  Restore it from git, or approve again; a margin of your own stands in suite.yaml.',
    ],
    [
      'no lock',
      () => {
        rmSync(at('_lock.json'));
      },
      '/_lock.json: the lock is missing: nothing says that this baseline is what was approved\n  Restore it from git, or approve all cases again.',
    ],
    [
      'a lock that is cut',
      () => {
        writeFileSync(at('_lock.json'), read('_lock.json').slice(0, 200));
      },
      '/_lock.json: the lock is damaged: Unterminated string in JSON at position 200',
    ],
    [
      'merge conflicts in the lock',
      () => {
        edit('_lock.json', /\n.*"forest.json".*/, '\n<<<<<<< HEAD$&\n=======$&\n>>>>>>> other');
      },
      '/_lock.json: this file has merge conflicts in it\n  Take `margins` and `marginsSha256` of one side, and under `files` the lines of both; a case that both sides approved must come from one, with all its files. Or approve all cases again.',
    ],
  ])('says so of %s', (_, damage, message) => {
    damage();
    expect(refusal().startsWith(message)).toBe(true);
  });

  it('says so of whatever is flipped, cut off or added in any file', () => {
    for (const file of ['forest.json', 'forest/1.png', 'forest/2.webp']) {
      const whole = readFileSync(at(file));
      for (const position of [0, 7, whole.length >> 1, whole.length - 1]) {
        const flipped = Buffer.from(whole);
        flipped[position] = (flipped[position] ?? 0) ^ 1;
        writeFileSync(at(file), flipped);
        expect(refusal()).toContain(`/${file}: `);
      }
      writeFileSync(at(file), whole.subarray(0, -1));
      expect(refusal()).toContain(`/${file}: `);
      writeFileSync(at(file), whole);
      appendFileSync(at(file), 'x');
      expect(refusal()).toContain(`/${file}: `);
      writeFileSync(at(file), whole);
      expect(refusal()).toBe('loaded');
    }
  });

  it('tells five files, and how many more', () => {
    for (const name of ['forest', 'sheet', 'valley']) rmSync(at(name), { recursive: true });
    expect(refusal().match(/is missing/g)).toHaveLength(5);
    expect(refusal()).toMatch(/\nand so are 1 more files of this baseline$/);
  });

  it('has files that belong together, however the lock was mended', () => {
    const relock = (file: string) => {
      edit('_lock.json', new RegExp(`("${file}": ").{64}`), `$1${sha256(readFileSync(at(file)))}`);
    };
    writeFileSync(at('forest/1.png'), picture(99));
    relock('forest/1.png');
    expect(refusal()).toContain('/forest.json: forest/1.png is another picture');
    writeFileSync(at('sheet.json'), read('valley.json'));
    relock('sheet.json');
    expect(refusal()).toContain('/sheet.json: this file is of the case valley');
    rmSync(at('valley/2.webp'));
    edit('_lock.json', /,\n.*"valley\/2.webp".*/, '');
    expect(refusal()).toContain('/valley.json: _lock.json does not name its picture valley/2.webp');
    edit('valley.json', '"version": 1', '"version": 9');
    relock('valley.json');
    expect(refusal()).toContain('/valley.json: this version cannot read this file: version: ');
  });

  it('still gives the cases that are whole to those who replace the others', () => {
    edit('forest.json', '0.8', '0.6');
    rmSync(at('valley/1.png'));
    const { baseline, damages } = inspectBaseline(folder);
    expect([...baseline.cases.keys()]).toEqual(['sheet']);
    expect(damages.map((damage) => damage.case)).toEqual(['forest', 'valley']);
    rmSync(at('_lock.json'));
    expect([...inspectBaseline(folder).baseline.cases.keys()]).toEqual([]);
    expect(new Set(inspectBaseline(folder).damages.map((damage) => damage.case))).toEqual(
      new Set([null, 'forest', 'sheet', 'valley']),
    );
  });
});

describe('two branches that approved different cases', () => {
  /** What git does with lines that only one side changed. */
  const merged = (base: string, ours: string, theirs: string): string => {
    const [old, one, other] = [base, ours, theirs].map((text) => text.split('\n')) as [string[], string[], string[]];
    return old.map((line, index) => (one[index] === line ? other[index] : one[index])).join('\n');
  };

  it('merge line by line', async () => {
    const base = read('_lock.json');
    const before = inspectBaseline(folder).lock;
    const change = (name: string) => [approvedCase(name, { prompt: 'Changed.' })];
    await save(folder, change('forest'), { before, margins });
    const ours = read('_lock.json');
    await save(folder, change('valley'), { before, margins });
    const theirs = read('_lock.json');
    expect(existsSync(at('forest.json'))).toBe(true);
    expect(refusal()).not.toBe('loaded');
    writeFileSync(at('_lock.json'), merged(base, ours, theirs));
    expect(loadBaseline(folder).cases.get('forest')?.prompt).toBe('Changed.');
  });
});
