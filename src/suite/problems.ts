import { UsageError, UsageErrors, type Place } from '../lib/errors.js';

/** More than anyone reads; and finding the places takes time in a huge file. */
export const MAX_TOLD = 50;

/** Gathers what is wrong with a suite, so that one look tells all of it. */
export class Problems {
  private readonly found = new Map<string, UsageError>();

  /** @param place none for what stands in no file, such as a flag of the command line. */
  add(problem: string, place: Place | undefined, fix?: string): void {
    this.keep(new UsageError(problem, { ...(place && { place }), ...(fix !== undefined && { fix }) }));
  }

  /** Goes on after a problem that `step` throws. */
  attempt(step: () => void): void {
    try {
      step();
    } catch (thrown) {
      this.keep(thrown);
    }
  }

  /** Keeps a problem that was thrown; anything else that was thrown is a bug and goes on its way. */
  keep(thrown: unknown): void {
    if (thrown instanceof UsageErrors) for (const error of thrown.errors) this.keep(error);
    else if (thrown instanceof UsageError) this.found.set(thrown.message, thrown);
    else throw thrown;
  }

  get count(): number {
    return this.found.size;
  }

  /** Throws what was gathered, in the order of the files' lines. */
  throwIfAny(): void {
    const errors = byPlace([...this.found.values()]);
    if (errors.length === 1 && errors[0]) throw errors[0];
    const more = errors.length - MAX_TOLD;
    const rest = more > 0 ? [new UsageError(`and ${more} more problems`)] : [];
    if (errors.length > 1) throw new UsageErrors([...errors.slice(0, MAX_TOLD), ...rest]);
  }
}

/** File by file as they came up, each from top to bottom. */
function byPlace(errors: UsageError[]): UsageError[] {
  const files = [...new Set(errors.map(({ details }) => details.place?.file))];
  const order = ({ details: { place } }: UsageError) => [
    files.indexOf(place?.file),
    place?.line ?? 0,
    place?.column ?? 0,
  ];
  return errors.sort((a, b) => {
    const [from, to] = [order(a), order(b)];
    return from.map((part, index) => part - (to[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}

/** A value as an error message shows it: texts in quotes, nothing longer than a line. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  const printable = text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD');
  return printable.length > 160 ? `${printable.slice(0, 157)}...` : printable;
}
