import { unbind } from './keys.js';
import { leave } from './leaving.js';
import { pathOf, showPicture, takeCarried } from './pictures.js';
import { placeName, state } from './state.js';

/** Where a report starts, also for an address that names no page of it. */
const FIRST = 'index.html';
/** The only link that names no page: what it is for shows in its form. */
const SKIP = '#main';

interface Page {
  title: string;
  body: DocumentFragment;
}

/**
 * Starts the page, and, in a report that is one file, each further page in its place: they wait in templates, and the
 * address says which is shown, so that links, back and forward work as between files.
 */
export function openPages(start: () => void): void {
  const pages = takePages();
  if (pages.size === 0) {
    start();
    return;
  }
  const heights = new Map<string, number>();
  let shown = FIRST;
  const show = () => {
    const named = state().get('page') ?? FIRST;
    const name = pages.has(named) ? named : FIRST;
    if (name === shown) return;
    heights.set(shown, scrollY);
    shown = name;
    leave();
    unbind();
    put(pages.get(name));
    start();
    document.querySelector('main')?.focus({ preventScroll: true });
    scrollTo({ top: heights.get(name) ?? 0, behavior: 'instant' });
  };
  // Else the browser has put the page that is left where the one that comes was.
  history.scrollRestoration = 'manual';
  addEventListener('hashchange', () => {
    show();
    goTo(placeName());
  });
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || event.defaultPrevented) return;
    if (link.hash === location.hash) goTo(placeName());
    if (link.getAttribute('href') !== SKIP) return;
    event.preventDefault();
    goTo(SKIP.slice(1));
  });
  start();
  show();
  goTo(placeName());
}

/** What the file holds, by name; empty where the page is a file of its own. */
function takePages(): Map<string, Page> {
  const templates = [...document.querySelectorAll<HTMLTemplateElement>('template[data-page]')];
  const block = document.querySelector('script#thumbs');
  const pages = new Map<string, Page>();
  if (!block) return pages;
  for (const { dataset, content } of templates) {
    pages.set(dataset['page'] ?? '', { title: dataset['title'] ?? '', body: content });
  }
  takeCarried(document, block);
  for (const each of [...templates, ...document.body.querySelectorAll('script')]) each.remove();
  const body = document.createDocumentFragment();
  body.append(...[...document.body.childNodes].map((node) => node.cloneNode(true)));
  pages.set(FIRST, { title: document.title, body });
  fill();
  return pages;
}

function put(page: Page | undefined): void {
  if (!page) return;
  document.body.replaceChildren(document.importNode(page.body, true));
  document.title = page.title;
  fill();
}

function fill(): void {
  for (const image of document.querySelectorAll<HTMLImageElement>('img[data-thumb]:not([src])')) {
    showPicture(image, pathOf(image));
  }
}

/** What a browser does with a plain `#name`. */
function goTo(place: string | null): void {
  document.querySelector('.target')?.classList.remove('target');
  const at = place === null ? null : document.getElementById(place);
  at?.classList.add('target');
  at?.scrollIntoView({ behavior: 'instant' });
  at?.focus({ preventScroll: true });
}
