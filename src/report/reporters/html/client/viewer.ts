import { openDiffering } from './differing.js';
import { bind, click } from './keys.js';
import { untilLeft } from './leaving.js';
import { openLens } from './lens.js';
import { type Mode, modes, openModes } from './modes.js';
import { onStage, type Shot } from './shots.js';
import { openSide } from './stage.js';
import { change, placeName, state } from './state.js';

/** Figures that share less than this of their union lie too far apart to be laid on each other. */
const APART = 0.3;

/** The pictures of a case, any against any other. @param looksAt told which one is looked at, whenever that changes */
export function openViewer(viewer: HTMLElement, shots: readonly Shot[], looksAt: (shot: Shot) => void): void {
  const pair = viewer.querySelector<HTMLElement>('.pair');
  const [figureA, figureB] = ['a', 'b'].map((side) => viewer.querySelector<HTMLElement>(`[data-side=${side}]`));
  const firstOf = (figure: HTMLElement | null | undefined) => shots.find(({ id }) => id === figure?.dataset['shot']);
  const [firstA, firstB] = [firstOf(figureA), firstOf(figureB)];
  const alignBox = viewer.querySelector<HTMLInputElement>('#align');
  const zoomButton = viewer.querySelector<HTMLButtonElement>('#zoom');
  const hint = viewer.querySelector<HTMLElement>('.hint');
  if (!pair || !figureA || !figureB || !firstA || !firstB || !alignBox || !zoomButton || !hint) return;

  const named = (name: string) => shots.find(({ id }) => id === state().get(name));
  const a = openSide(figureA, firstA, shots, (shot) => {
    show(shot, b.shot);
  });
  const b = openSide(figureB, firstB, shots, (shot) => {
    show(a.shot, shot);
  });
  const markDiffering = openDiffering(figureB);
  const modeOf = () => modes.find((mode) => mode === state().get('mode')) ?? 'side';
  const ratio = () => b.shot.width / b.shot.height;

  const arrange = () => {
    pair.style.setProperty('--ratio', String(ratio()));
    const [from, to] = [onStage(b.shot, ratio()), onStage(a.shot, ratio())];
    const together = alignBox.checked && from && to;
    const stage = pair.querySelector('.stage')?.getBoundingClientRect();
    let transform = 'none';
    if (together && stage) {
      const scale = to.height / from.height;
      const dx = (to.x + to.width / 2 - (from.x + from.width / 2) * scale) * stage.width;
      const dy = (to.y + to.height / 2 - (from.y + from.height / 2) * scale) * stage.height;
      transform = `translate(${dx}px, ${dy}px) scale(${scale})`;
    }
    b.place(transform);
    markDiffering(a.shot, b.shot, transform);
    alignBox.disabled = !from || !to;
    hint.hidden = modeOf() === 'side' || Boolean(together) || !from || !to || shared(from, to) >= APART;
    hint.textContent = 'The figures stand in different places: align them (a), or look at them side by side (1).';
  };
  const draw = (nextA: Shot, nextB: Shot) => {
    a.show(nextA);
    b.show(nextB);
    for (const shot of shots) {
      const letter = shot === nextA ? 'A' : shot === nextB ? 'B' : '';
      if (letter) shot.link.dataset['letter'] = letter;
      else delete shot.link.dataset['letter'];
      if (shot === nextB) shot.link.setAttribute('aria-current', 'true');
      else shot.link.removeAttribute('aria-current');
    }
    explain(viewer, nextB);
    arrange();
    looksAt(nextB);
  };
  const show = (nextA: Shot, nextB: Shot) => {
    draw(nextA, nextB);
    change({ a: nextA === firstA ? null : nextA.id, b: nextB === firstB ? null : nextB.id, place: null });
  };
  const chooser = openModes(viewer, pair, (mode: Mode) => {
    change({ mode: mode === 'side' ? null : mode });
    arrange();
  });
  const lens = openLens(pair);

  for (const shot of shots) {
    shot.link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(a.shot, shot);
    });
  }
  const samples = shots.filter(({ made }) => made);
  const step = (by: number) => () => {
    const next = samples[samples.indexOf(b.shot) + by];
    if (!next) return;
    show(a.shot, next);
    centre(next.link);
  };
  bind(']', 'next picture', step(1));
  bind('[', 'picture before', step(-1));
  bind('r', 'reference sheet in A, and back', () => {
    const sheet = shots.find(({ id }) => id.startsWith('sheet-'));
    if (sheet) show(a.shot === sheet ? firstA : sheet, b.shot);
  });
  bind('a', 'align the figures', click('#align'));
  alignBox.addEventListener('change', () => {
    change({ align: alignBox.checked ? '1' : null });
    arrange();
  });
  bind('s', 'swap A and B', click('#swap'));
  viewer.querySelector('#swap')?.addEventListener('click', () => {
    show(b.shot, a.shot);
  });
  bind('z', 'natural size, and back', click('#zoom'));
  zoomButton.addEventListener('click', () => {
    const middle = onStage(b.shot, ratio());
    const stage = pair.querySelector('.stage')?.getBoundingClientRect();
    const centre = middle ? { x: middle.x + middle.width / 2, y: middle.y + middle.height / 2 } : { x: 0.5, y: 0.5 };
    if (lens.isFit()) lens.toNatural(centre, b.shot.width / (stage?.width ?? b.shot.width));
    else lens.toFit();
  });
  addEventListener('resize', arrange, untilLeft());

  chooser.choose(modeOf());
  alignBox.checked = state().has('align');
  const place = placeName();
  const wanted = shots.find(({ id }) => id === place);
  draw(named('a') ?? firstA, named('b') ?? wanted ?? firstB);
  if (wanted)
    requestAnimationFrame(() => {
      scrollTo({ top: 0, behavior: 'instant' });
    });
}

/** What explains the score of the sample in B, taken from where the sample stands on the page. */
function explain(viewer: HTMLElement, shot: Shot): void {
  const reasons = viewer.querySelector('.reasons');
  const why = document.getElementById(shot.id)?.querySelector('.why')?.cloneNode(true);
  const whose = reasons?.querySelector('.whose');
  if (!why || !whose) return;
  reasons?.querySelector('.why')?.replaceWith(why);
  whose.textContent = shot.note;
}

type Area = NonNullable<ReturnType<typeof onStage>>;

/** What two areas share, as a share of what they cover together. */
function shared(a: Area, b: Area): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const common = Math.max(0, across) * Math.max(0, down);
  return common / (a.width * a.height + b.width * b.height - common);
}

/** Scrolls the strip alone: the page stays where it is read. */
function centre(link: HTMLElement): void {
  const strip = link.closest('.strip');
  if (!strip) return;
  const [outer, inner] = [strip.getBoundingClientRect(), link.getBoundingClientRect()];
  strip.scrollLeft += inner.x + inner.width / 2 - outer.x - outer.width / 2;
}
