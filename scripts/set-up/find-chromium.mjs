import { existsSync } from 'node:fs';
import { findProgram } from './find-program.mjs';

/** Chromium without any of its own windows: half the work for each page. */
const WINDOWLESS = 'chromium-headless-shell';
/** The same without Debian's script around it, which stays between the browser and whoever ends it. */
const DEBIAN_WINDOWLESS = '/usr/lib/chromium/chromium-headless-shell';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC_PATH = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * A Chromium or Chrome to draw pages with: HOPSCOPE_CHROMIUM when set, else an installed one, else null (then
 * Playwright looks for one that it downloaded itself).
 * @returns {string | null}
 */
export function findChromium() {
  const chosen = process.env.HOPSCOPE_CHROMIUM;
  if (chosen !== undefined && chosen !== '') return chosen;
  if (process.platform === 'darwin' && existsSync(MAC_PATH)) return MAC_PATH;
  return findProgram([...NAMES, WINDOWLESS]);
}

/**
 * The one for the end-to-end tests, which open hundreds of pages: Chromium's headless shell where it is installed, else
 * what `findChromium` finds.
 * @returns {string | null}
 */
export function findTestChromium() {
  const chosen = process.env.HOPSCOPE_CHROMIUM;
  if (chosen !== undefined && chosen !== '') return chosen;
  if (existsSync(DEBIAN_WINDOWLESS)) return DEBIAN_WINDOWLESS;
  return findProgram([WINDOWLESS]) ?? findChromium();
}
