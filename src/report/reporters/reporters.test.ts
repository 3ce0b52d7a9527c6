import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { gatedRecord } from '../__fixtures__/gated-record.js';
import { record } from '../__fixtures__/small-record.js';
import { reporters } from './index.js';

const runs = [
  ...(['pass', 'regression', 'inconclusive', 'not-gateable', 'infra'] as const).map((state) => gatedRecord(state)),
  record(),
  record({ samples: [], metrics: {} }),
];

describe.each(Object.entries(reporters))('%s', (id, make) => {
  it('has its name, shows every kind of run from its record alone, and leaves the record as it was', async () => {
    for (const run of runs) {
      const folder = mkdtempSync(join(tmpdir(), 'reporter-'));
      let told = '';
      const write = (text: string) => void (told += text);
      const before = structuredClone(run);
      const reporter = make({
        progress: { write, isTTY: false, columns: 80 },
        colours: pc.createColors(false),
        now: () => 0,
        github: { stepSummary: null, suiteFile: null, token: 'token' },
      });
      try {
        await reporter.onEnd?.(run, { folder, write });
        expect(reporter.id).toBe(id);
        expect(told.length + readdirSync(folder).length).toBeGreaterThan(0);
        expect(run).toEqual(before);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  });
});
