/**
 * Takes the pictures of docs/screenshots: every view of the built app over a simulated scenario, in light and dark; the
 * sockets, which a simulated internet has none of, over this machine's loopback, which this account must be let ping. Where
 * pngquant is installed (Debian's package of that name) they are made small with it. `npm run build` first. With names of
 * pictures as arguments (`sessions session`) only these.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { chromium, type Page } from 'playwright';
import { VIEWS, type ViewId } from '../src/contract/views.ts';
import { findChromium } from './set-up/find-chromium.mjs';
import { findProgram } from './set-up/find-program.mjs';

const SCENARIO = 'isp-loss';
const TARGETS = ['www.example.net', '203.0.113.81', '198.51.100.1', '192.168.1.1'];
const RANGE = '203.0.113.0/25';
/** Long enough that the loss is no accident any more. */
const MEASURED_MS = 75_000;
/** By then a view that was opened has its numbers, charts and order. */
const SETTLED_MS = 4_000;
const SIZE = { width: 1_280, height: 900 };
const MOST_BYTES = 150_000;

/** What a person does in a view before there is something to see in it, once for both pictures. */
const FILLED: Partial<Record<ViewId, (page: Page) => Promise<void>>> = {
  paths: (page) => type(page, 'Add targets', TARGETS.join(' ')),
  alerts: async (page) => {
    await makeRule(page, 'Loss above 5 %');
    await makeRule(page, 'No answer', async () => {
      await page.getByRole('combobox', { name: 'Condition' }).selectOption('unreachable');
      await page.getByRole('textbox', { name: 'Rounds without an answer' }).fill('1');
    });
  },
  'round-trips': (page) => type(page, 'Targets', TARGETS.slice(0, 2).join(' ')),
  sweep: (page) => type(page, 'Ranges', RANGE),
};

/** What is opened for a picture. */
const OPENED: Partial<Record<ViewId, (page: Page) => Promise<void>>> = {
  paths: (page) => page.getByRole('button', { name: /Evidence/ }).click(),
  doctor: async (page) => {
    await page.getByRole('button', { name: 'Run the self-test' }).click();
    await page.getByRole('columnheader', { name: 'Layer' }).waitFor();
  },
};

/** Pictures that are shown whole, however long they are. */
const WHOLE: readonly string[] = ['paths', 'session', 'comparison', 'sockets'];

/** Places within views that have a picture of their own, each from where the one before it led. */
const PLACES: readonly { readonly name: string; readonly goTo: (page: Page) => Promise<void> }[] = [
  {
    name: 'session',
    goTo: async (page) => {
      await show(page, 'sessions');
      await page.getByRole('link', { name: TARGETS[0] ?? '' }).click();
    },
  },
  {
    name: 'comparison',
    goTo: async (page) => {
      await page.getByRole('figure', { name: /^Timeline of the round trip/ }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Compare before and after it' }).click();
    },
  },
];

const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

/** Not shown: what is true only of the machine that takes the pictures. */
const OF_THIS_MACHINE = '[aria-labelledby="this-machine"] { display: none }';

const project = join(import.meta.dirname, '..');
const pictures = join(project, 'docs/screenshots');
const pngquant = findProgram(['pngquant']);
const executablePath = findChromium();

const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath === null ? {} : { executablePath }),
});
try {
  if (wanted.length === 0 || wanted.some((name) => name !== 'sockets')) {
    await withHost(['--simulate', SCENARIO, '--record'], photograph);
  }
  if (isWanted('sockets')) await withHost([], photographSockets);
} finally {
  await browser.close();
}

