import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Files from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import { approvedCase, approvedSample, picture, save } from './__fixtures__/approved.js';
import { type ApprovedCase, approvedPicture, inspectBaseline, loadBaseline } from './baseline.js';

/** How many more changes of the disk this process lives to make. */
const left = vi.hoisted(() => ({ changes: Infinity }));
vi.mock('../lib/files.js', async (original) => {
  const files = await original<typeof Files>();
  const mortal =
    <A extends unknown[]>(change: (...args: A) => void) =>
    (...args: A) => {
      if ((left.changes -= 1) < 0) throw new Error('killed');
      change(...args);
    };
  return { ...files, writeFileAtomic: mortal(files.writeFileAtomic), rmSync: mortal(files.rmSync) };
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluate-baseline-files-'));
});
afterEach(() => {
  left.changes = Infinity;
  rmSync(folder, { recursive: true });
});

const files = () => readdirSync(folder, { recursive: true }).map(String).sort();
const promptOf = (name: string) => loadBaseline(folder).cases.get(name)?.prompt;
const again = (name: string) =>
  approvedCase(name, { prompt: 'Again.', samples: [approvedSample(4, 40), approvedSample(5, 50)], representative: 5 });

describe('saving', () => {
  it('replaces the cases given and leaves the others as they are', async () => {
    await save(folder, [approvedCase('sheet'), approvedCase('forest')]);
    const sheet = readFileSync(join(folder, 'sheet.json'), 'utf8');
    await save(folder, [again('forest')], { before: inspectBaseline(folder).lock });
    expect(readFileSync(join(folder, 'sheet.json'), 'utf8')).toBe(sheet);
    expect([promptOf('forest'), loadBaseline(folder).offset]).toEqual(['Again.', 5]);
    expect(files()).toEqual([
      '_lock.json',
      'forest',
      'forest.json',
      'forest/4.webp',
      'forest/5.png',
      'sheet',
      'sheet.json',
      'sheet/1.png',
      'sheet/2.webp',
    ]);
  });

  it('removes cases, and what a write that was cut off has left', async () => {
    await save(folder, [approvedCase('sheet'), approvedCase('forest')]);
    const leftovers = ['sheet.json.9.1.tmp', '_lock.json.9.2.tmp', 'sheet/1.png.9.3.tmp'];
    for (const name of leftovers) writeFileSync(join(folder, name), 'half');
    expect(inspectBaseline(folder).damages.map((damage) => damage.case)).toEqual([null, 'sheet', 'sheet']);
    await save(folder, [approvedCase('sheet')], { before: inspectBaseline(folder).lock, removed: ['forest'] });
    expect(files()).toEqual(['_lock.json', 'sheet', 'sheet.json', 'sheet/1.png', 'sheet/2.webp']);
    expect([...loadBaseline(folder).cases.keys()]).toEqual(['sheet']);
  });

  it('keeps a representative that was approved before as received, and no statistic of it', async () => {
    const kept = { ...approvedSample(1, 10), run: 'run-0', model: 'm', revision: 'v0' };
    await save(folder, [{ ...again('forest'), representative: 1, kept }]);
    const baseline = loadBaseline(folder);
    expect(approvedPicture(baseline, 'forest')?.bytes).toEqual(Buffer.from(picture(10)));
    expect(baseline.cases.get('forest')?.kept?.image).toMatchObject({ file: 'forest/1.png', original: true });
    expect(baseline.cases.get('forest')?.samples.map(({ sample }) => sample)).toEqual([4, 5]);
  });

  it('gives files that a review can read: a sample a line', async () => {
    await save(folder, [approvedCase('forest')]);
    const lines = readFileSync(join(folder, 'forest.json'), 'utf8').split('\n');
    expect(lines.filter((line) => line.startsWith('    {"sample":'))).toHaveLength(3);
    expect(lines).toContain('    {"pair":[1,2],"values":{"ssim":0.5}}');
  });
});

