import type { Metric } from '../metric.js';

/** Do the statements about the picture hold? Needs a judge. */
export const checklistMetric: Metric = {
  id: 'checklist',
  version: '1',
  better: 'higher',
  against: 'nothing',
  encodes: false,
  measure: ({ case: { checklist } }) =>
    Promise.resolve({
      value: null,
      reason: checklist.length > 0 ? 'not measured by this version' : 'the case asks for none',
    }),
};
