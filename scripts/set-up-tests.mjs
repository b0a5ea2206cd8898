/** What the tests need beside the program: the tools of the lab network, and a browser. Run at the start of `npm test`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findTestChromium } from './set-up/find-chromium.mjs';
import { ensurePrograms } from './set-up/packages.mjs';

const ROOT = resolve(import.meta.dirname, '..');

const LAB = [
  { program: 'ip', debianPackage: 'iproute2' },
  { program: 'nft', debianPackage: 'nftables' },
  { program: 'unshare', debianPackage: 'util-linux' },
  { program: 'setpriv', debianPackage: 'util-linux' },
  { program: 'tcpdump', debianPackage: 'tcpdump' },
];

const CHROMIUM = { program: 'chromium-headless-shell', debianPackage: 'chromium-headless-shell' };

/** Ubuntu's `chromium` package only points at a snap, which needs a running snapd. */
function hasChromiumPackage() {
  return existsSync('/etc/debian_version') && !existsSync('/etc/lsb-release');
}

/** Has Playwright download its own Chromium: the way where no package brings one. */
function downloadChromium() {
  const playwright = join(ROOT, 'node_modules/playwright/cli.js');
  return spawnSync(process.execPath, [playwright, 'install', 'chromium'], { stdio: 'inherit' }).status === 0;
}

/** The headless shell where it can be had, though there may be a whole browser: the tests take half the time with it. */
function ensureBrowser() {
  const isChosen = (process.env.HOPSCOPE_CHROMIUM ?? '') !== '';
  const missing = !isChosen && hasChromiumPackage() ? ensurePrograms([CHROMIUM]) : '';
  if (missing === null || findTestChromium() !== null || downloadChromium()) return null;
  return `Missing: a browser. ${missing}Install Chromium or Chrome, or name one in HOPSCOPE_CHROMIUM.`;
}

/**
 * Makes sure of the tools of the lab network, where it can be.
 * @returns {string | null} null, or a sentence with what is missing and how to get it.
 */
export function ensureLab() {
  return process.platform === 'linux' ? ensurePrograms(LAB) : null;
}

/**
 * Makes sure of everything the tests need on this platform.
 * @returns {string | null} null, or a sentence with what is missing and how to get it.
 */
export function ensureTestTools() {
  return ensureLab() ?? ensureBrowser();
}
