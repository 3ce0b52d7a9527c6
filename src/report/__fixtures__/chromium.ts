import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { executablePath } from './launch.js';

export { executablePath, launch } from './launch.js';

/** To be called where tests of pages are declared. */
export function requireChromium(): void {
  if (executablePath === undefined)
    console.warn('No Chromium on PATH: the pages of the report are NOT tested in a browser.');
  it.runIf(process.env['REQUIRE_CHROMIUM'] === '1')('has the Chromium that REQUIRE_CHROMIUM=1 asks for', () =>
    expect(executablePath).toBeDefined(),
  );
}

/** What a page complained about and asked for. */
export interface Heard {
  complaints: string[];
  requests: string[];
}

/** Opens a page in a window of its own, 1280 x 720 unless told otherwise, and closes it after the look. */
export async function openPage<T>(
  browser: Browser,
  url: string,
  look: (page: Page, heard: Heard) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
  try {
    const tab = await context.newPage();
    const heard: Heard = { complaints: [], requests: [] };
    tab.on('console', (message) => heard.complaints.push(message.text()));
    tab.on('pageerror', (error) => heard.complaints.push(String(error)));
    tab.on('requestfailed', (request) => heard.complaints.push(`failed: ${request.url()}`));
    tab.on('dialog', (dialog) => heard.complaints.push(`dialog: ${dialog.message()}`));
    tab.on('request', (request) => heard.requests.push(request.url()));
    await tab.goto(url);
    return await look(tab, heard);
  } finally {
    await context.close();
  }
}

/** Opens everything that is folded away. */
export async function unfold(tab: Page): Promise<void> {
  await tab.locator('details').evaluateAll((all) => all.forEach((each) => ((each as HTMLDetailsElement).open = true)));
}

/** What axe finds wrong with what is shown. It has to be put into the page, so the context needs `bypassCSP`. */
export async function axeViolations(tab: Page): Promise<string[]> {
  await tab.addScriptTag({ content: axe.source });
  return tab.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
