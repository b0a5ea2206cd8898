import { addresses } from '../lab/addresses.ts';
import { expect, test } from './fixtures.ts';

/** Everything by the keyboard, under the strict style policy of the hosts. */

test('a target is added and the views are gone through without the mouse', async ({ page }) => {
  const { target } = addresses;
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await expect(page.getByText('Engine connected')).toBeVisible();
  const commands = page.getByRole('dialog', { name: 'Commands' });
  const find = commands.getByRole('combobox', { name: 'Find a command' });

  await page.keyboard.press('Control+k');
  await expect(find).toBeFocused();
  await page.keyboard.type(target.v4);
  await page.keyboard.press('Enter');
  await expect(commands).toBeHidden();
  const hops = page.getByRole('region', { name: 'Hops' });
  await expect(hops.getByRole('button', { name: 'Timeline of hop 1' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('timeline hop 1');
  await page.keyboard.press('Enter');
  await expect(hops.getByRole('button', { name: 'Timeline of hop 1' })).toHaveAttribute('aria-pressed', 'true');

  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: `Resume ${target.v4}` })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('gosw');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sweep', level: 2 })).toBeFocused();
  await expect(commands).toBeHidden();

  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await expect(page.getByRole('textbox', { name: 'Add targets' })).toBeFocused();
  expect(problems).toEqual([]);
});
