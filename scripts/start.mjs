/**
 * `npm start`: the desktop app, or the same app in the browser where there can be no desktop app. What follows after
 * `npm start --` is for `hopscope serve` (`npm start -- --port 8080`) and counts in the browser only.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePrograms } from './build.mjs';
import { ELECTRON_CURE, ensureElectron } from './set-up/electron-binary.mjs';
import { openDesktop } from './start/open-desktop.mjs';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Why the desktop app cannot open here, or the program to open it with.
 * @returns {{ kind: 'desktop', electron: string } | { kind: 'browser', reason: string }}
 */
function chooseFace() {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { kind: 'browser', reason: 'there is no display' };
    // Chromium can run as root only with its sandbox off, and pages of ours should not run as root without one.
    if (process.getuid?.() === 0) return { kind: 'browser', reason: 'the desktop app does not run as root' };
  }
  const electron = ensureElectron();
  return electron === null
    ? { kind: 'browser', reason: `Electron’s program could not be downloaded (${ELECTRON_CURE})` }
    : { kind: 'desktop', electron };
}

/** @param {string} reason */
async function serveToBrowser(reason) {
  console.log(`Serving Hopscope to your browser, because ${reason}.`);
  const program = join(ROOT, 'out/main/cli.js');
  process.argv.splice(1, 1, program, 'serve');
  await import(pathToFileURL(program).href);
}

if (!ensurePrograms()) process.exit(1);
const face = chooseFace();
const next = face.kind === 'desktop' ? await openDesktop(face.electron, [ROOT]) : face;
if (next.kind === 'exit') process.exit(next.code);
await serveToBrowser(next.reason);
