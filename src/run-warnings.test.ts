import { expect, it } from 'vitest';
import { loadBaseline } from './gate/baseline.js';
import { missingReader } from './read/tesseract.js';
import type { SampleRecord } from './record.js';
import { sample } from './report/__fixtures__/small-record.js';
import { warningsOf } from './run-warnings.js';

const none = 'no baseline yet: `evaluate approve` makes this run the approved one';
const unread = sample({ scores: { text: { value: null, version: '2', reason: missingReader.missing } } });

it.each<[string, SampleRecord[], string[]]>([
  ['nothing but the want of a baseline', [sample()], [none]],
  ['nothing where there is nothing to approve', [sample({ outcome: 'infra_error', image: null })], []],
  [
    'once, that there is no reader for captions that are asked for',
    [unread, sample(), unread],
    [
      'captions are not scored: the text reader is not installed: npm install tesseract.js-core@7.0.0 @tesseract.js-data/eng@1.0.0',
      none,
    ],
  ],
  [
    'a model without a known price',
    [sample({ model: 'gemini-99-image' })],
    ['no price is known for gemini-99-image: what its pictures cost is not counted', none],
  ],
])('warns of %s', (_, samples, warnings) => {
  const measured = { encoder: null, metrics: {} };
  expect(warningsOf({ samples, shards: null }, loadBaseline('/nowhere/at-all'), measured)).toEqual(warnings);
});
