import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBaseline } from '../gate/baseline.js';
import { type Made, makeRun, pictureOf } from './__fixtures__/approvable-run.js';
import { Workplace } from './__fixtures__/in-process.js';

let place: Workplace;
const first: Made = {
  id: 'run-1',
  cases: { sheet: [10, 20, 30], forest: [100, 110, null], valley: [150, 160, 170] },
  sheet: 10,
};
/** Made from what was approved of the first. */
const second: Made = {
  id: 'run-2',
  cases: { sheet: [12, 22, 32], forest: [102, 112, 122], valley: [152, 162, 172] },
  offset: 3,
  sheet: 10,
  approved: { sheet: 10, forest: 100, valley: 150 },
};
const make = (made: Made) => makeRun(place.path('reports'), made);
const approve = (...args: string[]) => place.run('approve', ...args);
const baseline = () => loadBaseline(place.path('baselines/robot'));
const stateOf = (name: string) => {
  const each = baseline().cases.get(name);
  return [each?.run, each?.samples.map(({ sample }) => sample), each?.representative];
};
/** Every file under the folder with its text. */
const disk = () =>
  existsSync(place.path('baselines'))
    ? readdirSync(place.path('baselines'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(`${entry.parentPath}/${entry.name}`, 'latin1')])
    : [];

beforeEach(() => {
  place = new Workplace({ approver: 'ann' });
});
afterEach(async () => {
  await place[Symbol.asyncDispose]();
});

describe('approving a run', () => {
  it('stores every sample of every case, and says what is new', async () => {
    make(first);
    const { code, stdout, stderr } = await approve('run-1');
    expect({ code, stdout: stdout.split('\n') }).toEqual({
      code: 0,
      stdout: [
        'sheet: new, gemini-3-pro-image@v2; 3 samples (3 ok); consistency 0.078; representative 1',
        'forest: new, gemini-3-pro-image@v2; 3 samples (2 ok, 1 refused); consistency 0.412; representative 1',
        'valley: new, gemini-3-pro-image@v2; 3 samples (3 ok); consistency 0.627; representative 1',
        'margin of consistency: none is stored; too few samples: its scatter would rest on 11 degrees of freedom',
        'baseline in baselines/robot',
        '',
      ],
    });
    expect(stderr).toBe('');
    expect(baseline().cases.get('forest')).toMatchObject({ approvedBy: 'ann', outcomes: { ok: 2, refused: 1 } });
    expect(['sheet', 'forest', 'valley'].map(stateOf)).toEqual([
      ['run-1', [1, 2, 3], 1],
      ['run-1', [1, 2, 3], 1],
      ['run-1', [1, 2, 3], 1],
    ]);
  });

  it('replaces the samples, and keeps the pictures that the new ones were made from', async () => {
    make(first);
    await approve('run-1');
    make(second);
    const { stdout, stderr } = await approve('run-2');
    expect(stdout).toContain(
      'sheet: gemini-3-pro-image@v2 -> gemini-3-pro-image@v2; 3 -> 3 samples (3 ok); consistency 0.078 -> 0.086; representative kept (1 of run-1)\n',
    );
    expect(stderr).toBe('');
    expect(stateOf('sheet')).toEqual(['run-2', [4, 5, 6], 1]);
    expect(baseline().offset).toBe(6);
    // And once more, from the picture of the first run.
    make({ ...second, id: 'run-3', cases: { ...second.cases, sheet: [14, 24, 34] }, offset: 6 });
    expect((await approve('run-3')).stdout).toContain('representative kept (1 of run-1)');
    expect(baseline().cases.get('sheet')?.kept).toMatchObject({ run: 'run-1', sample: 1, revision: 'v2' });
  });

  it('stores the margin for the most samples that the suite takes, whatever the run took', async () => {
    const eight = (grey: number) => Array.from({ length: 8 }, (_, index) => grey + 5 * index);
    const cases = Object.fromEntries(
      ['sheet', 'forest', 'valley'].map((name, index) => [name, eight(10 + 50 * index)]),
    );
    make({ ...first, cases, settings: { samples: { min: 8, max: 8 }, suiteSamples: { min: 1, max: 6 } } });
    const { stdout } = await approve('run-1');
    const margin = baseline().margins['consistency'] ?? 0;
    expect(stdout).toContain(
      `margin of consistency: ${margin}, for at most 6 samples a case; they scatter by 0.048 in 3 cases`,
    );
    expect(margin).toBeGreaterThanOrEqual(0.02);
    expect(Object.keys(baseline().margins)).toEqual(['consistency']);
    make({ ...first, id: 'run-2', cases, settings: { suiteSamples: { min: 1, max: 3 } } });
    expect((await approve('run-2')).stdout).toContain(`margin of consistency: ${margin} -> `);
  }, 60_000);

  it('shows and writes nothing on a dry run', async () => {
    make(first);
    const { code, stdout } = await approve('run-1', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sheet: new, .*\ndry run: nothing was written to baselines\/robot\n$/s);
    expect(disk()).toEqual([]);
    await approve('run-1');
    const before = disk();
    make(second);
    await approve('run-2', '--dry-run');
    expect(disk()).toEqual(before);
  });
});

