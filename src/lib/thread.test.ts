import { expect, it } from 'vitest';
import { UsageError } from './errors.js';
import { Thread } from './thread.js';

const module = new URL('./__fixtures__/echo-thread.ts', import.meta.url);

it('answers calls in any order, tells notes, and passes errors on as what they are', async () => {
  const notes: string[] = [];
  const thread = new Thread<{ say: string; afterMs?: number }, string>(module, { greeting: 'hello' }, (note) =>
    notes.push(note),
  );
  const slow = thread.call({ say: 'slow', afterMs: 50 });
  const quick = thread.call({ say: 'quick' });
  expect(await Promise.race([slow, quick])).toBe('hello quick');
  expect(await slow).toBe('hello slow');
  expect(notes).toEqual(['hello from the thread']);

  const refused = await thread.call({ say: 'usage' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UsageError);
  expect((refused as UsageError).message).toBe('a.yaml:3: no such thing\n  Take another.');
  await expect(thread.call({ say: 'bug' })).rejects.toThrow('a bug');

  const pending = thread.call({ say: 'never', afterMs: 60_000 });
  await thread.close();
  await expect(pending).rejects.toThrow('the thread ended');
  await expect(thread.call({ say: 'late' })).rejects.toThrow('the thread ended');
});
