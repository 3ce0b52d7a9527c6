import { expect, it } from 'vitest';
import { runRecord } from '../../record.js';
import { record } from '../__fixtures__/small-record.js';
import { jsonReporter } from './json.js';

it('writes the record as one JSON document', async () => {
  let text = '';
  await jsonReporter().onEnd?.(record(), { folder: '', write: (part) => void (text += part) });
  expect(runRecord.parse(JSON.parse(text))).toEqual(record());
});