/** A page on a browser host of its own, which lasts as long as the page is used. */
async function withHost(options: readonly string[], use: (page: Page) => Promise<void>): Promise<void> {
  // Never the settings and sessions of whoever takes the pictures.
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-'));
  const host = spawn(process.execPath, [join(project, 'out/main/cli.js'), 'serve', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOPSCOPE_CONFIG_DIR: folder, HOPSCOPE_DATA_DIR: folder },
  });
  try {
    await use(await openPage(await printedUrl(host.stdout)));
  } finally {
    host.kill();
    await new Promise((resolve) => host.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function printedUrl(output: Readable): Promise<string> {
  for await (const chunk of output) {
    const found = /http:\/\/\S+/.exec(String(chunk));
    if (found) return found[0];
  }
  throw new Error('The browser host ended before it printed its URL');
}

async function openPage(url: string): Promise<Page> {
  const page = await browser.newPage({
    viewport: SIZE,
    colorScheme: 'light',
    // Or the colours would be half of the other theme.
    reducedMotion: 'reduce',
    // The page's policy would refuse the style that hides this machine.
    bypassCSP: true,
  });
  await page.goto(url);
  return page;
}

/** One request to this machine itself, whose payload can be read among the bytes. */
async function photographSockets(page: Page): Promise<void> {
  await show(page, 'sockets');
  // Root may do that whatever the system lets others do.
  if (process.getuid?.() === 0) await page.getByLabel('Privileged').selectOption('Yes (raw)');
  await page.getByRole('radiogroup', { name: 'Kind of payload' }).getByText('Text').click();
  await page.getByRole('textbox', { name: 'Payload' }).fill('Where does it hurt?');
  await type(page, 'Destination', '127.0.0.1');
  await page.getByRole('region', { name: 'Bytes of the answer' }).waitFor();
  await takeBoth(page, 'sockets');
}

/** Every view of the simulated internet; one page for all, since a sweep is the page's own. */
async function photograph(page: Page): Promise<void> {
  for (const { id } of VIEWS) {
    await show(page, id);
    await FILLED[id]?.(page);
  }
  await page.waitForTimeout(MEASURED_MS);
  await comment(page);
  for (const { id } of VIEWS.filter((view) => view.id !== 'sockets' && isWanted(view.id))) {
    await show(page, id);
    await page.waitForTimeout(SETTLED_MS);
    await OPENED[id]?.(page);
    await takeBoth(page, id);
  }
  for (const { name, goTo } of PLACES) {
    await goTo(page);
    await page.waitForTimeout(SETTLED_MS);
    if (isWanted(name)) await takeBoth(page, name);
  }
}

/** A comment on the first path, so that there is one to be seen. */
async function comment(page: Page): Promise<void> {
  await show(page, 'paths');
  const field = page.getByRole('textbox', { name: 'Comment', exact: true });
  await field.fill('Router restarted');
  await field.press('Enter');
}

async function takeBoth(page: Page, name: string): Promise<void> {
  // Else where it was scrolled to would be the middle of a whole picture.
  await page.evaluate('scrollTo(0, 0)');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await take(page, join(pictures, `${name}-${colorScheme}.png`), WHOLE.includes(name));
  }
}

async function show(page: Page, view: ViewId): Promise<void> {
  // Only the fragment is another one, so the page stays.
  await page.goto(new URL(`#/${view}`, page.url()).href);
}

async function type(page: Page, field: string, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: field, exact: true });
  await box.fill(text);
  await box.press('Enter');
}

/** By a suggestion, or where there are rules already by the button for a new one. */
async function makeRule(page: Page, suggestion: string, fill?: () => Promise<void>): Promise<void> {
  const suggested = page.getByRole('button', { name: suggestion });
  if (await suggested.isVisible()) await suggested.click();
  else await page.getByRole('button', { name: 'New rule' }).click();
  await fill?.();
  await page.getByRole('button', { name: 'Make the rule' }).click();
}

async function take(page: Page, path: string, isWhole: boolean): Promise<void> {
  await page.screenshot({ path, fullPage: isWhole, style: OF_THIS_MACHINE });
  if (pngquant !== null) {
    const { status } = spawnSync(
      pngquant,
      ['--force', '--skip-if-larger', '--strip', '--speed', '1', '--output', path, path],
      {
        stdio: 'inherit',
      },
    );
    // 98: it would have been larger, so it stays as it is.
    if (status !== 0 && status !== 98) throw new Error(`pngquant ended with ${status}`);
  }
  const { size } = statSync(path);
  console.log(`${path}: ${Math.round(size / 1_000)} kB${size > MOST_BYTES ? ', more than it should have' : ''}`);
}
