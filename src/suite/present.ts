/** Leaves out what was not written, so that laying settings over each other keeps the rest. */
export function present<T extends object>(written: { [K in keyof T]?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as T;
}
