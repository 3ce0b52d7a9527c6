import type { Finding } from './findings.js';
import type { OutcomeView } from './outcomes.js';

/** How the state of a case looks: a shape and a word; the tone only adds to them. What is not known is neither good nor bad. */
export const findingViews: Record<Finding['state'], OutcomeView> = {
  broken: { mark: '✕', word: 'regression', tone: 'bad' },
  infra: { mark: '!', word: 'infrastructure error', tone: 'open' },
  lost: { mark: '⊘', word: 'no usable picture', tone: 'bad' },
  undecided: { mark: '?', word: 'undecided', tone: 'open' },
  unmeasured: { mark: '?', word: 'not measured', tone: 'open' },
  unjudged: { mark: '○', word: 'not judged', tone: 'neutral' },
  unchanged: { mark: '=', word: 'unchanged', tone: 'neutral' },
  ok: { mark: '✓', word: 'ok', tone: 'good' },
};
