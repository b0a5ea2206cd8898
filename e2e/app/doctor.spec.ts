import { expect, test } from './fixtures.ts';

/** The doctor on the kernel that the tests run on. */

test.use({ view: 'Doctor' });

test('the doctor tries every way of sending and says what works, with its numbers', async ({ page }) => {
  await expect(page.getByText('Echo requests can be sent over IPv4 and IPv6.').first()).toBeVisible();
  for (const family of ['IPv4', 'IPv6']) {
    const row = page.getByRole('row', { name: new RegExp(`^Unprivileged \\(ICMP datagram socket\\) ${family}`) });
    await expect(row).toContainText('Works');
    await expect(row).toContainText(/\d+\.\d{3} ms/);
  }
  await expect(page.getByRole('region', { name: 'This machine' })).toContainText('Linux');

  const checkedAt = await page.getByText(/^checked at/).innerText();
  // The time is told to the second.
  await page.waitForFunction((then) => !then.endsWith(new Date().toTimeString().slice(0, 8)), checkedAt);
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText(/^checked at/)).not.toHaveText(checkedAt);
});
