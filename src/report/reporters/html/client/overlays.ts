import { bind, click } from './keys.js';
import { untilLeft } from './leaving.js';
import { change, state } from './state.js';

const overlays = [
  { id: 'show-found', name: 'found', key: 'o', words: 'where the character was found' },
  { id: 'show-weakest', name: 'weakest', key: 'w', words: 'the weakest part' },
  { id: 'show-differing', name: 'differing', key: 'd', words: 'lines round what differs from A' },
];

/** What is drawn on pictures: boxes for the style sheet to act on; here the address and the keys. */
export function openOverlays(): void {
  for (const { id, name, key, words } of overlays) {
    const box = document.querySelector<HTMLInputElement>(`#${id}`);
    if (!box) continue;
    box.checked = state().has(name);
    box.addEventListener('change', () => {
      change({ [name]: box.checked ? '1' : null });
    });
    bind(key, words, click(`#${id}`));
  }
  bind(' ', 'held: nothing on top of the pictures', () => document.documentElement.classList.add('bare'));
  addEventListener(
    'keyup',
    ({ key }) => {
      if (key === ' ') document.documentElement.classList.remove('bare');
    },
    untilLeft(),
  );
}
