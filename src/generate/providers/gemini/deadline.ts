/** The longest delay that a timer takes; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

export interface Deadline {
  /** Aborted by the deadline or by the caller's signal, whichever is first. */
  signal: AbortSignal;
  /** Time ran out; the SDK throws the same for both, so they are told apart here. */
  passed: () => boolean;
  /** To be called when the call is over: lets go of the timer and of the caller's signal. */
  close: () => void;
}

export function openDeadline(caller: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  let passed = false;
  const stop = (): void => controller.abort();
  const timer = setTimeout(
    () => {
      passed = true;
      stop();
    },
    Math.min(ms, LONGEST_MS),
  );
  caller.addEventListener('abort', stop, { once: true });
  if (caller.aborted) stop();
  const close = (): void => {
    clearTimeout(timer);
    caller.removeEventListener('abort', stop);
  };
  return { signal: controller.signal, passed: () => passed, close };
}

/** What the promise comes to, or a rejection once the signal fires, for work that takes no signal and is left behind. */
export function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const over = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Error('It took too long.'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, over]);
}
