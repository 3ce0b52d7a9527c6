/** The small copies that a report in one file carries, as addresses by path. Elsewhere none: a path is an address. */
const carried = new Map<string, string>();

/** Takes them out of the file: those of the first page stand in it, the others in a block of their own. */
export function takeCarried(page: ParentNode, block: Element): void {
  const others = JSON.parse(block.textContent) as Record<string, string>;
  for (const [path, bytes] of Object.entries(others)) carried.set(path, `data:image/webp;base64,${bytes}`);
  for (const image of page.querySelectorAll<HTMLImageElement>('img[data-thumb][src]')) {
    carried.set(pathOf(image), image.src);
  }
}

/** Whether there are small copies only. */
export function areCarried(): boolean {
  return carried.size > 0;
}

export function addressOf(path: string): string {
  return carried.get(path) ?? path;
}

export function pathOf(image: HTMLImageElement): string {
  return image.dataset['thumb'] ?? image.getAttribute('src') ?? '';
}

export function showPicture(image: HTMLImageElement, path: string): void {
  if (areCarried()) image.dataset['thumb'] = path;
  image.setAttribute('src', addressOf(path));
}
