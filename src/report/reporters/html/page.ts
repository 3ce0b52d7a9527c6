import type { RunRecord } from '../../../record.js';
import { moment } from '../../format.js';

/** The pages that every page leads to, in this order. */
const tabs = {
  overview: { name: 'Overview', file: 'index.html' },
  trends: { name: 'Trends', file: 'trends.html' },
  cost: { name: 'Cost', file: 'cost.html' },
  method: { name: 'Method', file: 'method.html' },
} as const;

/** What every page carries round its own content. */
export interface Page {
  title: string;
  /** The way from the page to the run's folder. */
  root: './' | '../';
  tabs: { name: string; href: string; current: boolean; up: boolean }[];
  emulated: boolean;
  suite: string;
  run: string;
  at: string;
}

export function page(record: RunRecord, title: string, current: keyof typeof tabs | 'case' | 'table'): Page {
  const root = current === 'case' ? '../' : './';
  return {
    title: `${title} – ${record.suite.name} consistency report`,
    root,
    tabs: Object.entries(tabs).map(([id, { name, file }]) => ({
      name,
      href: root + file,
      current: id === current,
      up: current !== 'overview' && id === 'overview',
    })),
    emulated: record.emulated,
    suite: record.suite.name,
    run: record.id,
    at: moment(record.startedAt),
  };
}
