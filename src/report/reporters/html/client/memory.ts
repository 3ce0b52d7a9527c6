/** What a reader chose, kept by the browser where it lets a page from disk do so; else for as long as the page is open. */

const here = new Map<string, string>();

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(name) ?? here.get(name) ?? null;
  } catch {
    return here.get(name) ?? null;
  }
}

/** @returns whether it outlives the page */
export function remember(name: string, value: string): boolean {
  here.set(name, value);
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}
