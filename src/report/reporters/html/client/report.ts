/** What keys add to pages that work without them. A key does what a link or a box on the page does too. */

const keys: Record<string, () => void> = {
  o: () => document.querySelector<HTMLInputElement>('#overlay')?.click(),
  n: () => document.querySelector<HTMLAnchorElement>('a[rel=next]')?.click(),
  p: () => document.querySelector<HTMLAnchorElement>('a[rel=prev]')?.click(),
  Escape: () => document.querySelector<HTMLAnchorElement>('a[rel=up]')?.click(),
};

document.documentElement.classList.add('js');
document.addEventListener('keydown', (event) => {
  const typing =
    event.target instanceof Element && event.target.closest('input[type=text], input[type=search], textarea, select');
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  keys[event.key]?.();
});
