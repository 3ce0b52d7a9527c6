import type { RunRecord } from '../../../record.js';
import { moment } from '../../format.js';
import { page } from './page.js';

/** How the numbers came about, and what they do not say. */
export function methodView(record: RunRecord) {
  return {
    page: page(record, 'Method', 'method'),
    metrics: Object.entries(record.metrics).map(([id, { version, better }]) => {
      const measured = record.samples.flatMap((sample) => sample.scores[id] ?? []);
      const reasons = new Map<string, number>();
      for (const { value, reason } of measured) {
        if (value === null)
          reasons.set(reason ?? 'no reason given', (reasons.get(reason ?? 'no reason given') ?? 0) + 1);
      }
      return {
        id,
        version,
        better: better === 'higher' ? '↑ higher' : '↓ lower',
        n: String(measured.filter(({ value }) => value !== null).length),
        unmeasured: [...reasons].map(([reason, n]) => ({ reason, n })),
      };
    }),
    facts: [
      { name: 'Suite', value: record.suite.name },
      { name: 'Suite hash', value: record.suite.hash },
      { name: 'Run', value: record.id },
      { name: 'Status', value: record.status },
      { name: 'Started', value: moment(record.startedAt) },
      { name: 'Finished', value: moment(record.finishedAt) },
      {
        name: 'Encoder',
        value: record.encoder
          ? `${record.encoder.id}, SHA-256 ${record.encoder.sha256}`
          : 'none: nothing that needs one was scored',
      },
      { name: 'Prices as of', value: record.prices.asOf },
    ],
    settings: Object.entries(record.settings).map(([name, value]) => ({
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
    gated: record.verdict !== null,
  };
}
