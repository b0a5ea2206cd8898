/**
 * Takes the pictures of docs/screenshots: views of the built app over a simulated scenario, in light and dark (the doctor
 * shows the machine it runs on, so there is none of it).
 * `npm run build` first.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { findChromium } from './set-up/find-chromium.mjs';

const SCENARIO = 'isp-loss';
const TARGET = 'www.example.net';
/** Long enough that the loss is no accident any more. */
const MEASURED_MS = 60_000;
const SIZE = { width: 1_280, height: 900 };

const project = join(import.meta.dirname, '..');
const pictures = join(project, 'docs/screenshots');

const host = spawn(
  process.execPath,
  [join(project, 'out/main/cli.js'), 'serve', '--port', '0', '--simulate', SCENARIO],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const url = await printedUrl();
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(executablePath === null ? {} : { executablePath }),
  });
  await measure(browser, url);
  for (const colorScheme of ['light', 'dark'] as const) await photograph(browser, url, colorScheme);
  await browser.close();
} finally {
  host.kill();
}

async function printedUrl(): Promise<string> {
  for await (const chunk of host.stdout) {
    const found = /http:\/\/\S+/.exec(String(chunk));
    if (found) return found[0];
  }
  throw new Error('The browser host ended before it printed its URL');
}

async function measure(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: SIZE });
  await page.goto(url);
  const field = page.getByRole('textbox').first();
  await field.fill(TARGET);
  await field.press('Enter');
  await page.waitForTimeout(MEASURED_MS);
  await page.close();
}

async function photograph(browser: Browser, url: string, colorScheme: 'light' | 'dark'): Promise<void> {
  const page = await browser.newPage({ viewport: SIZE, colorScheme });
  await page.goto(url);
  for (const view of ['paths', 'overview']) {
    await page.goto(new URL(`#/${view}`, url).href);
    await page.waitForTimeout(4_000);
    if (view === 'paths') await page.getByRole('button', { name: /Evidence/ }).click();
    await page.screenshot({ path: join(pictures, `${view}-${colorScheme}.png`), fullPage: view === 'paths' });
  }
  await page.close();
}
