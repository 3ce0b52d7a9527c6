import { isDeepStrictEqual } from 'node:util';
import { mean } from '../../stats/summary.js';
import type { Metric } from '../metric.js';
import { countVotes, leastVotes } from '../votes.js';

/**
 * Do the statements about the picture hold? The mean over them of what a judge's votes come to: 1 where all do, 0 where
 * none does. Without the votes of a majority there is no value.
 */
export const checklistMetric: Metric = {
  id: 'checklist',
  version: '1',
  better: 'higher',
  against: 'nothing',
  encodes: false,
  judges: true,
  measure({ case: { checklist }, judged }) {
    const none = (reason: string) => Promise.resolve({ value: null, reason });
    if (checklist.length === 0) return none('the case asks for none');
    if (!judged) return none('no judge was asked about this picture');
    const { model, prompt, statements, votes } = judged;
    if (!isDeepStrictEqual([...statements], [...checklist]))
      return none('the judge was asked other statements: a run of the suite asks these');
    const came = votes.flatMap(({ answers }) => (answers ? [answers] : []));
    if (came.length < leastVotes(votes.length)) {
      const [why] = votes.flatMap(({ answers, reason }) => (answers ? [] : [reason ?? 'no reason given']));
      return none(`${came.length} of ${votes.length} votes of ${model} came: ${why}`);
    }
    const counted = countVotes(statements, came);
    return Promise.resolve({
      value: mean(counted.map(({ counts }) => counts)),
      evidence: { judge: model, prompt, votes: { came: came.length, asked: votes.length }, statements: counted },
    });
  },
};