describe('an interruption', () => {
  const changesOf = async (act: () => Promise<void>): Promise<number> => {
    left.changes = 1000;
    await act();
    return 1000 - left.changes;
  };

  it('at any point leaves the old baseline, the new one, or one that says to approve again; and that helps', async () => {
    const old = [approvedCase('sheet'), approvedCase('forest'), approvedCase('swamp')];
    const change = (before: ReturnType<typeof inspectBaseline>['lock']) =>
      save(folder, [again('sheet'), again('forest')], { before, removed: ['swamp'] });
    await save(folder, old);
    const total = await changesOf(() => change(inspectBaseline(folder).lock));
    const seen = new Map<string, number>();
    for (let point = 0; point <= total; point += 1) {
      left.changes = Infinity;
      rmSync(folder, { recursive: true });
      await save(folder, old);
      const { lock } = inspectBaseline(folder);
      left.changes = point;
      await change(lock).catch((error: unknown) => {
        expect(error).toEqual(new Error('killed'));
      });
      left.changes = Infinity;
      const state = stateNow();
      seen.set(state, (seen.get(state) ?? 0) + 1);
      const { lock: met, damages } = inspectBaseline(folder);
      expect(damages.every((damage) => ['sheet', 'forest', 'swamp'].includes(damage.case ?? ''))).toBe(true);
      await change(met);
      expect(stateNow()).toBe('new');
    }
    expect(seen).toEqual(
      new Map([
        ['old', 1],
        ['interrupted', total - 1],
        ['new', 1],
      ]),
    );
  });

  const stateNow = (): string => {
    try {
      const { cases } = loadBaseline(folder);
      const prompts = [...cases.values()].map((each) => each.prompt);
      expect([
        ['A forest.', 'A sheet.', 'A swamp.'],
        ['Again.', 'Again.'],
      ]).toContainEqual(prompts);
      return cases.size === 3 ? 'old' : 'new';
    } catch (error) {
      expect((error as Error).message.split('\n').slice(0, 2).join('\n').replaceAll(folder, '')).toBe(
        '/sheet.json: approving was interrupted while sheet was written\n  Approve again: evaluate approve run-1 --case sheet. Or restore the whole folder from git.',
      );
      return 'interrupted';
    }
  };

  it('of the first approval is told too', async () => {
    left.changes = 2;
    await expect(save(folder, [approvedCase('sheet')])).rejects.toThrow('killed');
    left.changes = Infinity;
    expect(existsSync(join(folder, 'sheet.json'))).toBe(false);
    expect(() => loadBaseline(folder)).toThrow('approving was interrupted while sheet was written');
  });
});

describe('what was saved', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 });
  const hash = text.map(sha256);
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const byName = <T>(value: fc.Arbitrary<T>) =>
    fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,9}$/), value, { maxKeys: 4, noNullPrototype: true });
  const arbitrarySample = (sample: number) =>
    fc.record({
      sample: fc.constant(sample),
      key: fc.option(hash),
      seed: fc.nat(),
      outcome: fc.constantFrom('ok', 'refused', 'no_image', 'infra_error'),
      reason: fc.option(text),
      modelVersion: fc.option(text),
      image: fc.option(fc.nat(255).map((grey) => approvedSample(sample, grey).image)),
      scores: byName(fc.option(number)),
      characterFound: fc.option(fc.boolean()),
    });
  const arbitraryCase: fc.Arbitrary<ApprovedCase> = fc.integer({ min: 1, max: 4 }).chain((n) =>
    fc.record({
      version: fc.constant(1 as const),
      case: fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,4}){0,2}$/),
      run: text,
      approvedAt: fc.constant('2026-11-20T12:00:00.000Z'),
      approvedBy: fc.option(text),
      emulated: fc.boolean(),
      model: text,
      revision: text,
      prompt: text,
      promptSha256: hash,
      inputsMode: fc.constantFrom('approved' as const, 'generated' as const),
      inputs: fc.array(fc.record({ name: text, sha256: hash }), { maxLength: 3 }),
      encoder: fc.option(fc.record({ id: text, sha256: hash })),
      metrics: byName(text),
      representative: fc.option(fc.integer({ min: 1, max: n })),
      liked: fc.array(fc.integer({ min: 1, max: n }), { maxLength: 2 }),
      kept: fc.option(arbitrarySample(99).map((each) => ({ ...each, run: 'r', model: 'm', revision: 'v' }))),
      outcomes: byName(fc.nat()),
      samples: fc.tuple(...Array.from({ length: n }, (_, index) => arbitrarySample(index + 1))),
      changes: fc.array(fc.record({ pair: fc.tuple(fc.nat(), fc.nat()), values: byName(number) }), { maxLength: 3 }),
    }),
  );
  /** Where the pictures lie is settled when they are written. */
  const unplaced = <T extends { image: ApprovedCase['samples'][number]['image'] } | null>(sample: T): T =>
    sample?.image ? { ...sample, image: { ...sample.image, file: undefined, original: undefined } } : sample;

  it('is read again as it was, whatever the case', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(arbitraryCase, { minLength: 1, maxLength: 2, selector: (each) => each.case }),
        async (cases) => {
          await save(folder, cases);
          const read = loadBaseline(folder).cases;
          expect([...read.keys()].sort()).toEqual(cases.map((each) => each.case).sort());
          for (const each of cases) {
            const found = read.get(each.case);
            expect({ ...found, samples: found?.samples.map(unplaced), kept: unplaced(found?.kept ?? null) }).toEqual(
              each,
            );
          }
          rmSync(folder, { recursive: true });
        },
      ),
      { numRuns: 25 },
    );
    await save(folder, []);
  });
});
