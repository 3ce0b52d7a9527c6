import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../record.js';
import {
  axeViolations,
  executablePath,
  type Heard,
  launch,
  openPage,
  requireChromium,
  unfold,
} from '../../__fixtures__/chromium.js';
import { driftRecord } from '../../__fixtures__/drift-record.js';
import { hostile } from '../../__fixtures__/sample-record.js';
import { sampleReport } from '../../__fixtures__/sample-report.js';
import { htmlReporter } from './html.js';
import { casePage } from './paths.js';

/** The pages in a real browser, from disk as people open them. */

requireChromium();

describe.skipIf(executablePath === undefined)('in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  let run: RunRecord;
  let browser: Browser;
  let visits: Awaited<ReturnType<typeof visit>>[];

  beforeAll(async () => {
    run = await sampleReport(folder);
    await htmlReporter().onEnd?.(driftRecord(), { folder: join(folder, 'drift'), write: () => undefined });
    browser = await launch();
    visits = [];
    for (const page of [
      'index.html',
      'method.html',
      'trends.html',
      'cost.html',
      'drift/index.html',
      ...run.cases.map(({ name }) => casePage(name)),
    ])
      visits.push(await visit(page));
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const url = (page: string) => pathToFileURL(join(folder, page)).href;
  const open = <T>(page: string, look: (tab: Page, heard: Heard) => Promise<T>, options?: BrowserContextOptions) =>
    openPage(browser, url(page), look, options);

  /** Loads everything on a page and tells what there is to judge. */
  async function visit(page: string) {
    return open(page, async (tab, { complaints, requests }) => {
      await tab.locator('img').evaluateAll(async (images) => {
        for (const image of images as HTMLImageElement[]) image.loading = 'eager';
        await Promise.all((images as HTMLImageElement[]).map((image) => image.decode()));
      });
      const over = [];
      for (const width of [1280, 390]) {
        await tab.setViewportSize({ width, height: 800 });
        over.push(
          await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        );
      }
      const links = await tab.evaluate(() => [...new Set([...document.links].map((link) => link.href))]);
      const ids = await tab.evaluate(() => [...document.querySelectorAll('[id]')].map((element) => element.id));
      const pwned = await tab.evaluate(() => 'pwned' in window);
      const hazards = await tab.locator('iframe, [onerror], [onmouseover], script:not([src])').count();
      return { page, complaints, requests, over, links, ids, pwned, hazards };
    });
  }

  it('opens every page from disk without a complaint, a request elsewhere or a line of hostile text run', () => {
    expect(visits.map(({ page }) => page)).toHaveLength(run.cases.length + 5);
    for (const { page, complaints, requests, pwned, hazards } of visits) {
      expect({ complaints, pwned, hazards }, page).toEqual({ complaints: [], pwned: false, hazards: 0 });
      expect(requests.length, page).toBeGreaterThan(2);
      expect(
        requests.filter((request) => !request.startsWith(url(''))),
        page,
      ).toEqual([]);
    }
  });

  it('shows hostile text as text', async () => {
    await open(casePage(hostile), async (tab) => {
      expect(await tab.locator('h1').textContent()).toBe(hostile);
      expect(await tab.title()).toContain('<script>window.pwned = 1</script>');
    });
  });

  it('has no link that leads nowhere', () => {
    const idsOf = new Map(visits.map(({ page, ids }) => [url(page), ids]));
    for (const { page, links } of visits) {
      for (const link of links) {
        const [target = '', id] = link.split('#');
        expect(existsSync(fileURLToPath(target)), `${page}: ${link}`).toBe(true);
        if (id !== undefined) expect(idsOf.get(target), `${page}: ${link}`).toContain(id);
      }
    }
  });

  it('leads from a picture of the matrix to its sample', async () => {
    await open('index.html', async (tab) => {
      await tab.locator('tr', { hasText: 'valley' }).locator('.tiles a').first().click();
      expect(await tab.locator('.sample:target .sample-head').textContent()).toContain('Sample');
      expect(tab.url()).toContain('case/valley.html#v1-s');
    });
  });

  it.each([true, false])('shows where the character was found, script %s', async (javaScriptEnabled) => {
    await open(
      'case/valley.html',
      async (tab) => {
        const overlay = tab.locator('.overlay .found').last();
        expect(await overlay.isVisible()).toBe(false);
        await tab.getByLabel('Where found').check();
        expect(await overlay.isVisible()).toBe(true);
        expect(await tab.locator('.pair .side').count()).toBe(2);
      },
      { javaScriptEnabled },
    );
  });

  it('goes from case to case and back by keys, but not while a modifier is held', async () => {
    await open('case/valley.html', async (tab) => {
      await tab.keyboard.press('o');
      expect(await tab.locator('#show-found').isChecked()).toBe(true);
      await tab.keyboard.press('n');
      await tab.waitForURL(url('case/bridge.html'));
      await tab.keyboard.press('Control+p');
      await tab.keyboard.press('p');
      await tab.waitForURL(url('case/valley.html'));
      await tab.keyboard.press('Escape');
      await tab.waitForURL(url('index.html'));
    });
  });

  it.each([
    ['light', 'index.html'],
    ['dark', 'index.html'],
    ['light', 'case/bridge.html'],
    ['dark', 'case/bridge.html'],
    ['light', 'method.html'],
    ['dark', 'method.html'],
    ['light', 'cost.html'],
    ['dark', 'cost.html'],
    ['light', 'drift/index.html'],
    ['dark', 'drift/index.html'],
  ] as const)('passes axe: %s %s', async (colorScheme, page) => {
    await open(
      page,
      async (tab) => {
        await unfold(tab);
        expect(await axeViolations(tab)).toEqual([]);
      },
      { colorScheme, bypassCSP: true },
    );
  });

  it.each([true, false])('shows the drift of chains and its numbers, script %s', async (javaScriptEnabled) => {
    await open(
      'drift/index.html',
      async (tab) => {
        const section = tab.locator('section', { has: tab.getByRole('heading', { name: 'Drift of robot' }) });
        const [losing] = await section.getByRole('figure').all();
        expect(await losing?.locator('figcaption').innerText()).toContain(
          'Loses 0.070 a hop against approved inputs (0.030 to 0.110, 3 chains).',
        );
        const chart = losing?.getByRole('img', { name: 'consistency of pro · v2 by hop, 3 chains' });
        expect((await chart?.boundingBox())?.height).toBeGreaterThan(100);
        expect(await losing?.locator('.chain').count()).toBe(3);
        expect(await section.locator('table').isVisible()).toBe(false);
        await section.locator('summary').click();
        expect(await section.locator('tbody tr').last().innerText()).toMatch(
          /^3\s+night\s+0\.29 \[0\.14, 0\.44\] n 3\s+0\.50/,
        );
      },
      { javaScriptEnabled },
    );
  });

  it('never scrolls sideways at 1280 and at 390 px', () => {
    for (const { page, over } of visits) expect(over, page).toEqual([0, 0]);
  });

  it('has verdict, where to look next and the first row of the matrix in sight at 1280 x 720', async () => {
    await open('index.html', async (tab) => {
      for (const selector of ['h1', '.next', '.stamp', '.matrix tbody tr:first-child th']) {
        const box = await tab.locator(selector).boundingBox();
        expect((box?.y ?? Infinity) + (box?.height ?? 0), selector).toBeLessThan(720);
      }
    });
  });
});
