import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';
import { startWebHostProcess, type WebHostProcess } from './web-host.ts';

/** What was measured can be looked at again, after a restart too. One journey, so that something is measured only once. */

let folder = '';
let hosts: WebHostProcess[] = [];
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-sessions-'));
  hosts = [];
});
test.afterEach(async () => {
  // Where the test failed one is still running.
  await Promise.all(hosts.map((host) => host.interrupt()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<WebHostProcess> {
  const host = await startWebHostProcess(0, 'isp-loss', folder, ['--record']);
  hosts.push(host);
  return host;
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByText('Engine connected')).toBeVisible();
}

/** Rounds in the period in focus, as the page says it. */
async function roundsIn(focus: Locator): Promise<number> {
  // Another number stands before it.
  const words = focus.locator('p > span').last();
  await expect(words).toContainText(/[\d,]+ rounds?$/);
  return Number(/([\d,]+) rounds?$/.exec((await words.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
}

/** Opens the menu of a moment in the middle of the timeline of the round trip. */
async function openMomentMenu(page: Page): Promise<void> {
  const timeline = page.getByRole('figure', { name: /^Timeline of the round trip/ });
  await timeline.scrollIntoViewIfNeeded();
  const box = await timeline.boundingBox();
  if (box === null) throw new Error('The timeline is not there');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { button: 'right' });
}

test('a session is recorded, named, opened after a restart, commented, compared, deleted and taken back', async ({
  context,
}) => {
  const first = await start();
  let page = await context.newPage();
  await open(page, first.url);
  const field = page.getByRole('textbox', { name: 'Add targets' });
  await field.fill('www.example.net');
  await field.press('Enter');
  const focus = () => page.getByRole('region', { name: /^Focus/ });
  await expect(focus()).toContainText(/\b(1[2-9]|[2-9]\d) rounds/, { timeout: 40_000 });

  // A comment on the path that is being measured, by the keyboard.
  const comments = () => page.getByRole('region', { name: 'Comments' });
  await expect(comments().getByRole('textbox', { name: 'Comment', exact: true })).toBeVisible();
  await page.getByRole('heading', { name: 'www.example.net', level: 3 }).click();
  await page.keyboard.press('c');
  await expect(comments().getByRole('textbox', { name: 'Comment', exact: true })).toBeFocused();
  await page.keyboard.type('Router restarted');
  await page.keyboard.press('Enter');
  await expect(comments().getByRole('listitem')).toContainText('Router restarted');
  await expect(page.locator('[data-mark="comment"]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove www.example.net' }).first().click();

  await goToView(page, 'Sessions');
  const row = () => page.getByRole('table', { name: 'Sessions' }).getByRole('row').nth(1);
  await expect(row()).toContainText('Simulated');
  await expect(row()).not.toContainText('Live');
  await row().getByRole('link', { name: 'www.example.net' }).focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Before the engineer came');
  await page.keyboard.press('Enter');
  await expect(row().getByRole('link', { name: 'Before the engineer came' })).toBeFocused();
  await row().getByRole('button', { name: 'Actions for Before the engineer came' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Add a comment' }).click();
  await expect(row().getByRole('textbox', { name: 'Comment on Before the engineer came' })).toBeFocused();
  await page.keyboard.type('Old cable');
  await page.keyboard.press('Enter');
  await expect(row()).toContainText('Old cable');
  await page.close();
  expect(await first.interrupt()).toBe(0);

  const second = await start();
  page = await context.newPage();
  await open(page, second.url);
  await goToView(page, 'Sessions');
  await row().getByRole('link', { name: 'Before the engineer came' }).click();
  await expect(page.getByRole('heading', { name: 'Before the engineer came' })).toBeFocused();
  await expect(page.getByText(/^Recorded session/)).toBeVisible();
  await expect(comments().getByRole('listitem')).toContainText('Router restarted');

  // A part of it has its own numbers, and its own address.
  await expect(focus()).toContainText('the whole session');
  const whole = await roundsIn(focus());
  const sent = page.getByRole('region', { name: 'Hops' }).getByRole('row', { name: /^Round trip/ });
  await page.keyboard.press('+');
  await expect(focus()).not.toContainText('the whole session');
  await expect.poll(() => roundsIn(focus())).toBeLessThan(whole);
  const part = await roundsIn(focus());
  await expect(sent).toContainText(String(part));
  expect(new URL(page.url()).hash).toMatch(/^#\/sessions\?open=[0-9a-f]{16}&focus=/);
  await page.reload();
  await expect(page.getByText(/^Recorded session/)).toBeVisible();
  expect(await roundsIn(focus())).toBe(part);

  // A comment by pointing; removed, and taken back.
  await openMomentMenu(page);
  await page.getByRole('menuitem', { name: /^Comment on \d\d:\d\d:\d\d$/ }).click();
  await expect(comments().getByRole('textbox', { name: 'Comment', exact: true })).toBeFocused();
  await page.keyboard.type('Rain');
  await page.keyboard.press('Enter');
  await expect(comments().getByRole('listitem')).toHaveCount(2);
  await comments().getByRole('button', { name: 'Remove the comment Rain' }).click();
  await expect(comments().getByRole('listitem')).toHaveCount(1);
  await comments().getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(comments().getByRole('listitem')).toHaveCount(2);

  // What was before the moment against what was after it.
  await openMomentMenu(page);
  await page.getByRole('menuitem', { name: 'Compare before and after it' }).click();
  const conclusion = page.getByRole('region', { name: 'Conclusion' });
  await expect(conclusion).toContainText(/loss|probes/);
  await page.reload();
  await expect(conclusion).toContainText(/round trips/);
  const compared = page.getByRole('region', { name: 'Hops compared' });
  await expect(compared.getByRole('row').last()).toContainText('points');
  const rounds = (await conclusion.getByRole('definition').allTextContents()).map((text) =>
    Number(/(\d+) rounds?$/.exec(text)?.[1]),
  );
  expect(rounds[0] ?? 0).toBeGreaterThan(0);
  expect((rounds[0] ?? 0) + (rounds[1] ?? 0)).toBe(whole);

  await page.getByRole('link', { name: 'All sessions' }).click();
  await row().getByRole('link').focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('heading', { name: 'Nothing is recorded yet' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row().getByRole('link', { name: 'Before the engineer came' })).toBeVisible();
  expect(await second.interrupt()).toBe(0);
});
