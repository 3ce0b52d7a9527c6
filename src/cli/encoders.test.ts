import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../lib/hash.js';
import { runRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

it('does not set scores of another encoder beside the approved ones, and says how to compare', async () => {
  await using place = new Workplace();
  await place.run('init', 'fox');
  const tiny = place.path('tiny');
  cpSync(join(import.meta.dirname, '../encode/__fixtures__/clip'), tiny, { recursive: true });
  const onnx = (end: string) => join(tiny, 'onnx', `vision_model${end}.onnx`);
  // Another file by the version of the program that made it.
  const bytes = readFileSync(onnx('')).toString('latin1').replace('1.13.0', '1.13.9');
  writeFileSync(onnx('_quantized'), Buffer.from(bytes, 'latin1'));
  const full = { id: 'tiny', sha256: sha256(readFileSync(onnx(''))) };
  const quantised = { id: 'tiny:q8', sha256: sha256(readFileSync(onnx('_quantized'))) };

  const run = async (...more: string[]) => {
    const command = ['fox', '--offline', '-n', '1', '--case', 'sheet', 'forest', '--revision', 'v2', '--json', ...more];
    const { code, stdout, stderr } = await place.run(...command);
    expect(stderr).not.toContain('error');
    return { code, record: runRecord.parse(JSON.parse(stdout)) };
  };
  expect((await run('--encoder', tiny, '--reporter', 'json')).record.encoder).toEqual(full);
  await place.run('approve');

  const plan = await place.run('fox', '--offline', '--dry-run', '--revision', 'v2', '--encoder', `${tiny}:q8`);
  expect(plan.stdout).toContain('! not gateable: consistency approved with encoder tiny (');
  const other = await run('--encoder', `${tiny}:q8`);
  expect(other.code).toBe(3);
  expect(other.record.verdict).toMatchObject({
    state: 'not-gateable',
    message: expect.stringContaining('consistency approved with encoder tiny (') as string,
  });
  expect(other.record.encoder).toEqual(quantised);
  const [warning, ...rest] = other.record.warnings.filter((text) => text.startsWith('not comparable'));
  expect(rest).toEqual([]);
  const short = ({ id, sha256: hash }: typeof full) => `${id} (${hash.slice(0, 12)})`;
  expect(warning).toContain(
    `consistency, clip-cosine of 2 cases, approved with encoder ${short(full)}, measured here with ${short(quantised)}. ` +
      'Score the stored pictures again: evaluate compare --rescore, run again with --encoder and the folder tiny (the pictures come from the cache, nothing is paid), or approve',
  );
  for (const { baseline } of other.record.cases) {
    expect(Object.keys(baseline?.incomparable ?? {})).toEqual(['consistency', 'clip-cosine']);
    expect(Object.keys(baseline?.scores ?? {})).not.toContain('consistency');
    expect(baseline?.scores['quality']).toHaveLength(1);
  }
  const page = readFileSync(place.path('reports/fox/latest/case/forest.html'), 'utf8');
  expect(page).toContain('consistency not comparable: approved with encoder tiny (');
  expect(readFileSync(place.path('reports/fox/latest/index.html'), 'utf8')).toContain('approved, not comparable');

  // What the warning advises.
  const same = await run('--encoder', tiny, '--reporter', 'json');
  expect(same.record.totals).toMatchObject({ calls: 0, images: 2 });
  expect(same.record.warnings.filter((text) => text.startsWith('not comparable'))).toEqual([]);
  expect(same.record.cases[1]?.baseline).toMatchObject({
    incomparable: {},
    scores: { 'clip-cosine': [expect.any(Number) as number] },
  });
}, 120_000);
