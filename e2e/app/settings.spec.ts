import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright/test';
import { launchDesktop } from './desktop-app.ts';
import { expect, type Host, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';
import { startWebHostProcess } from './web-host.ts';

/** What a person has set and what they watch outlives the host, in both of them; each test has a folder of its own. */

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-kept-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A run of the program over the folder of this test. */
async function start(host: Host, context: BrowserContext): Promise<{ page: Page; end: () => Promise<unknown> }> {
  if (host === 'desktop') {
    const desktop = await launchDesktop('light', undefined, folder);
    await expect(desktop.page.getByText('Engine connected')).toBeVisible();
    return { page: desktop.page, end: desktop.close };
  }
  const webHost = await startWebHostProcess(0, null, folder);
  const page = await context.newPage();
  await page.goto(webHost.url);
  await expect(page.getByText('Engine connected')).toBeVisible();
  return {
    page,
    end: async () => {
      await page.close();
      return webHost.interrupt();
    },
  };
}

test('settings hold at once, survive a restart, and a value that is not allowed is told at its field', async ({
  host,
  context,
}) => {
  const first = await start(host, context);
  await first.page.keyboard.press('g');
  await first.page.keyboard.press(',');
  await expect(first.page.getByRole('heading', { name: 'Settings', level: 2 })).toBeFocused();
  await first.page.getByRole('radiogroup', { name: 'Theme' }).last().getByText('Dark', { exact: true }).click();
  await expect(first.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');

  const interval = first.page.getByRole('textbox', { name: 'Interval' });
  await interval.fill('5');
  await interval.press('Enter');
  await expect(
    first.page.getByText('“5” is not allowed. Allowed is a whole number from 100 to 3,600,000 ms.'),
  ).toBeVisible();
  await interval.fill('2,500');
  await interval.press('Enter');
  await expect(first.page.getByRole('button', { name: 'Interval: back to default, 1,000 ms' })).toBeVisible();
  await first.end();
  expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toEqual({ theme: 'dark', intervalMs: 2_500 });

  const second = await start(host, context);
  await expect(second.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await goToView(second.page, 'Settings');
  await expect(second.page.getByRole('textbox', { name: 'Interval' })).toHaveValue('2500');
  await second.page.getByRole('button', { name: /^Interval: back to default/ }).click();
  await expect(second.page.getByRole('textbox', { name: 'Interval' })).toHaveValue('1000');
  await second.end();
});

test('what is watched is watched again after a restart, paused where it was', async ({ host, context }) => {
  const first = await start(host, context);
  await goToView(first.page, 'Round trips');
  const field = first.page.getByRole('textbox', { name: 'Targets' });
  await field.fill('127.0.0.1, 127.0.0.2');
  await field.press('Enter');
  const paused = first.page.getByRole('article', { name: '127.0.0.2' });
  await paused.getByRole('button', { name: /^Pause/ }).click();
  await expect(paused.getByText('Paused', { exact: true })).toBeVisible();
  await first.end();

  const second = await start(host, context);
  await goToView(second.page, 'Round trips');
  await expect(
    second.page.getByRole('article', { name: '127.0.0.2' }).getByText('Paused', { exact: true }),
  ).toBeVisible();
  await expect(second.page.getByRole('article')).toHaveCount(2);
  await second.end();
});

test('a file that cannot be used is told, and kept aside', async ({ host, context }) => {
  writeFileSync(join(folder, 'settings.json'), '{"theme":"da');
  const run = await start(host, context);
  await goToView(run.page, 'Settings');
  await expect(run.page.getByRole('region', { name: 'Settings could not be read' })).toContainText('Nothing is lost');
  await run.end();
});
