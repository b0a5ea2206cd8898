/** `npm start`: the desktop app, or the same app in the browser where there can be no desktop app. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePrograms } from './build.mjs';
import { ensureElectron } from './set-up/electron-binary.mjs';

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
    ? { kind: 'browser', reason: 'Electron’s program could not be downloaded' }
    : { kind: 'desktop', electron };
}

/** @param {string} electron */
function openDesktop(electron) {
  const app = spawn(electron, [ROOT], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => app.kill(signal));
  app.on('error', (error) => {
    console.error(`${electron} could not be started: ${error.message}`);
    process.exit(1);
  });
  app.on('exit', (code) => process.exit(code ?? 1));
}

if (!ensurePrograms()) process.exit(1);
const face = chooseFace();
if (face.kind === 'desktop') openDesktop(face.electron);
else {
  console.log(`Serving Hopscope to your browser, because ${face.reason}.`);
  await import(pathToFileURL(join(ROOT, 'out/main/web.js')).href);
}
