import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../image/codec.js';
import { filled } from '../image/raster.js';
import { sha256 } from '../lib/hash.js';
import { type Approvable, approvedCase } from './approve.js';
import { approvedPicture, baselineFolder, loadBaseline, saveApprovedCase } from './baseline.js';

const folder = mkdtempSync(join(tmpdir(), 'evaluate-baseline-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const picture = (grey: number) => encodePng(filled(800, 450, [grey, grey, grey, 255]));
const bytes = new Map([
  [3, picture(10)],
  [4, picture(100)],
  [5, picture(110)],
]);

function approvable(sample: number): Approvable {
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
    image: file ? { sha256: sha256(file), mime: 'image/png', width: 800, height: 450 } : null,
    inputs: [{ name: 'robot', sha256: 'b'.repeat(64) }],
    scores: file ? { quality: { value: sample / 10 }, text: { value: null } } : {},
  };
}

const approve = (usedAsInput: number | null) =>
  approvedCase({
    case: 'forest',
    run: 'run-1',
    approvedAt: '2026-11-20T12:00:00.000Z',
    emulated: false,
    inputsMode: 'approved',
    encoder: null,
    metrics: { quality: '1' },
    samples: [3, 4, 5, 6].map(approvable),
    usedAsInput,
    bytes,
  });

beforeAll(async () => {
  await saveApprovedCase(folder, await approve(null), (sample) => bytes.get(sample.sample) ?? new Uint8Array(), false);
});

describe('an approved case', () => {
  it('keeps every sample, also those without a picture, and counts outcomes', () => {
    const each = loadBaseline(folder).cases.get('forest');
    expect(each?.samples.map(({ sample, outcome }) => [sample, outcome])).toEqual([
      [3, 'ok'],
      [4, 'ok'],
      [5, 'ok'],
      [6, 'refused'],
    ]);
    expect(each?.outcomes).toEqual({ ok: 3, refused: 1 });
    expect(each?.changes.map(({ pair }) => pair)).toEqual([
      [3, 4],
      [3, 5],
      [4, 5],
    ]);
  });

  it('is represented by its most typical picture, or by the one that its children were made from', async () => {
    expect((await approve(null)).representative).toBe(4);
    expect((await approve(3)).representative).toBe(3);
  });

  it('keeps the representative as received and the others small', () => {
    const baseline = loadBaseline(folder);
    expect(approvedPicture(baseline, 'forest')?.bytes).toEqual(Buffer.from(bytes.get(4) ?? []));
    expect(baseline.cases.get('forest')?.samples.map(({ image }) => [image?.file, image?.original])).toEqual([
      ['forest/3.webp', false],
      ['forest/4.png', true],
      ['forest/5.webp', false],
      [undefined, undefined],
    ]);
    expect(baseline.offset).toBe(6);
  });

  it('names what was damaged, and never passes over it', () => {
    const file = join(folder, 'forest/4.png');
    const whole = readFileSync(file);
    writeFileSync(file, picture(101));
    expect(() => approvedPicture(loadBaseline(folder), 'forest')).toThrow(
      /forest\/4\.png: the approved picture is not the one/,
    );
    rmSync(file);
    expect(() => approvedPicture(loadBaseline(folder), 'forest')).toThrow(
      /forest\/4\.png: the approved picture is missing/,
    );
    writeFileSync(file, whole);
    const json = readFileSync(join(folder, 'forest.json'), 'utf8');
    writeFileSync(join(folder, 'forest.json'), json.slice(0, 100));
    expect(() => loadBaseline(folder)).toThrow(/forest\.json: this baseline file is damaged/);
    writeFileSync(join(folder, 'forest.json'), json);
  });
});

describe('a baseline', () => {
  it('of emulated pictures stands apart', () => {
    expect(baselineFolder('baselines', 'robot', false)).toBe('baselines/robot');
    expect(baselineFolder('baselines', 'robot', true)).toBe('baselines/robot.emulated');
  });

  it('that is not there has no cases and no offset', () => {
    expect(loadBaseline(join(folder, 'nowhere'))).toMatchObject({ offset: 0, cases: new Map() });
  });
});
