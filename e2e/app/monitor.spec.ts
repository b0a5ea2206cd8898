import type { Page } from 'playwright/test';
import { addresses } from '../lab/addresses.ts';
import { expect, test } from './fixtures.ts';

/** The live view against real addresses of the kernel lab, from the socket to the pixel. */

test.use({ view: 'Round trips' });

const TARGET = addresses.target.v4;

const cardOf = (page: Page, target: string) => page.getByRole('article', { name: target, exact: true });
const noticeIn = (page: Page, target: string, title: string) =>
  cardOf(page, target).getByRole('region', { name: title });

async function start(page: Page, typed: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Targets' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  await field.fill(typed);
  await field.press('Enter');
}

/** The drawn line; it changes whenever the chart moves. */
const lineOf = (page: Page, target: string) =>
  cardOf(page, target).locator('.recharts-line-curve').first().getAttribute('d');

/** The number under a label beside the chart. */
const numberOf = async (page: Page, target: string, label: string) => {
  const cell = cardOf(page, target)
    .locator('dl > div')
    .filter({ has: page.getByText(label, { exact: true }) });
  return Number.parseFloat(await cell.locator('dd').first().innerText());
};

test('round trips of a host behind two routers draw themselves and move', async ({ page }) => {
  await start(page, TARGET);
  const card = cardOf(page, TARGET);
  await expect(card.getByText('Answering', { exact: true }).first()).toBeVisible();
  await expect.poll(() => numberOf(page, TARGET, 'Sent')).toBeGreaterThanOrEqual(4);

  const before = await lineOf(page, TARGET);
  await expect.poll(() => lineOf(page, TARGET)).not.toBe(before);

  // Two routers in namespaces of one machine: more than nothing, far less than a tenth of a second.
  for (const label of ['Current', 'Min', 'Mean', 'Max']) {
    const rttMs = await numberOf(page, TARGET, label);
    expect(rttMs).toBeGreaterThan(0);
    expect(rttMs).toBeLessThan(100);
  }
  expect(await numberOf(page, TARGET, 'Loss, 95 % interval')).toBe(0);
});

test('several targets of both families run side by side', async ({ page }) => {
  await start(page, `${TARGET}, ${addresses.target.v6}\n127.0.0.1`);
  await expect(page.getByRole('heading', { name: '3 targets' })).toBeVisible();
  for (const target of [TARGET, addresses.target.v6, '127.0.0.1']) {
    await expect.poll(() => numberOf(page, target, 'Sent')).toBeGreaterThanOrEqual(2);
    await expect(cardOf(page, target).locator('.recharts-line-curve')).toHaveCount(1);
  }
  await expect(cardOf(page, addresses.target.v6)).toContainText('IPv6');
});

test('each failure is told in place, with its cure', async ({ page }) => {
  const { silent, noRoute, noRouteAtFirstRouter, firstRouter } = addresses;
  await start(page, `no-such-host.invalid ${noRoute.v4} ${noRouteAtFirstRouter.v4} ${silent.v4}`);

  const unresolved = cardOf(page, 'no-such-host.invalid');
  await expect(unresolved.getByRole('region')).toContainText('“no-such-host.invalid”');
  await expect(unresolved.getByRole('region')).toContainText('numeric address');
  await expect(unresolved.getByRole('button', { name: 'Try again: no-such-host.invalid' })).toBeEnabled();

  await expect(noticeIn(page, noRoute.v4, 'No route')).toContainText('ip route');
  await expect(noticeIn(page, noRouteAtFirstRouter.v4, 'Network unreachable')).toContainText(
    `${firstRouter.v4} says that it has no way to the network of the destination (ICMP type 3, code 0).`,
  );
  await expect(noticeIn(page, silent.v4, 'No answer so far')).toContainText('a firewall drops echo requests');
  await expect(cardOf(page, silent.v4).locator('[data-mark="lost"]')).not.toHaveCount(0);
  // What could not be sent is no loss.
  await expect(cardOf(page, noRoute.v4).locator('[data-mark="not-sent"]')).not.toHaveCount(0);
  await expect(cardOf(page, noRoute.v4).locator('[data-mark="lost"]')).toHaveCount(0);
});

test('a paused target sends nothing, shows a gap and no loss, and goes on when resumed', async ({ page }) => {
  await start(page, TARGET);
  const card = cardOf(page, TARGET);
  await expect.poll(() => numberOf(page, TARGET, 'Sent')).toBeGreaterThanOrEqual(2);
  await card.getByRole('button', { name: `Pause ${TARGET}` }).click();
  await expect(card.getByText('Paused', { exact: true }).first()).toBeVisible();
  const sent = await numberOf(page, TARGET, 'Sent');

  await expect(card.getByText('no data').first()).toBeVisible();
  expect(await numberOf(page, TARGET, 'Sent')).toBe(sent);
  await card.getByRole('button', { name: `Resume ${TARGET}` }).click();
  await expect.poll(() => numberOf(page, TARGET, 'Sent')).toBeGreaterThan(sent);
  await expect(card.locator('[data-mark="lost"]')).toHaveCount(0);
  await card.getByRole('button', { name: `Remove ${TARGET}` }).click();
  await expect(page.getByText('Nothing is being watched yet')).toBeVisible();
});

test('monitors outlive the page that shows them', async ({ page }) => {
  await start(page, TARGET);
  await expect.poll(() => numberOf(page, TARGET, 'Sent')).toBeGreaterThanOrEqual(3);
  const sent = await numberOf(page, TARGET, 'Sent');
  await page.reload();
  await expect.poll(() => numberOf(page, TARGET, 'Sent')).toBeGreaterThanOrEqual(sent);
});

test('wrong input is named and adds nothing', async ({ page }) => {
  await start(page, `${TARGET}, 10.71.3.256`);
  await expect(page.getByText('“10.71.3.256” is not a complete IPv4 address')).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(0);
});
