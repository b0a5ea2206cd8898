import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';

/** A lesson played beside the network: a fault whose cause is known, seen from the start to the verdict. */

test('a scenario is played, its verdict appears, and everything of it is marked as simulated', async ({ page }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Play Loss at the provider' }).click();

  const lesson = page.getByRole('region', { name: 'Lesson: Loss at the provider' });
  await expect(lesson).toContainText('hops 1 and 2 lose nothing');
  // Ten minutes are told in ten seconds; the loss is sure long before.
  await expect(lesson).toContainText('it says so now');
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(
    /of the packets are lost at or after hop 3 \(edge1\.access\.example/,
  );
  const rail = page.getByRole('list', { name: 'Targets under watch' });
  await expect(rail.getByRole('listitem')).toContainText('Simulated');

  await goToView(page, 'Overview');
  await expect(page.getByRole('button', { name: '1 simulated' })).toBeVisible();
  await goToView(page, 'Learn');
  await page.getByRole('button', { name: 'Stop Loss at the provider' }).click();
  await expect(page.getByRole('button', { name: 'Play Loss at the provider' })).toBeVisible();
});

test('a scenario that is played is looked at, whatever else is watched', async ({ page }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Add targets' });
  await field.fill('127.0.0.1');
  await field.press('Enter');
  await expect(page.getByRole('list', { name: 'Targets under watch' }).getByRole('listitem')).toHaveCount(1);
  await goToView(page, 'Learn');
  await page.getByRole('button', { name: 'Play Bad Wi-Fi' }).click();
  await expect(page.getByRole('region', { name: 'Lesson: Bad Wi-Fi' })).toBeVisible();
});
