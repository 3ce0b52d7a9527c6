import { recall, remember } from './memory.js';

/** Keys add to pages that work without them: each does what something visible on the page does too. */
interface Key {
  key: string;
  /** For the list of keys. */
  words: string;
  act: () => void;
}

const bound: Key[] = [];
const SWITCH = 'evaluate-keys';

/** A later binding of the same key takes its place. `key` as the browser names it. */
export function bind(key: string, words: string, act: () => void): void {
  const before = bound.findIndex((each) => each.key === key);
  if (before >= 0) bound.splice(before, 1);
  bound.push({ key, words, act });
}

/** Does what a click on the first match would; nothing where the page has none. */
export function click(selector: string): () => void {
  return () => document.querySelector<HTMLElement>(selector)?.click();
}

export function unbind(): void {
  bound.length = 0;
}

export function boundKeys(): readonly Key[] {
  return bound;
}

/** Single keys can be switched off (WCAG 2.1.4): they get in the way of speech input. */
export function areKeysOn(): boolean {
  return recall(SWITCH) !== 'off';
}

export function switchKeys(on: boolean): void {
  remember(SWITCH, on ? 'on' : 'off');
}

export function listen(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const { target } = event;
    const isTyping =
      target instanceof Element &&
      target.closest('input:not([type=checkbox], [type=radio]), textarea, select') !== null;
    const isPressing = target instanceof Element && target.closest('a, button, summary, input') !== null;
    if (isTyping || (isPressing && (event.key === ' ' || event.key === 'Enter'))) return;
    if (document.querySelector('dialog[open]') || (!areKeysOn() && event.key !== '?')) return;
    const key = bound.find((each) => each.key === event.key);
    if (!key) return;
    event.preventDefault();
    key.act();
  });
}
