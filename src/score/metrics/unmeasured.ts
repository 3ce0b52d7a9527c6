import type { Metric } from '../metric.js';

const unmeasured = (id: 'text' | 'checklist'): Metric => ({
  id,
  version: '1',
  better: 'higher',
  against: 'nothing',
  encodes: false,
  measure: (input) =>
    Promise.resolve({
      value: null,
      reason: input.case[id].length > 0 ? 'not measured by this version' : 'the case asks for none',
    }),
});

/** Are the captions readable? Needs a text reader. */
export const textMetric = unmeasured('text');

/** Do the statements about the picture hold? Needs a judge. */
export const checklistMetric = unmeasured('checklist');
