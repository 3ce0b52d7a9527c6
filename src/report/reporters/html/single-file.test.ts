import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFileAtomic } from '../../../lib/files.js';
import { sha256 } from '../../../lib/hash.js';
import { pastRecords, writeRuns } from '../../__fixtures__/past-records.js';
import { record, sample } from '../../__fixtures__/small-record.js';
import { thumbnailPath } from './paths.js';
import { singleFile } from './single-file.js';

/** The single file of a run whose small copies, `bytes` long each, are there already. */
async function madeOf(pictures: number, bytes: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    const samples = Array.from({ length: pictures }, (_, i) => {
      const hash = sha256(`picture ${i}`);
      writeFileAtomic(join(folder, thumbnailPath(hash)), Buffer.alloc(bytes, i % 251));
      const image = { sha256: hash, mime: 'image/png', width: 480, height: 270, path: `images/${hash}.png` };
      return sample({ sample: i + 1, slot: `valley/${i + 1}`, image });
    });
    return await singleFile(record({ samples }), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it.each([
  [501, 10, 'the report shows 501 pictures; a single file takes 500'],
  [1, 7_500_000, 'the report would be 10.1 MB in a single file; 10 MB is the most'],
])('refuses %i pictures of %i bytes, and says what to do', async (pictures, bytes, problem) => {
  await expect(madeOf(pictures, bytes)).rejects.toThrow(`${problem}\n  Send the run's folder in its place`);
});

it.each([
  [0, 0],
  [500, 10],
  [2, 3_600_000],
])('takes %i pictures of %i bytes', async (pictures, bytes) => {
  const html = await madeOf(pictures, bytes);
  expect(html.match(/<template data-page=/g)).toHaveLength(6);
  expect(Buffer.byteLength(html)).toBeLessThan(10_000_000);
});

it('gives each page its own title, also where charts have titles', async () => {
  const home = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    const runs = pastRecords().slice(-2);
    const last = runs.at(-1) ?? record();
    const html = await singleFile(last, writeRuns(home, runs));
    const titles = [...html.matchAll(/<template data-page="([^"]*)" data-title="([^"]*)">/g)].map(
      ([, ...each]) => each,
    );
    expect(new Map(titles as [string, string][]).get('trends.html')).toBe('Trends – robot consistency report');
    expect(titles).toHaveLength(last.cases.length + 4);
  } finally {
    rmSync(home, { recursive: true });
  }
});
