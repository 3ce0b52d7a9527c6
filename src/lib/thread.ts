import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { UsageError } from './errors.js';

/** Work on another thread, so that the main one stays free to read sockets: calls in, answers out, in any order. */
export class Thread<Request, Answer> {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  private calls = 0;
  private broken: Error | undefined;

  /** `module` calls `serveThread`; `data` is handed to it. `onNote` gets what it tells while it works. */
  constructor(module: URL, data: unknown, onNote: (note: string) => void) {
    this.worker = startWorker(module, data);
    this.worker.on('message', (message: Message<Answer>) => {
      if ('note' in message) {
        onNote(message.note);
        return;
      }
      const call = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if ('answer' in message) call?.resolve(message.answer);
      else call?.reject(revive(message.error));
    });
    this.worker.on('error', (error: Error) => {
      this.fail(error);
    });
    this.worker.on('exit', () => {
      this.fail(new Error('the thread ended'));
    });
  }

  call(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.broken) {
        reject(this.broken);
        return;
      }
      this.calls += 1;
      this.waiting.set(this.calls, { resolve, reject });
      this.worker.postMessage({ id: this.calls, request });
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.broken ??= error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** The other side: answers each call with what `open` made of the data. What it throws is thrown to the caller. */
export function serveThread<Data, Request, Answer>(
  open: (data: Data, note: (text: string) => void) => (request: Request) => Promise<Answer>,
): void {
  if (isMainThread || !parentPort) throw new Error('this module is a thread of its own');
  const port = parentPort;
  const handle = open(workerData as Data, (note) => {
    port.postMessage({ note });
  });
  port.on('message', ({ id, request }: { id: number; request: Request }) => {
    handle(request).then(
      (answer) => {
        port.postMessage({ id, answer });
      },
      (error: unknown) => {
        port.postMessage({ id, error: flatten(error) });
      },
    );
  });
}

type Message<Answer> = { note: string } | { id: number; answer: Answer } | { id: number; error: FlatError };

/** Errors lose their class on the way between threads. */
type FlatError = { usage: { problem: string; details: UsageError['details'] } } | { error: unknown };

function flatten(error: unknown): FlatError {
  if (!(error instanceof UsageError)) return { error };
  const { place, fix } = error.details;
  return {
    usage: { problem: error.problem, details: { ...(place ? { place } : {}), ...(fix === undefined ? {} : { fix }) } },
  };
}

function revive(flat: FlatError): Error {
  if ('usage' in flat) return new UsageError(flat.usage.problem, flat.usage.details);
  return flat.error instanceof Error ? flat.error : new Error(String(flat.error));
}

/** Run from source, a thread needs the TypeScript loader that its main thread was given; compiled, it needs nothing. */
function startWorker(module: URL, data: unknown): Worker {
  if (!module.pathname.endsWith('.ts')) return new Worker(module, { workerData: data });
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const start = `import(${loader}).then(({ register }) => { register(); return import(${JSON.stringify(module.href)}); })`;
  return new Worker(start, { eval: true, workerData: data });
}
