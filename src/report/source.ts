import type { RunRecord } from '../record.js';

/** Where the answers of a run came from that it did not buy. */
export function sourceOf({ settings }: Pick<RunRecord, 'settings'>): 'cache' | 'recording' {
  return settings['replay'] === undefined ? 'cache' : 'recording';
}
