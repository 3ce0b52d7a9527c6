/** Whether a sample, or an approved one, was made in a batch job. */
export interface Arm {
  batch?: true | undefined;
}

/** Batch jobs may be answered by other machines, and with other settings honoured: what is compared must be named. */
export function batchWarnings(made: readonly Arm[], before: readonly Arm[], what: string): string[] {
  if (made.length === 0 || before.length === 0) return [];
  const [now, then] = [wayOf(made), wayOf(before)];
  return now === then ? [] : [`made in another way than ${what}: here ${now}, there ${then}`];
}

function wayOf(arms: readonly Arm[]): string {
  const batched = arms.filter(({ batch }) => batch).length;
  if (batched === 0) return 'calls';
  return batched === arms.length ? 'batch jobs' : 'calls and batch jobs';
}
