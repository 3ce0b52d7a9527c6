import { element } from './elements.js';
import { areCarried } from './pictures.js';
import type { Shot } from './shots.js';

/** One of the two places of the viewer: a picture with what is drawn on it, and its caption. */
export interface Side {
  shot: Shot;
  show(shot: Shot): void;
  /** Moves the picture within its stage; `none` leaves it. */
  place(transform: string): void;
}

/** Takes over a figure that the page came with. */
export function openSide(
  figure: HTMLElement,
  first: Shot,
  choices: readonly Shot[],
  chosen: (shot: Shot) => void,
): Side {
  const letter = figure.dataset['side'] === 'a' ? 'A' : 'B';
  const image = element('img', { decoding: 'async', draggable: 'false' });
  const placed = element('div', { class: 'placed' }, image);
  const stage = element('div', { class: 'stage', 'data-letter': letter }, element('div', { class: 'lens' }, placed));
  figure.querySelector('.frame')?.replaceWith(stage);
  const select = element('select', { 'aria-label': `Picture ${letter}` });
  for (const [title, shots] of grouped(choices)) {
    select.append(
      element('optgroup', { label: title }, ...shots.map(({ id, note }) => element('option', { value: id }, note))),
    );
  }
  select.addEventListener('change', () => {
    const shot = choices.find(({ id }) => id === select.value);
    if (shot) chosen(shot);
  });
  const whole = element('a', { target: '_blank', rel: 'noopener' }, 'original');
  const small = element('span', { class: 'note' }, 'small copy; the original is in the run’s folder');
  figure.querySelector('figcaption')?.append(' ', select, ' ', areCarried() ? small : whole);

  const side: Side = {
    shot: first,
    show(shot) {
      side.shot = shot;
      image.src = shot.src;
      image.alt = shot.alt;
      whole.href = shot.src;
      select.value = shot.id;
      figure.dataset['shot'] = shot.id;
      placed.querySelector('.overlay')?.remove();
      const overlay = document.getElementById(shot.id)?.querySelector('.overlay')?.cloneNode(true);
      if (overlay) placed.append(overlay);
      set(figure, '.title', shot.title);
      set(figure, '.of', shot.note);
    },
    place(transform) {
      placed.style.transform = transform;
    },
  };
  return side;
}

function set(figure: HTMLElement, selector: string, text: string): void {
  const found = figure.querySelector(selector);
  if (found) found.textContent = text;
}

function grouped(shots: readonly Shot[]): Map<string, Shot[]> {
  const groups = new Map<string, Shot[]>();
  for (const shot of shots) {
    const title = shot.link.closest('.group')?.querySelector('h2')?.textContent ?? '';
    groups.set(title, [...(groups.get(title) ?? []), shot]);
  }
  return groups;
}
