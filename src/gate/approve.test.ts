import { describe, expect, it } from 'vitest';
import { sha256 } from '../lib/hash.js';
import { approvedArm, madeArm } from './arm.js';
import { approvedSample, picture } from './__fixtures__/approved.js';
import { type Approval, type Approvable, approvedCase } from './approve.js';
import { differences, type Terms } from './terms.js';

const bytes = new Map([
  [3, [picture(10)]],
  [4, [picture(100)]],
  [5, [picture(110)]],
]);

function approvable(sample: number, change: Partial<Approvable> = {}): Approvable {
  const [file] = bytes.get(sample) ?? [];
  return {
    case: 'forest',
    variant: 'pro@v2',
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
  bytes: new Map([[5, [picture(110)]]]),
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

describe('a conversation', () => {
  const turn = (sample: number, number: number, grey: number | null, value: number | null): Approvable => {
    const image = grey === null ? null : { sha256: sha256(picture(grey)), mime: 'image/png', width: 96, height: 64 };
    return approvable(sample, {
      turn: number,
      prompt: `Turn ${number}.`,
      key: grey === null ? null : sha256(`${sample} ${number}`),
      image,
      outcome: image ? 'ok' : number === 2 ? 'refused' : 'skipped',
      reason: image ? null : `no picture in turn ${number}`,
      scores: value === null ? {} : { quality: { value } },
    });
  };
  const whole = [turn(3, 1, 10, 0.9), turn(3, 2, 20, 0.7), turn(3, 3, 30, 0.5)];
  const other = [turn(4, 1, 12, 0.8), turn(4, 2, 22, 0.8), turn(4, 3, 32, 0.5)];
  const broken = [turn(5, 1, 14, 1), turn(5, 2, null, null), turn(5, 3, null, null)];
  const files = new Map([
    [3, [10, 20, 30].map(picture)],
    [4, [12, 22, 32].map(picture)],
  ]);

  it('is one sample: the mean over its turns and the last picture; one that broke off has neither', async () => {
    const each = await approvedCase({ ...approval, samples: [...whole, ...other, ...broken], bytes: files });
    expect(each.turns).toEqual([{ prompt: 'Turn 1.' }, { prompt: 'Turn 2.' }, { prompt: 'Turn 3.' }]);
    expect(each.outcomes).toEqual({ ok: 2, refused: 1 });
    expect(each.samples).toMatchObject([
      { sample: 3, outcome: 'ok', scores: { quality: 0.7 }, image: { sha256: sha256(picture(30)) } },
      { sample: 4, outcome: 'ok', scores: { quality: 0.7 }, image: { sha256: sha256(picture(32)) } },
      { sample: 5, outcome: 'refused', reason: 'no picture in turn 2', scores: { quality: null }, image: null },
    ]);
    expect(each.samples[2]?.turns?.map(({ outcome, scores }) => [outcome, scores])).toEqual([
      ['ok', { quality: 1 }],
      ['refused', {}],
      ['skipped', {}],
    ]);
    expect(each.representative).toBe(3);
    // Turn by turn: greys that are 2 apart, whichever turn it is.
    expect(each.changes).toHaveLength(1);
    expect(each.changes[0]?.values['ssim']).toBeGreaterThan(0.9);
  });

  it('enters the gate once, with the ids of all its turns', async () => {
    const each = await approvedCase({ ...approval, samples: [...whole, ...broken], bytes: files });
    const before = approvedArm([each]).get('forest');
    const made = madeArm([...whole, ...broken], 'pro@v2', {
      encoder: null,
      metrics: {},
      inputsMode: 'approved',
      emulated: false,
      offset: 2,
    }).get('forest');
    expect(made).toMatchObject({ turns: 3, inputs: before?.inputs.concat(before.inputs) });
    expect(made?.samples.map(({ round, outcome, values, ids }) => [round, outcome, values, ids.length])).toEqual([
      [1, 'ok', { quality: expect.closeTo(0.7, 12) as number }, 6],
      [3, 'refused', { quality: null }, 2],
    ]);
    expect(before?.turns).toBe(3);
    expect(before?.samples.map(({ outcome, ids }) => [outcome, ids])).toEqual(
      made?.samples.map(({ outcome, ids }) => [outcome, ids]),
    );
  });

  it('is not compared with one of another length', async () => {
    const each = await approvedCase({ ...approval, samples: whole, bytes: new Map([[3, [picture(30)]]]) });
    const making = { encoder: null, metrics: {}, inputsMode: 'approved' as const, emulated: false, offset: 2 };
    const terms = {
      cases: [{ name: 'forest', unchanged: false }],
      metrics: [],
      inputs: 'approved',
    } as unknown as Terms;
    const made = (turns: readonly Approvable[]) => madeArm(turns, 'pro@v2', making);
    expect(differences(terms, made(whole), approvedArm([each]))).toEqual([]);
    expect(differences(terms, made(whole.slice(0, 2)), approvedArm([each]))).toMatchObject([
      { problem: 'forest: turns differ: 3 there, 2 here' },
    ]);
    expect(differences(terms, made([approvable(4)]), approvedArm([each]))).toMatchObject([
      { problem: 'forest: turns differ: 3 there, 1 here' },
    ]);
  });

  it('that is not over says nothing', () => {
    const pending = whole.map((each, index) => (index === 2 ? { ...each, pending: true as const } : each));
    const making = { encoder: null, metrics: {}, inputsMode: 'approved' as const, emulated: false, offset: 2 };
    expect(madeArm(pending, 'pro@v2', making).size).toBe(0);
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
