import { expect, it } from 'vitest';
import { formatPlace, messageOf, UsageError, UsageErrors } from './errors.js';

it.each([
  [{ file: 'a.yaml' }, 'a.yaml'],
  [{ file: 'a.yaml', line: 3 }, 'a.yaml:3'],
  [{ file: 'a.yaml', line: 3, column: 7 }, 'a.yaml:3:7'],
])('writes a place as editors read it: %j', (place, text) => {
  expect(formatPlace(place)).toBe(text);
});

it('says where, what and what to do, and keeps the cause', () => {
  const cause = new Error('deep');
  const error = new UsageError('no such model', { place: { file: 's.yaml', line: 2 }, fix: 'Use another.', cause });
  expect(error.message).toBe('s.yaml:2: no such model\n  Use another.');
  expect(error.cause).toBe(cause);
  expect(new UsageError('plain').message).toBe('plain');
});

it('tells several problems together, as one usage error', () => {
  const errors = new UsageErrors([new UsageError('one'), new UsageError('two', { fix: 'Fix.' })]);
  expect(errors).toBeInstanceOf(UsageError);
  expect(errors.message).toBe('one\ntwo\n  Fix.');
});

it.each([
  [new Error('bad'), 'bad'],
  ['text', 'text'],
  [undefined, 'undefined'],
])('has a message for whatever was thrown: %s', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});
