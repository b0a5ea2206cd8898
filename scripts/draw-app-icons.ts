/**
 * Draws resources/icon.svg at every size that systems ask for, into resources/icons: `npm run app-icons`. The files of
 * Windows and macOS that hold several sizes are made of these when a package is.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ICON_FOLDER, ICON_SIZES, iconFile } from './package/desktop/icon-files.ts';
import { findChromium } from './set-up/find-chromium.mjs';

const drawing = readFileSync(join(ICON_FOLDER, '../icon.svg'), 'utf8').replace(/ width="\d+" height="\d+"/, '');
mkdirSync(ICON_FOLDER, { recursive: true });
const executablePath = findChromium();
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath === null ? {} : { executablePath }),
});
const page = await browser.newPage();
for (const size of ICON_SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${drawing}`);
  writeFileSync(join(ICON_FOLDER, iconFile(size)), await page.screenshot({ omitBackground: true }));
}
await browser.close();
