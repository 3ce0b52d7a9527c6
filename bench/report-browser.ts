import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

/** What opening a page and scrolling through it takes; ms. */
export interface Opened {
  /** First contentful paint. */
  fcp: number;
  /** Parsed and its script run. */
  interactive: number;
  longTasks: number;
  /** Elements. */
  nodes: number;
  strangers: number;
  frameP95: number;
  /** The longest that a part of the window had no row of the matrix where one belongs. */
  blank: number;
  keysToWorst: number;
}

export async function opened(browser: Browser, file: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  try {
    const page = await context.newPage();
    let strangers = 0;
    page.on('request', (request) => {
      if (!request.url().startsWith('file://')) strangers += 1;
    });
    // tsx gives functions their names by a call that a page does not have.
    await page.addInitScript('globalThis.__name = (named) => named');
    await page.addInitScript(() => {
      const long = { sum: 0 };
      Object.assign(window, { long });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) long.sum += duration;
      }).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(pathToFileURL(file).href);
    await page.waitForTimeout(500);
    const loaded = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      return {
        fcp: paint?.startTime ?? NaN,
        interactive: entry?.domContentLoadedEventEnd ?? NaN,
        longTasks: (window as unknown as { long: { sum: number } }).long.sum,
        nodes: document.querySelectorAll('*').length,
      };
    });
    const scrolled = await scroll(page);
    return { ...loaded, strangers, ...scrolled, keysToWorst: await keysToWorst(page) };
  } finally {
    await context.close();
  }
}

/** Down the whole page, 700 px a frame. */
async function scroll(page: Page): Promise<Pick<Opened, 'frameP95' | 'blank'>> {
  return page.evaluate(async () => {
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
    const body = document.querySelector('table.matrix tbody');
    const isBlank = () => {
      const { top, bottom } = body?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
      const [from, to] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
      if (to - from < 2) return false;
      return [from + 1, to - 1].some((y) => document.elementFromPoint(innerWidth / 2, y)?.closest('tr.gap') !== null);
    };
    const frames: number[] = [];
    let [blank, since, last] = [0, NaN, await frame()];
    for (let y = 0; y < document.documentElement.scrollHeight; y += 700) {
      scrollTo({ top: y, behavior: 'instant' });
      const now = await frame();
      frames.push(now - last);
      last = now;
      since = isBlank() ? (Number.isNaN(since) ? now : since) : NaN;
      if (!Number.isNaN(since)) blank = Math.max(blank, now - since);
    }
    frames.sort((a, b) => a - b);
    return { frameP95: frames[Math.floor(0.95 * (frames.length - 1))] ?? NaN, blank };
  });
}

async function keysToWorst(page: Page): Promise<number> {
  await page.keyboard.press('n');
  const worst = await page
    .locator('.matrix td:focus a')
    .first()
    .evaluate((link: HTMLAnchorElement) => link.href);
  await page.keyboard.press('Enter');
  await page.waitForURL(worst);
  return 2;
}
