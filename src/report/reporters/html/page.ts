import type { RunRecord } from '../../../record.js';
import { moment } from '../../format.js';

/** What every page carries round its own content. */
export interface Page {
  title: string;
  /** The way from the page to the run's folder. */
  root: './' | '../';
  current: 'overview' | 'case' | 'method';
  emulated: boolean;
  suite: string;
  run: string;
  at: string;
}

export function page(record: RunRecord, title: string, current: Page['current']): Page {
  return {
    title: `${title} – ${record.suite.name} consistency report`,
    root: current === 'case' ? '../' : './',
    current,
    emulated: record.emulated,
    suite: record.suite.name,
    run: record.id,
    at: moment(record.startedAt),
  };
}
