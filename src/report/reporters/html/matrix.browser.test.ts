import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executablePath, launch, openPage } from '../../__fixtures__/chromium.js';
import { gatedRecord } from '../../__fixtures__/gated-record.js';
import { manyRecord } from '../../__fixtures__/many-record.js';
import { htmlReporter } from './html.js';
import { LIVE_PICTURES } from './matrix-view.js';

/** The matrix as people use it: chosen, sorted, walked by keys, and beyond what a page can hold. */

const folder = mkdtempSync(join(tmpdir(), 'matrix-'));
const at = (name: string, page = 'index.html') => join(folder, name, page);
const CASES = 40;
/** Few cases with many samples: the grid is virtual, and case pages are few. */
const MANY = { cases: 24, samples: 6 };

beforeAll(async () => {
  const make = async (name: string, record: Parameters<NonNullable<ReturnType<typeof htmlReporter>['onEnd']>>[0]) =>
    htmlReporter().onEnd?.(record, { folder: join(folder, name), write: () => undefined });
  await make('some', await manyRecord(join(folder, 'some'), { cases: CASES, samples: 2.5 }));
  await make('many', await manyRecord(join(folder, 'many'), MANY));
  await make('one', gatedRecord('inconclusive'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

it('keeps the overview light', () => {
  // 300 KB at 1,000 pictures, of which the frame is a few.
  expect(statSync(at('some')).size).toBeLessThan((300_000 * CASES * 4 * 2.5) / 1000 + 6000);
  expect(gzipSync(readFileSync(at('some', 'assets/report.js'))).length).toBeLessThan(25_000);
});

it('says what to run where the verdict is open, and what that costs', () => {
  expect(readFileSync(at('one'), 'utf8')).toMatch(/To settle it<\/b> <bdi>more samples[^<]*about \$\d/);
});

describe.skipIf(executablePath === undefined)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const open = <T>(
    name: string,
    look: (page: Page) => Promise<T>,
    { hash = '', ...options }: BrowserContextOptions & { hash?: string } = {},
  ) => openPage(browser, pathToFileURL(at(name)).href + hash, look, options);
  const rowsOf = (page: Page) => page.locator('.matrix tbody tr:not(.gap)');
  const namesOf = (page: Page) => rowsOf(page).locator('.name').allTextContents();
  const countOf = (page: Page) => page.locator('.filters output').textContent();

  it.each(['some', 'many'])('opens the worst sample with two keys: %s', async (name) => {
    await open(name, async (page) => {
      await page.keyboard.press('n');
      const link = rowsOf(page).first().locator('td').first().locator('.tiles a').first();
      const worst = await link.evaluate((a: HTMLAnchorElement) => a.href);
      expect(await link.getAttribute('class')).toBe('marked');
      await page.keyboard.press('Enter');
      await page.waitForURL(worst);
    });
  });

  it.each(['some', 'many'])('filters, sorts and says how many there are, from the address too: %s', async (name) => {
    const all = name === 'some' ? CASES : MANY.cases;
    const address = await open(name, async (page) => {
      expect(await countOf(page)).toBe(`${all} cases`);
      await page.keyboard.press('/');
      await page.keyboard.type('scene-01');
      expect(await countOf(page)).toBe(`10 of ${all} cases`);
      await page.getByLabel('Sort').selectOption('name');
      await page.getByLabel('Model').selectOption('pro');
      await page.getByLabel('whole pictures').check();
      return page.url();
    });
    expect(new URL(address).hash).toBe('#q=scene-01&sort=name&model=pro&whole=1');
    await open(
      name,
      async (page) => {
        expect(await countOf(page)).toBe(`10 of ${all} cases`);
        expect((await namesOf(page))[0]).toBe('scene-010');
        expect(await page.locator('.matrix thead th:visible').allTextContents()).toEqual([
          'Case',
          'pro · v2',
          'pro · v1',
        ]);
        expect(await rowsOf(page).first().locator('td:visible').count()).toBe(2);
        const source = await rowsOf(page).first().locator('td:visible img').first().getAttribute('src');
        expect(source).toMatch(/^thumb\/[0-9a-f]+\.webp$/);
        await page.keyboard.press('Escape');
        expect(await countOf(page)).toBe(`${all} cases`);
        expect(new URL(page.url()).hash).toBe('#sort=name&whole=1');
      },
      { hash: new URL(address).hash },
    );
  });

  it('filters by verdict, and goes from problem to problem', async () => {
    await open('some', async (page) => {
      await page.getByLabel('Verdict').selectOption('broken');
      expect(await rowsOf(page).count()).toBe(2);
      await page.getByLabel('Verdict').selectOption('');
      const focused = () => page.evaluate(() => document.activeElement?.closest('tr')?.dataset['state']);
      const seen = [];
      await page.locator('h1').click();
      for (const key of ['n', 'n', 'n', 'p', 'p', 'p', 'j', 'j', 'j', 'j', 'j', 'k']) {
        await page.keyboard.press(key);
        seen.push(await focused());
      }
      expect(seen.slice(0, 6)).toEqual(['broken', 'broken', 'undecided', 'broken', 'broken', 'undecided']);
      await page.keyboard.press('l');
      expect(await page.evaluate(() => (document.activeElement as HTMLTableCellElement).cellIndex)).toBe(2);
    });
  });

  it('keeps few rows live above the threshold, of one height, wherever it is scrolled', async () => {
    expect(MANY.cases * MANY.samples * 4).toBeGreaterThan(LIVE_PICTURES);
    await open('many', async (page) => {
      const total = await page.evaluate(() => document.documentElement.scrollHeight);
      for (const share of [0, 0.5, 1, 0.2]) {
        await page.evaluate((top) => scrollTo({ top, behavior: 'instant' }), total * share);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const now = await page.evaluate(() => ({
          nodes: document.querySelectorAll('*').length,
          height: document.documentElement.scrollHeight,
          heights: [...document.querySelectorAll('.matrix tbody tr:not(.gap)')].map((row) => row.clientHeight),
        }));
        expect(now.nodes).toBeLessThan(1500);
        expect(Math.abs(now.height - total)).toBeLessThan(3);
        expect(new Set(now.heights).size).toBe(1);
      }
      expect(await rowsOf(page).count()).toBeLessThan(MANY.cases);
    });
  });

  it('shows figures of the rows that come at once, and their pictures where scrolling rests', async () => {
    await open('many', async (page) => {
      const passing = page.locator('.matrix tr.passing');
      expect(await passing.count()).toBe(0);
      const seen = await page.evaluate(async () => {
        scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
        await new Promise(requestAnimationFrame);
        const row = document.querySelector('.matrix tr.passing');
        const [image, figure] = [row?.querySelector('img'), row?.querySelector('td b')];
        return [image?.checkVisibility({ contentVisibilityAuto: true }), image?.complete, figure?.checkVisibility()];
      });
      expect(seen).toEqual([false, false, true]);
      await expect.poll(() => passing.count()).toBe(0);
      const last = page.locator('.matrix tbody tr:not(.gap)').last().locator('img').first();
      await expect.poll(() => last.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    });
  });

  it('shows everything without script, or leads to where it is', async () => {
    await open('some', async (page) => expect(await rowsOf(page).count()).toBe(CASES), { javaScriptEnabled: false });
    await open(
      'many',
      async (page) => {
        await page.getByRole('link', { name: 'The plain table' }).click();
        expect(await page.locator('tbody tr').count()).toBe(MANY.cases * 4);
        expect(await page.locator('tbody').innerText()).toContain('regression');
      },
      { javaScriptEnabled: false },
    );
  });
});
