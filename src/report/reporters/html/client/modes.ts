import { bind } from './keys.js';
import { untilLeft } from './leaving.js';

/** Ways to lay B against A; all but the first lay it on top. */
export const modes = ['side', 'slider', 'onion', 'blink', 'difference'] as const;
export type Mode = (typeof modes)[number];

const words: Record<Mode, string> = {
  side: 'side by side',
  slider: 'slider',
  onion: 'onion: one through the other',
  blink: 'blink',
  difference: 'difference',
};
/** What the strength of a mode is; the others have none. */
const strengths: Partial<Record<Mode, string>> = { slider: 'Where A ends', onion: 'How much of B' };
/** ms. Two changes a second are far from what may harm (WCAG 2.3.1). */
const BLINK = 600;

export interface Modes {
  choose(mode: Mode): void;
}

/** The row of modes with its keys, the slider below and the flip. @param changed told after each choice by the reader */
export function openModes(viewer: HTMLElement, pair: HTMLElement, changed: (mode: Mode) => void): Modes {
  const radios = [...viewer.querySelectorAll<HTMLInputElement>('input[name=mode]')];
  const strength = viewer.querySelector<HTMLInputElement>('#strength');
  const label = viewer.querySelector<HTMLElement>('.strength');
  const flip = viewer.querySelector<HTMLButtonElement>('#flip');
  if (!strength || !label || !flip) throw new Error('the viewer is not whole');
  let blinking: ReturnType<typeof setInterval> | undefined;
  const turn = () => pair.classList.toggle('flipped');
  const pull = () => {
    pair.style.setProperty('--strength', `${strength.value}%`);
  };
  const choose = (mode: Mode) => {
    pair.dataset['mode'] = mode;
    for (const radio of radios) radio.checked = radio.value === mode;
    label.hidden = strengths[mode] === undefined;
    const text = label.querySelector('.words');
    if (text) text.textContent = strengths[mode] ?? '';
    flip.hidden = mode !== 'blink';
    clearInterval(blinking);
    pair.classList.remove('flipped');
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (mode === 'blink' && !still) blinking = setInterval(turn, BLINK);
  };
  untilLeft().signal.addEventListener('abort', () => {
    clearInterval(blinking);
  });
  flip.addEventListener('click', () => {
    clearInterval(blinking);
    turn();
  });
  strength.addEventListener('input', pull);
  pull();
  for (const radio of radios) {
    radio.addEventListener('change', () => {
      choose(radio.value as Mode);
      changed(radio.value as Mode);
    });
  }
  for (const [i, mode] of modes.entries()) {
    bind(String(i + 1), words[mode], () => radios.find(({ value }) => value === mode)?.click());
  }
  return { choose };
}
