import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../lib/hash.js';
import { runRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

const root = join(import.meta.dirname, '../..');
const clip = join(root, 'src/encode/__fixtures__/clip');
const fileHash = (file: string) => sha256(readFileSync(file));

it('does not set scores of another encoder beside the approved ones, and says how to compare', async () => {
  await using place = new Workplace();
  await place.run('init', 'fox');
  const run = async (...more: string[]) => {
    const command = ['fox', '--offline', '-n', '1', '--case', 'sheet', 'forest', '--revision', 'v2', '--json', ...more];
    const { code, stdout, stderr } = await place.run(...command);
    expect(stderr).not.toContain('error');
    return { code, record: runRecord.parse(JSON.parse(stdout)) };
  };
  const approvedWith = (await run('--reporter', 'json')).record.encoder;
  expect(approvedWith).toEqual({
    id: 'pocket',
    sha256: fileHash(join(root, 'models/pocket-clip/onnx/vision_model.onnx')),
  });
  await place.run('approve');

  const other = await run('--encoder', clip);
  expect(other.code).toBe(0);
  const encoder = { id: 'clip', sha256: fileHash(join(clip, 'onnx/vision_model.onnx')) };
  expect(other.record.encoder).toEqual(encoder);
  const [warning, ...rest] = other.record.warnings.filter((text) => text.startsWith('not comparable'));
  expect(rest).toEqual([]);
  expect(warning).toContain('consistency, clip-cosine of 2 cases, approved with encoder pocket (');
  expect(warning).toContain(
    `measured here with clip (${encoder.sha256.slice(0, 12)}). Run again with --encoder pocket`,
  );
  for (const { baseline } of other.record.cases) {
    expect(Object.keys(baseline?.incomparable ?? {})).toEqual(['consistency', 'clip-cosine']);
    expect(Object.keys(baseline?.scores ?? {})).not.toContain('consistency');
    expect(baseline?.scores['quality']).toHaveLength(1);
  }
  const page = readFileSync(place.path('reports/fox/latest/case/forest.html'), 'utf8');
  expect(page).toContain('consistency not comparable: approved with encoder pocket');
  expect(readFileSync(place.path('reports/fox/latest/index.html'), 'utf8')).toContain('approved, not comparable');

  // What the warning advises: the same pictures, from the cache, and other scores from the same cache of scores.
  const same = await run('--encoder', 'pocket', '--reporter', 'json');
  expect(same.record.totals).toMatchObject({ calls: 0, images: 2 });
  expect(same.record.warnings.filter((text) => text.startsWith('not comparable'))).toEqual([]);
  expect(same.record.cases[1]?.baseline).toMatchObject({
    incomparable: {},
    scores: { consistency: [expect.any(Number) as number] },
  });
  const values = ({ record }: typeof same) =>
    record.samples.map(({ scores }) => [scores['consistency']?.value, scores['quality']?.value]);
  values(same).forEach(([consistency, quality], i) => {
    expect(values(other)[i]?.[0]).not.toBe(consistency);
    expect(values(other)[i]?.[1]).toBe(quality);
  });
}, 120_000);
