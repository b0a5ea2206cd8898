#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { open } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from './chromium.ts';
import { createElectron, provideElectron } from './electron-module.ts';

/**
 * A stand-in for the Electron executable, for machines where the real one cannot be had: it runs an app's built main
 * in this Node and its pages in a headless Chromium, and takes the arguments that Playwright and electron-vite give.
 * What it cannot show: Electron's own sandbox, its packaging, and the native parts of windows, menus and dialogs.
 */

const argumentsGiven = process.argv.slice(2);
const switches = argumentsGiven.filter((argument) => argument.startsWith('--'));
const userDataSwitch = '--user-data-dir=';
const appFolder = resolve(argumentsGiven.find((argument) => !argument.startsWith('-')) ?? '.');
const userData =
  switches.find((given) => given.startsWith(userDataSwitch))?.slice(userDataSwitch.length) ??
  join(tmpdir(), 'hopscope-electron-double-user-data');

// Playwright waits for the two lines "Debugger listening on" and, further down, "DevTools listening on".
if (switches.some((given) => given.startsWith('--inspect'))) open(0, '127.0.0.1');

Object.defineProperty(process.versions, 'electron', { value: electronVersion(), enumerable: true });
Object.defineProperty(process, 'type', { value: 'browser' });
process.argv.splice(1, process.argv.length - 1, appFolder);

const chromium = await startChromium(switches.filter((given) => given === '--no-sandbox'));
const { exports, app, becomeReady } = await createElectron(appFolder, userData, chromium);
chromium.cdp.onClose(() => app.exit(1));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => app.quit());
provideElectron(exports);
await chromium.cdp.send('Target.setDiscoverTargets', { discover: true });
await chromium.cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
// Playwright asks for the module as soon as it reads this line, so the module is there before it.
console.error(`DevTools listening on ${chromium.devToolsUrl}`);

const { main } = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'));
try {
  await import(pathToFileURL(resolve(appFolder, main)).href);
} catch (error) {
  console.error(error);
  app.exit(1);
}
becomeReady();

/** The version of the Electron that the app is written for. */
function electronVersion(): string {
  const path = join(import.meta.dirname, '../../node_modules/electron/package.json');
  return JSON.parse(readFileSync(path, 'utf8')).version;
}
