import { existsSync } from 'node:fs';
import { findProgram } from './find-program.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC_PATH = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The Chromium or Chrome that the tests drive: HOPSCOPE_CHROMIUM when set, else an installed one, else null (then
 * Playwright looks for one that it downloaded itself).
 * @returns {string | null}
 */
export function findChromium() {
  const chosen = process.env.HOPSCOPE_CHROMIUM;
  if (chosen !== undefined && chosen !== '') return chosen;
  if (process.platform === 'darwin' && existsSync(MAC_PATH)) return MAC_PATH;
  return findProgram(NAMES);
}
