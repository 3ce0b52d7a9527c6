import { join } from 'node:path';
import { seededRandom } from '../../lib/random.js';
import { writeRecord, type RunRecord, type SampleRecord } from '../../record.js';
import { mkdirSync } from '../../lib/files.js';
import { baseline } from './drift-record.js';
import { record, sample } from './small-record.js';

const cases = ['mountains', 'valley', 'forest', 'bridge', 'hammock'];
const models = [
  { id: 'pro', model: 'gemini-3-pro-image' },
  { id: 'banana', model: 'gemini-nano-banana-2.1' },
];
const hour = 3_600_000;

/**
 * Ten daily runs of a suite, oldest first, with all that a trend marks. Run 1 is scored by another encoder; 4 brings
 * revision v2 and keeps v1 beside it; 6 is the first with another version of the model, and valley falls; 7 approves
 * anew and sampled three cases only; 9 has no picture of bridge. Numbers are invented.
 */
export function pastRecords(): RunRecord[] {
  const random = seededRandom(11);
  return Array.from({ length: 10 }, (_, day) => {
    const startedAt = new Date(Date.parse('2026-11-11T09:00:00.000Z') + day * 24 * hour).toISOString();
    const id = startedAt.slice(0, 19).replaceAll(':', '-');
    const revisions = day < 4 ? ['v1'] : ['v2', 'v1'];
    const variants = models.flatMap((model) =>
      revisions.map((revision) => ({
        id: `${model.id}-${revision}`,
        model: model.model,
        name: model.model,
        revision,
        candidate: model.id === 'pro' && revision === revisions[0],
      })),
    );
    const names = day === 7 ? cases.slice(0, 3) : cases;
    const made = (name: string, variant: RunRecord['variants'][number], index: number): SampleRecord => {
      const level = 0.86 - 0.02 * cases.indexOf(name) - (variant.model === 'gemini-3-pro-image' ? 0 : 0.09);
      const fall = name === 'valley' && variant.candidate && day >= 6 ? 0.24 : 0;
      const gain = name === 'hammock' && variant.revision === 'v2' ? 0.05 : 0;
      const value = level - fall + gain + 0.06 * (random() - 0.5);
      const lost = day === 9 && name === 'bridge' && variant.candidate;
      return sample({
        case: name,
        variant: variant.id,
        model: variant.model,
        revision: variant.revision,
        sample: index,
        slot: `${name}#${index}`,
        prompt: `${variant.revision}: ${name}`,
        modelVersion: `${variant.model}-${day < 6 ? '001' : '002'}`,
        cost: variant.model === 'gemini-3-pro-image' ? 0.134 : 0.067,
        latencyMs: 4000 + 9000 * random() ** 3,
        ...(lost
          ? { outcome: 'refused', reason: 'The answer was blocked (IMAGE_SAFETY).', scores: {} }
          : { scores: { consistency: { value, version: '1' } } }),
      });
    };
    const state = day < 4 ? 'pass' : day < 6 ? 'inconclusive' : day < 9 ? 'regression' : null;
    return record({
      id,
      emulated: true,
      startedAt,
      finishedAt: new Date(Date.parse(startedAt) + hour / 4).toISOString(),
      settings: { maxCost: 20 },
      status: day === 5 ? 'budget' : 'complete',
      encoder: { id: day === 1 ? 'other' : 'pocket', sha256: (day === 1 ? 'c' : 'd').repeat(64) },
      metrics: { consistency: { version: '1', better: 'higher' } },
      variants,
      cases: names.map((name, level) => ({
        name,
        characters: [{ name: 'robot', sheet: 'robot' }],
        level,
        baseline: baseline(0.85 - 0.02 * level, {
          run: day < 7 ? '2026-11-01T09-00-00' : '2026-11-17T09-00-00',
          approvedAt: day < 7 ? '2026-11-01T10:00:00.000Z' : '2026-11-17T12:00:00.000Z',
        }),
      })),
      samples: variants.flatMap((variant) => names.flatMap((name) => [1, 2, 3, 4].map((i) => made(name, variant, i)))),
      verdict: state && { state, title: state, message: state },
    });
  });
}

/** Puts records where runs lie, and gives the folder of the last one. */
export function writeRuns(home: string, records: readonly RunRecord[]): string {
  for (const each of records) {
    mkdirSync(join(home, each.id), { recursive: true });
    writeRecord(join(home, each.id), each);
  }
  return join(home, records.at(-1)?.id ?? '');
}
