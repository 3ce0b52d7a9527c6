import { expect, it } from 'vitest';
import { batchWarnings } from './batch-arms.js';

const [batch, call] = [{ batch: true as const }, {}];

it.each([
  [[call], [call], []],
  [[batch], [batch, batch], []],
  [[batch], [], []],
  [[batch], [call], ['made in another way than r1: here batch jobs, there calls']],
  [[call], [batch, call], ['made in another way than r1: here calls, there calls and batch jobs']],
])('names arms that were made in different ways (%#)', (made, before, warnings) => {
  expect(batchWarnings(made, before, 'r1')).toEqual(warnings);
});
