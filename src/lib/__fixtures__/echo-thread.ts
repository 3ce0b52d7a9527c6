import { UsageError } from '../errors.js';
import { serveThread } from '../thread.js';

serveThread<{ greeting: string }, { say: string; afterMs?: number }, string>(({ greeting }, note) => {
  note(`${greeting} from the thread`);
  return async ({ say, afterMs = 0 }) => {
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    if (say === 'usage')
      throw new UsageError('no such thing', { place: { file: 'a.yaml', line: 3 }, fix: 'Take another.' });
    if (say === 'bug') throw new Error('a bug');
    return `${greeting} ${say}`;
  };
});
