import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { expect, type Page, test } from 'playwright/test';
import { sessionFile } from './session-file.ts';

/** The report of a session as one file, opened as who it was sent to opens it. */

const CLI = join(import.meta.dirname, '../../out/main/cli.js');

let folder: string;
let report: string;
let masked: string;

/** Runs the built program over sessions of its own; gives what it prints and what it notes. */
function hopscope(...args: string[]): { out: string; notices: string } {
  const env = { ...process.env, HOPSCOPE_DATA_DIR: join(folder, 'sessions'), TZ: 'Europe/Berlin' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`hopscope ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { out: stdout, notices: stderr };
}

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-report-'));
  const file = join(folder, 'session.json');
  writeFileSync(file, sessionFile());
  const id = /as session ([0-9a-f]{16})/.exec(hopscope('sessions', 'import', file).out)?.[1] ?? '';
  report = join(folder, 'report.html');
  masked = join(folder, 'masked.html');
  hopscope('report', id, '--html', report);
  expect(hopscope('report', id, '--html', masked, '--mask').notices).toContain('masked-1 is fritz.box (192.168.178.1)');
});

test.afterAll(() => rmSync(folder, { recursive: true }));

/** Opens a file and gives every address that is asked for. */
async function openFile(page: Page, path: string): Promise<{ requests: string[]; problems: string[] }> {
  const [requests, problems]: string[][] = [[], []];
  page.on('request', (request) => requests?.push(request.url()));
  page.on('console', (message) => problems?.push(message.text()));
  page.on('pageerror', (error) => problems?.push(error.message));
  await page.goto(pathToFileURL(path).href);
  return { requests: requests ?? [], problems: problems ?? [] };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe: engine } = window as unknown as { axe: typeof axe };
    const results = await engine.run(document, { resultTypes: ['violations'] });
    return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
  });
}

test('the report opens from a file without a request to any network, and says what was found', async ({ page }) => {
  const { requests, problems } = await openFile(page, report);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connection report: www.example.net (198.51.100.1)');
  await expect(page.getByText('2026-11-22 12:00:00 UTC (13:00:00 local, UTC+01:00)').first()).toBeVisible();
  await expect(page.getByRole('img')).toHaveCount(5);
  // 60 of 1,800 probes of the round trip and of the last hop were lost: 3.3 %.
  await expect(page.getByRole('row', { name: /round trip/ })).toContainText('3.3%');
  // What a stranger named is text.
  await expect(page.getByRole('cell', { name: '<script>alert(1)</script>' })).toBeVisible();
  await expect(page.getByText('Evenings </script><img src=https://example.com/x>')).toBeVisible();
  expect(await page.locator('img, script:not([type]):not(:last-of-type), iframe, link').count()).toBe(0);
  expect([requests, problems]).toEqual([[pathToFileURL(report).href], []]);
});

test('the report holds its raw data, which imports as the session that it is of', async ({ page }) => {
  await openFile(page, report);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the raw data' }).click();
  const saved = join(folder, 'saved.json');
  await (await saving).saveAs(saved);
  const { out } = hopscope('sessions', 'import', saved);
  expect(out).toContain('1,800 rounds to www.example.net');
  const id = /as session ([0-9a-f]{16})/.exec(out)?.[1] ?? '';
  expect(JSON.parse(hopscope('sessions', 'export', id).out)).toEqual(JSON.parse(readFileSync(saved, 'utf8')));
});

test('what is masked is nowhere in the file', () => {
  const text = readFileSync(masked, 'utf8');
  expect(text).toContain('masked-1');
  for (const secret of ['192.168.178.1', '10.20.30.1', 'fritz.box']) expect(text).not.toContain(secret);
});

test('axe finds nothing in the report, light or dark, wide or narrow', async ({ page }) => {
  for (const file of [report, masked]) {
    await openFile(page, file);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 400, height: 800 });
  expect(await violations(page)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(400);
});

test('the report prints on a few pages, light whatever the screen is', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openFile(page, report);
  const pdf = join(folder, 'report.pdf');
  await page.pdf({ path: pdf, format: 'A4', printBackground: true });
  const pages = readFileSync(pdf, 'latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThanOrEqual(2);
  expect(pages).toBeLessThanOrEqual(5);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(background).toBe('rgb(255, 255, 255)');
  await expect(page.getByRole('button')).toBeHidden();
});
