import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApprovals } from '../../../gate/approvals.js';
import { axeViolations, executablePath, launch, openPage } from '../../__fixtures__/chromium.js';
import { sampleReport } from '../../__fixtures__/sample-report.js';

/** Comparing pictures on the page of a case, in a real browser. */

describe.skipIf(executablePath === undefined)('the comparison, in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  let browser: Browser;

  beforeAll(async () => {
    await sampleReport(folder);
    browser = await launch();
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const url = (hash = '') => `${pathToFileURL(join(folder, 'case/valley.html')).href}${hash}`;
  /** The page of `valley`; complains about nothing. */
  const look = (hash: string, see: (tab: Page) => Promise<void>, options?: BrowserContextOptions) =>
    openPage(
      browser,
      url(hash),
      async (tab, { complaints }) => {
        await see(tab);
        // axe asks for the style sheet in a way that a page from disk is not allowed.
        if (!options?.bypassCSP) expect(complaints).toEqual([]);
      },
      options,
    );
  const shown = (tab: Page) =>
    tab.locator('.side').evaluateAll((sides) => sides.map((side) => (side as HTMLElement).dataset['shot']));

  it('starts with what was approved beside the weakest of the candidate, both captioned', () =>
    look('', async (tab) => {
      expect(await shown(tab)).toEqual(['approved', 'v1-s2']);
      const captions = await tab.locator('.side figcaption').allInnerTexts();
      expect(captions[0]).toContain('Approved');
      expect(captions[1]).toContain('gemini-3-pro-image · v2');
      expect(await tab.locator('.reasons').innerText()).toContain('sample 2, consistency 0.5');
    }));

  it('puts any picture beside any other, and keeps all of it in the address', () =>
    look('', async (tab) => {
      await tab.locator('#shot-v4-s1').click();
      await tab.getByLabel('Picture A').selectOption('sheet-1');
      await tab.keyboard.press('3');
      await tab.keyboard.press('o');
      // A reload breaks off what is still being read, and that would count as a complaint.
      await tab.waitForLoadState('networkidle');
      await tab.reload({ waitUntil: 'networkidle' });
      expect(await shown(tab)).toEqual(['sheet-1', 'v4-s1']);
      expect(await tab.locator('.pair').getAttribute('data-mode')).toBe('onion');
      expect(await tab.getByLabel('Where found').isChecked()).toBe(true);
      await tab.keyboard.press('s');
      expect(await shown(tab)).toEqual(['v4-s1', 'sheet-1']);
      expect(Object.fromEntries(new URLSearchParams(new URL(tab.url()).hash.slice(1)))).toEqual({
        a: 'v4-s1',
        b: 'sheet-1',
        mode: 'onion',
        found: '1',
      });
    }));

  it.each([
    ['1', 'side'],
    ['2', 'slider'],
    ['3', 'onion'],
    ['4', 'blink'],
    ['5', 'difference'],
  ])('key %s compares by %s, and both captions stay', (key, mode) =>
    look('', async (tab) => {
      await tab.keyboard.press('2');
      await tab.keyboard.press(key);
      expect(await tab.locator('.pair').getAttribute('data-mode')).toBe(mode);
      for (const caption of await tab.locator('.side figcaption').all()) expect(await caption.isVisible()).toBe(true);
      const [a, b] = await tab.locator('.stage').all();
      const [boxA, boxB] = [await a?.boundingBox(), await b?.boundingBox()];
      expect(boxA?.x === boxB?.x).toBe(mode !== 'side');
      expect(await tab.getByRole('slider').isVisible()).toBe(mode === 'slider' || mode === 'onion');
    }),
  );

  it('blinks by itself only where motion is welcome', () =>
    look(
      '#mode=blink',
      async (tab) => {
        await tab.waitForTimeout(1500);
        expect(await tab.locator('.pair').getAttribute('class')).toBe('pair');
        await tab.getByRole('button', { name: 'Flip' }).click();
        expect(await tab.locator('.pair').getAttribute('class')).toContain('flipped');
      },
      { reducedMotion: 'reduce' },
    ));

  it('aligns two figures that were found: their middles meet', () =>
    look('#a=v2-s1&b=v1-s3&mode=onion', async (tab) => {
      const middles = () =>
        tab.locator('.side .outline').evaluateAll((outlines) =>
          outlines.map((outline) => {
            const { x, y, width, height } = outline.getBoundingClientRect();
            return { x: x + width / 2, y: y + height / 2, height };
          }),
        );
      await tab.getByLabel('Where found').check();
      const [a, before] = await middles();
      await tab.keyboard.press('a');
      const [, after] = await middles();
      expect(Math.abs((before?.x ?? 0) - (a?.x ?? 0))).toBeGreaterThan(5);
      expect(after?.x).toBeCloseTo(a?.x ?? NaN, 0);
      expect(after?.y).toBeCloseTo(a?.y ?? NaN, 0);
      expect(after?.height).toBeCloseTo(a?.height ?? NaN, 0);
    }));

  it('zooms both pictures together', () =>
    look('', async (tab) => {
      const size = () =>
        tab.locator('.placed').evaluateAll((all) => all.map((each) => each.getBoundingClientRect().width));
      const [fit] = await size();
      await tab.keyboard.press('+');
      const [a, b] = await size();
      expect(a).toBeCloseTo((fit ?? NaN) * 1.4, 0);
      expect(b).toBeCloseTo(a ?? NaN, 3);
      await tab.keyboard.press('-');
      expect((await size())[0]).toBeCloseTo(fit ?? NaN, 0);
    }));

  it('shows nothing on top of the pictures while Space is held', () =>
    look('#b=v2-s1&found=1', async (tab) => {
      const overlay = tab.locator('[data-side=b] .overlay .found');
      expect(await overlay.isVisible()).toBe(true);
      await tab.keyboard.down(' ');
      expect(await overlay.isVisible()).toBe(false);
      await tab.keyboard.up(' ');
      expect(await overlay.isVisible()).toBe(true);
    }));

  it('exports marks that approve can read', () =>
    look('', async (tab) => {
      await tab.keyboard.press('x');
      await tab.keyboard.press(']');
      await tab.keyboard.press('y');
      expect(await tab.locator('.marks').innerText()).toContain('1 approved, 1 rejected');
      const [download] = await Promise.all([
        tab.waitForEvent('download'),
        tab.getByRole('link', { name: 'Save approvals.json' }).click(),
      ]);
      const file = join(folder, download.suggestedFilename());
      await download.saveAs(file);
      const { marks, suite } = readApprovals(file);
      expect(suite).toBe('robot');
      expect(marks.map(({ case: name, variant, mark }) => [name, variant, mark])).toEqual([
        ['valley', 'pro-v2', 'reject'],
        ['valley', 'pro-v2', 'approve'],
      ]);
      expect(readFileSync(file, 'utf8')).not.toContain(folder);
      await tab.keyboard.press('u');
      expect(await tab.locator('.marks').innerText()).toContain('0 approved, 1 rejected');
    }));

  it('lists the keys behind ?, and lets single keys be switched off', () =>
    look('', async (tab) => {
      await tab.keyboard.press('?');
      expect(await tab.getByRole('dialog').innerText()).toContain('align the figures');
      await tab.getByLabel('Single keys are on').uncheck();
      await tab.keyboard.press('Escape');
      await tab.keyboard.press('2');
      expect(await tab.locator('.pair').getAttribute('data-mode')).toBe('side');
    }));

  it.each([
    ['light', ''],
    ['dark', '#mode=slider&found=1&weakest=1&differing=1'],
    ['light', '#mode=onion'],
    ['dark', '#mode=blink'],
    ['light', '#mode=difference'],
  ] as const)('passes axe: %s %s, and with the list of keys', (colorScheme, hash) =>
    look(
      hash,
      async (tab) => {
        expect(await axeViolations(tab)).toEqual([]);
        await tab.keyboard.press('?');
        expect(await axeViolations(tab)).toEqual([]);
      },
      { colorScheme, bypassCSP: true },
    ),
  );
});
