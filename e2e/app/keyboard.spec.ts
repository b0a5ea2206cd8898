import type { Locator } from 'playwright';
import { expect, type Page, test } from './fixtures.ts';

/** The whole journey without a pointer. */

test.use({ scenario: 'isp-loss' });

/** Presses Tab until this has the keyboard, as a person does who sees where it is. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeAttached();
  // Found once: to look a role up takes longer than to press a key.
  const element = await wanted.elementHandle();
  const isFocused = () => element?.evaluate((one) => one === document.activeElement);
  for (let presses = 0; presses < 80 && !(await isFocused()); presses += 1) await page.keyboard.press('Tab');
  await expect(wanted).toBeFocused();
}

test('targets, verdict, focus, hops and overview are all within reach of the keyboard', async ({ page }) => {
  // Some sixty presses, each looked at, while the page draws.
  await expect(page.getByText('Engine connected')).toBeVisible();
  await tabTo(page, page.getByRole('textbox', { name: 'Add targets' }));
  await page.keyboard.type('www.example.net 203.0.113.81');
  await page.keyboard.press('Enter');
  const rail = page.getByRole('list', { name: 'Targets under watch' });
  await expect(rail.getByRole('listitem')).toHaveCount(2);

  await tabTo(page, rail.getByRole('button', { name: '203.0.113.81' }));
  await page.keyboard.press('Enter');
  await expect(rail.getByRole('button', { name: '203.0.113.81' })).toHaveAttribute('aria-current', 'true');

  const verdict = page.getByRole('region', { name: 'Verdict' });
  await tabTo(page, verdict.getByRole('button').first());
  await page.keyboard.press('Enter');
  await expect(verdict.getByRole('button').first()).toHaveAttribute('aria-expanded', 'true');

  const live = page.getByRole('radiogroup', { name: 'Length of the period' }).getByRole('radio');
  await tabTo(page, live.and(page.locator(':checked')));
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => new URL(page.url()).href).toContain('focus');

  const hop = page.getByRole('button', { name: 'Timeline of hop 3', exact: true });
  await tabTo(page, hop);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Timelines' }).getByRole('figure')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(hop).toHaveAttribute('aria-pressed', 'false');

  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await expect(page.getByRole('heading', { name: 'Overview', level: 2 })).toBeFocused();
  const tiles = page.getByRole('main').getByRole('heading', { level: 3 }).getByRole('link');
  await expect(tiles).toHaveCount(2);
  await tabTo(page, tiles.first());
  await page.keyboard.press('ArrowRight');
  await expect(tiles.nth(1)).toBeFocused();
  const name = await tiles.nth(1).textContent();
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle('Paths · Hopscope (simulated)');
  await expect(rail.locator('[aria-current]')).toContainText(name ?? 'no name');
});
