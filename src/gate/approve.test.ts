import { describe, expect, it } from 'vitest';
import { sha256 } from '../lib/hash.js';
import { approvedSample, picture } from './__fixtures__/approved.js';
import { type Approval, type Approvable, approvedCase } from './approve.js';

const bytes = new Map([
  [3, picture(10)],
  [4, picture(100)],
  [5, picture(110)],
]);

function approvable(sample: number, change: Partial<Approvable> = {}): Approvable {
  const file = bytes.get(sample);
  return {
    sample,
    key: 'a'.repeat(64),
    seed: sample,
    outcome: file ? 'ok' : 'refused',
    reason: file ? null : 'blocked',
    model: 'gemini-3-pro-image',
    revision: 'v2',
    prompt: 'A forest.',
    modelVersion: 'x',
    image: file ? { sha256: sha256(file), mime: 'image/png', width: 96, height: 64 } : null,
    inputs: [{ name: 'robot', sha256: 'b'.repeat(64) }],
    scores: file ? { quality: { value: sample / 7 }, text: { value: null } } : {},
    ...change,
  };
}

const approval: Approval = {
  case: 'forest',
  run: 'run-1',
  approvedAt: '2026-11-20T12:00:00.000Z',
  approvedBy: 'ann',
  emulated: false,
  inputsMode: 'approved',
  encoder: null,
  metrics: { quality: '1' },
  samples: [3, 4, 5, 6].map((sample) => approvable(sample)),
  liked: [],
  usedAsInput: null,
  kept: null,
  // One picture has no pairs to compare, which takes time.
  bytes: new Map([[5, picture(110)]]),
};

describe('an approved case', () => {
  it('keeps every sample, also those without a picture, and counts outcomes', async () => {
    const each = await approvedCase({ ...approval, bytes });
    expect(each.samples.map(({ sample, outcome }) => [sample, outcome])).toEqual([
      [3, 'ok'],
      [4, 'ok'],
      [5, 'ok'],
      [6, 'refused'],
    ]);
    expect(each.outcomes).toEqual({ ok: 3, refused: 1 });
    expect(each.changes.map(({ pair }) => pair)).toEqual([
      [3, 4],
      [3, 5],
      [4, 5],
    ]);
  });

  it('says where it came from', async () => {
    expect(await approvedCase(approval)).toMatchObject({
      run: 'run-1',
      approvedBy: 'ann',
      model: 'gemini-3-pro-image',
      revision: 'v2',
      prompt: 'A forest.',
      promptSha256: sha256('A forest.'),
      inputs: [{ name: 'robot', sha256: 'b'.repeat(64) }],
      metrics: { quality: '1' },
    });
  });

  it('has the inputs of the first sample that was sent', async () => {
    const skipped = approvable(3, { key: null, image: null, outcome: 'skipped', inputs: [] });
    const each = await approvedCase({ ...approval, samples: [skipped, approvable(4)], bytes: new Map() });
    expect(each.inputs).toEqual([{ name: 'robot', sha256: 'b'.repeat(64) }]);
  });

  it('has values of six decimals, and no negative zero', async () => {
    const values = { quality: { value: 1 / 3 }, tiny: { value: -1e-9 }, px: { value: 1376 }, text: { value: null } };
    const { samples } = await approvedCase({ ...approval, samples: [approvable(3, { scores: values })] });
    expect(samples[0]?.scores).toEqual({ quality: 0.333333, tiny: 0, px: 1376, text: null });
  });
});

describe('the representative', () => {
  const before = { ...approvedSample(1, 50), run: 'run-0', model: 'm', revision: 'v1' };
  it.each<[string, Partial<Approval>, number | null]>([
    ['the most typical picture', { bytes }, 4],
    ['the picture approved before, that the run had', { kept: before }, 1],
    ['the sample that other cases were made from', { usedAsInput: 3, kept: before }, 3],
    ['the first one that somebody liked', { liked: [5, 3], usedAsInput: 3, kept: before }, 5],
    ['the first of those that has a picture', { liked: [6, 5], kept: before }, 5],
    ['nobody where there is no picture', { bytes: new Map() }, null],
  ])('is %s', async (_, change, expected) => {
    const each = await approvedCase({ ...approval, ...change });
    expect(each.representative).toBe(expected);
    expect(each.kept?.sample ?? null).toBe(expected === 1 ? 1 : null);
    expect(each.liked).toEqual(change.liked ?? []);
    // Whoever represents the case, the statistics are over all.
    expect(each.samples).toHaveLength(4);
  });
});
