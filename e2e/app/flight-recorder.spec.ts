import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { startWebHostProcess, type WebHostProcess } from './web-host.ts';

/** What is recorded always: begun, looked at, and stopped. Incidents are tested in virtual time, which has minutes to spare. */

let folder = '';
let host: WebHostProcess | null = null;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-flight-'));
});
test.afterEach(async () => {
  await host?.interrupt();
  rmSync(folder, { recursive: true, force: true });
});

test('a target is recorded always, opened in the workspace, and recorded no longer', async ({ context }) => {
  host = await startWebHostProcess(0, 'clean-home', folder, ['--record', '--flight-recorder', 'www.example.net']);
  const page = await context.newPage();
  await page.goto(`${host.url}`);
  await expect(page.getByText('Engine connected')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  const recorder = page.getByRole('region', { name: 'Flight recorder' });
  const targets = recorder.getByRole('list', { name: 'Recorded always' });
  await expect(targets.getByText('At rest')).toBeVisible();
  await expect(recorder.getByText('No incident so far.')).toBeVisible();
  await recorder.getByRole('textbox', { name: 'Targets to record always' }).fill('203.0.113.80');
  await recorder.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(targets.getByRole('listitem')).toHaveCount(2);
  await recorder.getByRole('button', { name: 'Record 203.0.113.80 no longer' }).click();
  await expect(targets.getByRole('listitem')).toHaveCount(1);
  await targets.getByRole('link', { name: 'www.example.net' }).click();
  await expect(page.getByText('Of the flight recorder, at rest')).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Timeline of the round trip to www.example.net' })).toBeVisible();
});
