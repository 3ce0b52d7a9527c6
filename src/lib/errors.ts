/** A place in a file the user wrote. Lines and columns start at 1. */
export interface Place {
  file: string;
  line?: number;
  column?: number;
}

/** `file`, `file:line` or `file:line:column`, as editors and terminals make them clickable. */
export function formatPlace(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
}

/**
 * Bad input or bad usage: the command ends with exit code 2 and nothing was sent or written.
 * Everything else that is thrown is a bug. Expected failures of a call are data, not errors.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    /** What is wrong, with the offending value. */
    readonly problem: string,
    /** Where it stands, and what to do about it. */
    readonly details: { place?: Place; fix?: string; cause?: unknown } = {},
  ) {
    const where = details.place ? `${formatPlace(details.place)}: ` : '';
    super(`${where}${problem}${details.fix ? `\n  ${details.fix}` : ''}`, { cause: details.cause });
  }
}

/** Several problems of one file, told together. */
export class UsageErrors extends UsageError {
  constructor(readonly errors: readonly UsageError[]) {
    super(errors.map((error) => error.message).join('\n'));
  }
}

/** The message of anything that was thrown, for people. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
