import { element } from './elements.js';
import type { Shot } from './shots.js';

const SVG = 'http://www.w3.org/2000/svg';
const NAME = 'differing';

/**
 * Lines round what differs between A and B by more than an eighth of full strength. Two pictures, one on the other in
 * difference mode, through a filter: a page from disk may not read pixels, but it may filter them.
 */
const steps: [name: string, attributes: Record<string, string>][] = [
  ['feColorMatrix', { values: '0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  .334 .333 .333 0 0' }],
  ['feGaussianBlur', { stdDeviation: '1.5' }],
  ['feComponentTransfer', { result: 'mask' }],
  ['feMorphology', { operator: 'dilate', radius: '1.5', in: 'mask', result: 'wider' }],
  ['feComposite', { in: 'wider', in2: 'mask', operator: 'out', result: 'line' }],
  ['feFlood', { 'flood-color': '#ff2bd6' }],
  ['feComposite', { in2: 'line', operator: 'in' }],
];

/** @returns to be called whenever what is shown changes; `transform` is how B is placed */
export function openDiffering(sideB: HTMLElement): (a: Shot, b: Shot, transform: string) => void {
  document.body.append(filter());
  const [under, over] = [element('img', { alt: '' }), element('img', { alt: '', class: 'over' })];
  const layer = element('div', { class: 'differing', 'aria-hidden': 'true' }, under, over);
  sideB.querySelector('.lens')?.append(layer);
  return (a, b, transform) => {
    under.src = a.src;
    over.src = b.src;
    over.style.transform = transform;
  };
}

function filter(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.classList.add('defs');
  svg.setAttribute('aria-hidden', 'true');
  const made = document.createElementNS(SVG, 'filter');
  made.id = NAME;
  made.setAttribute('color-interpolation-filters', 'sRGB');
  for (const [name, attributes] of steps) {
    const step = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) step.setAttribute(key, value);
    if (name === 'feComponentTransfer') {
      const alpha = document.createElementNS(SVG, 'feFuncA');
      alpha.setAttribute('type', 'discrete');
      alpha.setAttribute('tableValues', '0 1 1 1 1 1 1 1');
      step.append(alpha);
    }
    made.append(step);
  }
  svg.append(made);
  return svg;
}
