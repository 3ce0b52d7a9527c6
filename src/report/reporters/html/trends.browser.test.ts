import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../record.js';
import {
  axeViolations,
  executablePath,
  launch,
  openPage,
  requireChromium,
  unfold,
} from '../../__fixtures__/chromium.js';
import { pastRecords, writeRuns } from '../../__fixtures__/past-records.js';
import { htmlReporter } from './html.js';

/** Trends and cost of ten runs, and of the first of a suite, in a real browser. */

requireChromium();

describe.skipIf(executablePath === undefined)('in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const runs = pastRecords();
  const last = runs.at(-1) as RunRecord;
  const first = runs[0] as RunRecord;
  let browser: Browser;

  beforeAll(async () => {
    for (const [home, records] of [
      ['many', runs],
      ['one', [first]],
    ] as const) {
      const at = writeRuns(join(folder, home), records);
      await htmlReporter().onEnd?.(records.at(-1) as RunRecord, { folder: at, write: () => undefined });
    }
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const trends = `many/${last.id}/trends.html`;
  const cost = `many/${last.id}/cost.html`;
  const open = <T>(page: string, look: (tab: Page) => Promise<T>, options?: BrowserContextOptions) =>
    openPage(
      browser,
      pathToFileURL(join(folder, page)).href,
      async (tab, { complaints }) => {
        const seen = await look(tab);
        if (options?.bypassCSP !== true) expect(complaints).toEqual([]);
        return seen;
      },
      options,
    );

  it.each([
    ['light', trends],
    ['dark', trends],
    ['light', `one/${first.id}/trends.html`],
    ['light', cost],
  ] as const)('passes axe, all unfolded: %s %s', async (colorScheme, page) => {
    await open(
      page,
      async (tab) => {
        await unfold(tab);
        expect(await axeViolations(tab)).toEqual([]);
      },
      { colorScheme, bypassCSP: true },
    );
  });

  it.each([trends, cost])('never scrolls sideways at 1280 and at 390 px, all unfolded: %s', async (page) => {
    await open(page, async (tab) => {
      await unfold(tab);
      for (const width of [1280, 390]) {
        await tab.setViewportSize({ width, height: 800 });
        const over = await tab.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(over, String(width)).toBe(0);
      }
    });
  });

  it.each([true, false])('shows how scores went from run to run, script %s', async (javaScriptEnabled) => {
    await open(
      trends,
      async (tab) => {
        const panels = tab.locator('.trend-panel');
        expect((await panels.locator('h3').allInnerTexts()).slice(0, 3)).toEqual(['All cases', 'bridge', 'valley']);
        expect(await panels.nth(1).innerText()).toContain('No usable picture in this run, of 4 samples.');
        const valley = panels.nth(2);
        expect(await valley.locator('.letters').allTextContents()).toEqual(['P', 'M', 'B']);
        expect(await valley.locator('.verdict').allTextContents()).toEqual([...'✓✓✓✓??✕✕✕○']);
        expect(await valley.locator('.gap').count()).toBe(1);
        const title = await valley.locator('.column title').nth(6).textContent();
        expect(title).toMatch(/^2026-11-17T09-00-00, 2026-11-17 09:00 UTC: Regression\ngemini-3-pro-image: 0\.\d\d \[/);
        expect(title).toContain('model version gemini-3-pro-image-001 → gemini-3-pro-image-002');
        expect(await valley.locator('table').isVisible()).toBe(false);
        await valley.locator('summary').click();
        expect(await valley.locator('tbody tr').first().innerText()).toMatch(
          /^2026-11-20 09:00 UTC\s+0\.\d\d \[.* n 4/,
        );
      },
      { javaScriptEnabled },
    );
  });

  it('says on the first run of a suite what its trends will show', async () => {
    await open(`one/${first.id}/trends.html`, async (tab) => {
      expect(await tab.locator('main').innerText()).toContain('No earlier run of this suite lies beside it.');
      expect(await tab.locator('main svg').count()).toBe(0);
    });
  });

  it('draws the latency of every picture, and a bar for every cell; states without a sample say zero', async () => {
    await open(cost, async (tab) => {
      expect(await tab.locator('h1').innerText()).toBe('$8.04 spent');
      const dots = await tab
        .locator('.samples')
        .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')?.match(/h0/g)?.length));
      // The first has four refusals, which take no picture's time.
      expect(dots).toEqual([16, 20, 20, 20]);
      expect(await tab.locator('.cost-bar').count()).toBe(20);
      const cells = async (state: string) =>
        (await tab.locator('.endings tr', { hasText: state }).locator('td').allInnerTexts()).slice(0, 3);
      expect(await cells('blocked for safety')).toEqual(['4', '5 %', '$0.536']);
      expect(await cells('infrastructure error')).toEqual(['0', '0 %', '$0.00']);
    });
  });
});
