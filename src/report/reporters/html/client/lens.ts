import { bind } from './keys.js';

const STEP = 1.4;
const MOST = 16;

/** What is seen of both stages: the same part of each, so that they compare. 1 is the whole picture. */
export interface Lens {
  /** Natural size, with `centre` (shares of a stage) in the middle. */
  toNatural(centre: { x: number; y: number }, factor: number): void;
  toFit(): void;
  isFit(): boolean;
}

/** Zoom by + and -, Ctrl and wheel, or a double click; pan by dragging. */
export function openLens(pair: HTMLElement): Lens {
  let [zoom, x, y] = [1, 0, 0];
  const size = () => pair.querySelector('.stage')?.getBoundingClientRect() ?? new DOMRect();
  const show = () => {
    const { width, height } = size();
    x = Math.min(0, Math.max(width * (1 - zoom), x));
    y = Math.min(0, Math.max(height * (1 - zoom), y));
    pair.style.setProperty('--zoom', String(zoom));
    pair.style.setProperty('--pan-x', `${x}px`);
    pair.style.setProperty('--pan-y', `${y}px`);
    pair.classList.toggle('zoomed', zoom > 1);
  };
  /** Keeps the point under (px, py), px of a stage, where it is. */
  const zoomTo = (next: number, px: number, py: number) => {
    const to = Math.min(MOST, Math.max(1, next));
    x = px - ((px - x) * to) / zoom;
    y = py - ((py - y) * to) / zoom;
    zoom = to;
    show();
  };
  const fromMiddle = (factor: number) => () => {
    const { width, height } = size();
    zoomTo(zoom * factor, width / 2, height / 2);
  };
  const lens: Lens = {
    toNatural(centre, factor) {
      const { width, height } = size();
      zoom = Math.min(MOST, Math.max(1, factor));
      x = width / 2 - centre.x * width * zoom;
      y = height / 2 - centre.y * height * zoom;
      show();
    },
    toFit() {
      zoom = 1;
      show();
    },
    isFit: () => zoom === 1,
  };
  for (const stage of pair.querySelectorAll<HTMLElement>('.stage')) {
    const within = (event: MouseEvent) => {
      const box = stage.getBoundingClientRect();
      return [event.clientX - box.x, event.clientY - box.y] as const;
    };
    stage.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomTo(zoom * (event.deltaY < 0 ? STEP : 1 / STEP), ...within(event));
    });
    stage.addEventListener('dblclick', (event) => {
      zoomTo(zoom > 1 ? 1 : STEP ** 3, ...within(event));
    });
    stage.addEventListener('pointerdown', (event) => {
      if (zoom === 1 || event.button !== 0) return;
      event.preventDefault();
      stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener('pointermove', (event) => {
      if (!stage.hasPointerCapture(event.pointerId)) return;
      x += event.movementX;
      y += event.movementY;
      show();
    });
  }
  bind('+', 'closer', fromMiddle(STEP));
  bind('-', 'further away', fromMiddle(1 / STEP));
  return lens;
}