describe('approving a part of a run', () => {
  beforeEach(async () => {
    make(first);
    await approve('run-1');
    make(second);
  });

  it('leaves the other cases as they are', async () => {
    const { stdout } = await approve('run-2', '--case', 'f*');
    expect(stdout).toContain('\nsheet, valley: left as it was\n');
    expect(['sheet', 'forest', 'valley'].map((name) => stateOf(name)[0])).toEqual(['run-1', 'run-2', 'run-1']);
  });

  it('by samples chooses the picture alone, and says what must be made again', async () => {
    const { stdout, stderr } = await approve('run-2', '--case', 'sheet', '--samples', '6,4');
    expect(stdout).toContain('representative changed (1 -> 6)');
    expect(stderr).toBe(
      '! inputs differ: forest, valley must be run and approved again, for they were made from another picture than the approved one of sheet\n',
    );
    expect(baseline().cases.get('sheet')).toMatchObject({ representative: 6, liked: [6, 4], kept: null });
    expect(baseline().cases.get('sheet')?.samples).toHaveLength(3);
  });

  it('takes the first liked sample that has a picture', async () => {
    await approve('run-1', '--case', 'forest', '--samples', '3,2');
    expect(baseline().cases.get('forest')).toMatchObject({ representative: 2, liked: [3, 2] });
  });

  it.each<[string[], RegExp]>([
    [['run-1', '--case', 'forest', '--samples', '3'], /--samples: no sample of forest among 3 has a picture/],
    [['run-2', '--samples', '1'], /--samples: sheet has no sample 1; it has 4, 5, 6/],
    [['run-2', '--samples', '1-3'], /'1-3' is no list of samples such as 1,3/],
    [['run-2', '--case', 'forrest'], /--case forrest fits no case of the run\. Did you mean 'forest'\?/],
    [['run-2', '--model', 'x'], /the run has no variant x@\. It has: pro-v2/],
    [['run-2', '--from', 'marks.json', '--case', 'forest'], /--from says itself which cases and samples/],
    [['run-2', '--from', 'nowhere.json'], /nowhere\.json: there is no such file/],
    [['run-9'], /there is no run 'run-9'/],
  ])('%j is exit 2, and nothing is written', async (args, message) => {
    const before = disk();
    const { code, stderr } = await approve(...args);
    expect(stderr).toMatch(message);
    expect([code, disk()]).toEqual([2, before]);
  });

  it('names what the suite no longer has, and removes it when asked to', async () => {
    const smaller = { ...second, cases: { sheet: [12, 22, 32], forest: [102, 112, 122] } };
    make(smaller);
    expect((await approve('run-2')).stdout).toContain('\nvalley: no longer in the suite; --prune removes it\n');
    expect(stateOf('valley')[0]).toBe('run-1');
    expect((await approve('run-2', '--prune')).stdout).toContain('\nvalley: no longer in the suite, removed\n');
    expect([...baseline().cases.keys()]).toEqual(['forest', 'sheet']);
    expect(existsSync(place.path('baselines/robot/valley'))).toBe(false);
    // What was not asked for is not gone.
    make({ ...smaller, id: 'run-3', settings: { selection: { cases: ['forest'] } }, cases: { forest: [9, 19, 29] } });
    expect((await approve('run-3')).stdout).toContain('\nsheet: left as it was\n');
    const refused = await approve('run-3', '--prune');
    expect(refused.stderr).toContain('--prune: the run run-3 was narrowed with --case');
  });
});

