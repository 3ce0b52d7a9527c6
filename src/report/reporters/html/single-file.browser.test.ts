import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApprovals } from '../../../gate/approvals.js';
import { axeViolations, executablePath, launch, openPage } from '../../__fixtures__/chromium.js';
import { hostile } from '../../__fixtures__/sample-record.js';
import { sampleReport } from '../../__fixtures__/sample-report.js';
import { casePage } from './paths.js';
import { singleFile } from './single-file.js';

/** The report as one file, in a real browser, with nothing else in its folder. */

describe.skipIf(executablePath === undefined)('the report in one file, in Chromium', () => {
  const [folder, alone] = [mkdtempSync(join(tmpdir(), 'report-')), mkdtempSync(join(tmpdir(), 'mailed-'))];
  const file = join(alone, 'report.html');
  const url = (hash = '') => `${pathToFileURL(file).href}${hash}`;
  let browser: Browser;

  beforeAll(async () => {
    const run = await sampleReport(folder);
    writeFileSync(file, await singleFile(run, folder));
    rmSync(folder, { recursive: true });
    browser = await launch();
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    rmSync(alone, { recursive: true });
  });

  /** Complains about nothing, asks for nothing but the file, and runs no text from outside. */
  const look = (hash: string, see: (tab: Page) => Promise<void>, options?: BrowserContextOptions) =>
    openPage(
      browser,
      url(hash),
      async (tab, { complaints, requests }) => {
        await see(tab);
        expect({ complaints, pwned: await tab.evaluate(() => 'pwned' in window) }).toEqual({
          complaints: [],
          pwned: false,
        });
        expect(new Set(requests.filter((each) => !/^(data:image\/webp;|blob:)/.test(each)))).toEqual(new Set([url()]));
      },
      options,
    );
  const heading = (tab: Page) => tab.locator('h1').innerText();
  /** Resolves when the page is there. */
  const go = (tab: Page, page: string) =>
    tab.evaluate(async (hash) => {
      const changed = new Promise((resolve) => {
        addEventListener('hashchange', resolve, { once: true });
      });
      location.hash = hash;
      await changed;
    }, `page=${page}`);
  const loaded = (tab: Page) =>
    tab.locator('img').evaluateAll(async (images) => {
      for (const image of images as HTMLImageElement[]) image.loading = 'eager';
      await Promise.all((images as HTMLImageElement[]).map((image) => image.decode()));
      return images.length;
    });

  it('is one file, and holds each small copy once', () => {
    const copies = [...readFileSync(file, 'utf8').matchAll(/UklGR[\w+/=]+/g)].map(([bytes]) => bytes);
    expect(readdirSync(alone)).toEqual(['report.html']);
    expect(copies.length).toBeGreaterThan(100);
    expect(new Set(copies).size).toBe(copies.length);
  });

  it('goes from the overview to a sample, on to the next case, back and forward', () =>
    look('', async (tab) => {
      const overview = await heading(tab);
      await tab.getByLabel('Case', { exact: true }).fill('valley');
      await tab.locator('tr', { hasText: 'valley' }).locator('.tiles a').nth(1).click();
      await expect.poll(() => heading(tab)).toContain('valley');
      expect(await tab.title()).toContain('valley');
      const sample = new URLSearchParams(new URL(tab.url()).hash.slice(1)).get('place');
      expect(await tab.locator('[data-side=b]').getAttribute('data-shot')).toBe(sample);
      await expect.poll(() => tab.evaluate(() => scrollY)).toBe(0);
      await tab.keyboard.press('n');
      await expect.poll(() => heading(tab)).toContain('bridge');
      await tab.goBack();
      await expect.poll(() => heading(tab)).toContain('valley');
      await tab.goBack();
      await expect.poll(() => heading(tab)).toBe(overview);
      expect(await tab.locator('.found output').innerText()).toBe('1 of 6 cases');
      await tab.goForward();
      await expect.poll(() => heading(tab)).toContain('valley');
      await tab.keyboard.press('Escape');
      await expect.poll(() => heading(tab)).toBe(overview);
    }));

  it('keeps its place while other pages are looked at, and shows whole pictures and cuts', () =>
    look('', async (tab) => {
      const first = tab.locator('tr', { hasText: 'mountains' }).locator('img').first();
      const cut = await first.getAttribute('src');
      await tab.keyboard.press('w');
      expect(await first.getAttribute('data-thumb')).toMatch(/^thumb\/[0-9a-f]{16}\.webp$/);
      expect(await first.getAttribute('src')).not.toBe(cut);
      await tab.keyboard.press('w');
      expect(await first.getAttribute('src')).toBe(cut);
      await tab.evaluate(() => {
        scrollTo({ top: 300, behavior: 'instant' });
      });
      await tab.evaluate(() => document.querySelector<HTMLElement>('nav a[href*="cost"]')?.click());
      await tab.waitForFunction(() => document.title.startsWith('Cost'));
      await expect.poll(() => tab.evaluate(() => scrollY)).toBe(0);
      await tab.goBack();
      await tab.waitForFunction(() => scrollY === 300);
    }));

  it('has every page, with its pictures and hostile text as text, and no link that leads out of it or nowhere', () =>
    look('', async (tab) => {
      const links = () => tab.evaluate(() => [...document.links].map((link) => link.getAttribute('href') ?? ''));
      const open = new Set(['#page=index.html']);
      let pictures = 0;
      for (const page of open) {
        await go(tab, page.replace('#page=', ''));
        if (page.includes(casePage(hostile))) {
          expect(await tab.locator('h1').textContent()).toBe(hostile);
          expect(await tab.title()).toContain('<script>window.pwned = 1</script>');
        }
        expect(await tab.locator('iframe, [onerror], [onmouseover], script').count()).toBe(0);
        pictures += await loaded(tab);
        for (const link of await links()) {
          if (link === '#main' || link.startsWith('blob:')) continue;
          expect(link).toMatch(/^#page=[\w/.-]+(&place=[\w-]+)?$/);
          const [target = '', place] = link.split('&place=');
          open.add(target);
          if (target !== page || place === undefined) continue;
          expect(await tab.locator(`#${place}`).count(), link).toBe(1);
        }
      }
      expect([...open].sort()).toEqual(
        ['index.html', 'trends.html', 'cost.html', 'method.html', 'table.html']
          .concat(['mountains', 'valley', 'forest', 'bridge', 'hammock', hostile].map(casePage))
          .map((name) => `#page=${name}`)
          .sort(),
      );
      expect(pictures).toBeGreaterThan(300);
    }));

  it('compares small copies in every mode, says so, and keeps it in the address', () =>
    look('#page=case/valley.html&place=v2-s1', async (tab) => {
      for (const [i, mode] of ['side', 'slider', 'onion', 'blink', 'difference'].entries()) {
        await tab.keyboard.press(String(i + 1));
        expect(await tab.locator('.pair').getAttribute('data-mode')).toBe(mode);
      }
      for (const key of ['2', 'o', 'd']) await tab.keyboard.press(key);
      await tab.reload();
      expect(Object.fromEntries(new URLSearchParams(new URL(tab.url()).hash.slice(1)))).toEqual({
        page: 'case/valley.html',
        place: 'v2-s1',
        mode: 'slider',
        found: '1',
        differing: '1',
      });
      expect(await tab.locator('[data-side=b]').getAttribute('data-shot')).toBe('v2-s1');
      expect(await loaded(tab)).toBeGreaterThan(20);
      expect(await tab.locator('[data-side=b] .overlay .found').isVisible()).toBe(true);
      expect(await tab.locator('.side figcaption').first().innerText()).toContain('small copy; the original is in');
      expect(await tab.locator('a', { hasText: 'original' }).count()).toBe(0);
    }));

  it('keeps marks from page to page, counts each key once and exports what approve can read', () =>
    look('#page=case/valley.html', async (tab) => {
      await tab.keyboard.press('x');
      await tab.keyboard.press('n');
      await tab.waitForFunction(() => document.title.startsWith('bridge'));
      await tab.keyboard.press('y');
      expect(await tab.locator('.marks').innerText()).toContain('1 approved, 1 rejected');
      await tab.keyboard.press('p');
      await tab.waitForFunction(() => document.title.startsWith('valley'));
      await tab.keyboard.press('o');
      expect(await tab.locator('#show-found').isChecked()).toBe(true);
      expect(await tab.locator('.marks, svg.defs').count()).toBe(2);
      const [download] = await Promise.all([
        tab.waitForEvent('download'),
        tab.getByRole('link', { name: 'Save approvals.json' }).click(),
      ]);
      const saved = join(alone, 'approvals.json');
      await download.saveAs(saved);
      const { marks } = readApprovals(saved);
      rmSync(saved);
      expect(marks.map(({ case: name, mark }) => [name, mark])).toEqual([
        ['valley', 'reject'],
        ['bridge', 'approve'],
      ]);
    }));

  it('is an overview with pictures without script, and says where the rest is', () =>
    look(
      '',
      async (tab) => {
        expect(await tab.locator('noscript').innerText()).toContain('need script to be shown');
        const shown = tab.locator('tr', { hasText: 'valley' }).locator('.tiles img');
        expect(
          await shown.evaluateAll((all) => all.map((each) => (each as HTMLImageElement).naturalWidth > 0)),
        ).toEqual(Array(16).fill(true));
      },
      { javaScriptEnabled: false },
    ));

  it('passes axe on two pages', () =>
    look(
      '',
      async (tab) => {
        for (const page of ['index.html', 'case/valley.html']) {
          await go(tab, page);
          expect(await axeViolations(tab)).toEqual([]);
        }
      },
      { bypassCSP: true, colorScheme: 'dark' },
    ));
});
