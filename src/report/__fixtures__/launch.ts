import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** The Chromium on PATH; without one the tests of pages say so and are skipped. */
export const executablePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
  .find((file) => existsSync(file));

const quiet =
  'headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update disable-sync';

/** A browser that asks for nothing by itself. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? '',
    args: quiet.split(' ').map((flag) => `--${flag}`),
  });
}