describe('approving what was marked', () => {
  const mark = (name: string, sample: number, grey: number, verdict: 'approve' | 'reject' = 'approve') => ({
    case: name,
    variant: 'pro-v2',
    sample,
    sha256: pictureOf(grey).sha256,
    mark: verdict,
  });
  const marks = (list: object[], change: object = {}) => {
    writeFileSync(
      place.path('marks.json'),
      JSON.stringify({ version: 1, suite: 'robot', run: 'run-1', marks: list, ...change }),
    );
  };

  it('approves a marked case whole, and leaves rejected and unmarked ones as they were', async () => {
    make(first);
    marks([
      mark('sheet', 1, 10),
      mark('forest', 2, 110),
      mark('forest', 1, 100, 'reject'),
      mark('valley', 3, 170, 'reject'),
    ]);
    const { code, stdout, stderr } = await approve('--from', 'marks.json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('\nvalley: rejected, left as it was\n');
    expect(stateOf('forest')).toEqual(['run-1', [1, 2, 3], 2]);
    expect(baseline().cases.get('forest')?.liked).toEqual([2]);
    expect([...baseline().cases.keys()]).toEqual(['forest', 'sheet']);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'a hash that is not the record’s',
      () => {
        marks([mark('sheet', 1, 10), mark('forest', 2, 111)]);
      },
      /marks\.json: the picture of sample 2 of forest on pro-v2 is not the one that was marked/,
    ],
    [
      'a mark on a refusal',
      () => {
        marks([mark('forest', 3, 10, 'reject')]);
      },
      /the picture of sample 3 of forest on pro-v2 is not the one that was marked/,
    ],
    [
      'a sample that is not there',
      () => {
        marks([mark('forest', 9, 100)]);
      },
      /the run has no sample 9 of forest on pro-v2/,
    ],
    [
      'another suite',
      () => {
        marks([mark('sheet', 1, 10)], { suite: 'fox' });
      },
      /these marks are of the run run-1 of fox, not of run-1 of robot/,
    ],
    [
      'a picture of the run that was changed',
      () => {
        marks([mark('sheet', 1, 10), mark('forest', 1, 100)]);
        writeFileSync(place.path('reports/robot/run-1', pictureOf(110).path), 'x');
      },
      /images\/.*: this picture is not the one that the run received/,
    ],
    [
      'a picture of the run that is missing',
      () => {
        marks([mark('forest', 1, 100)]);
        rmSync(place.path('reports/robot/run-1', pictureOf(110).path));
      },
      /images\/.*: this picture of the run is missing/,
    ],
  ])('writes nothing with %s', async (_, prepare, message) => {
    make(first);
    prepare();
    const { code, stderr } = await approve('--from', 'marks.json');
    expect(stderr).toMatch(message);
    expect([code, disk()]).toEqual([2, []]);
  });

  it('takes the marks of the run named beside them only', async () => {
    make(first);
    make(second);
    marks([mark('sheet', 1, 10)]);
    expect((await approve('run-2', '--from', 'marks.json')).stderr).toContain(
      'these marks are of the run run-1 of robot, not of run-2 of robot',
    );
  });
});

it('refuses the record of another version', async () => {
  make({ ...first, settings: { suiteSamples: undefined } });
  const { code, stderr } = await approve('run-1');
  expect(stderr).toContain('the record of run run-1 lacks what');
  expect([code, disk()]).toEqual([2, []]);
});

describe('approving warns', () => {
  it('of generated inputs', async () => {
    make({ ...first, settings: { inputs: 'generated' } });
    const { stderr } = await approve('run-1');
    expect(stderr).toBe(
      '! made with generated inputs: forest, valley. A gate with approved inputs is not gateable against them (inputs differ); approve a run with --inputs approved for that\n',
    );
  });

  it('of few samples', async () => {
    make({ ...first, cases: { sheet: [10, 20, 30], forest: [100, 110] } });
    expect((await approve('run-1')).stderr).toBe(
      '! fewer than 3 samples: forest. A gate may not be able to judge by so few; approve 8 or more a case\n',
    );
  });

  it('of cases made from a picture that is not approved', async () => {
    make(first);
    expect((await approve('run-1', '--case', 'forest')).stderr).toContain('! inputs differ: forest must be run');
  });
});

describe('approving over a damaged baseline', () => {
  beforeEach(async () => {
    make(first);
    await approve('run-1');
    writeFileSync(place.path('baselines/robot/forest.json'), '{}');
  });

  it('mends the cases that are approved', async () => {
    expect(() => baseline()).toThrow('forest.json: this file is not what was approved');
    expect((await approve('run-1', '--case', 'forest')).code).toBe(0);
    expect(stateOf('forest')[0]).toBe('run-1');
  });

  it('refuses to pass over the others', async () => {
    const before = disk();
    const { code, stderr } = await approve('run-1', '--case', 'sheet');
    expect(stderr).toContain('forest.json: this file is not what was approved');
    expect([code, disk()]).toEqual([2, before]);
    rmSync(place.path('baselines/robot/_lock.json'));
    const unlocked = await approve('run-1', '--case', 'sheet', '--case', 'forest');
    expect(unlocked.stderr).toContain('valley.json: this file is no part of the baseline');
    expect((await approve('run-1')).code).toBe(0);
    expect(baseline().cases.size).toBe(3);
  });
});
