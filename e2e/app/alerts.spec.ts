import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';

/** Rules that raise alerts, in a simulated internet whose fault is known. */
test.describe('in a scenario whose destination does not answer', () => {
  test.use({ scenario: 'destination-silent' });

  test('a rule of loss enters, stands in the list and on the timeline, and its log can be tried out', async ({
    page,
  }) => {
    const field = page.getByRole('textbox', { name: 'Add targets' });
    await expect(page.getByText('Engine connected')).toBeVisible();
    await field.fill('www.example.net');
    await field.press('Enter');

    await goToView(page, 'Alerts');
    await page.getByRole('button', { name: /^Loss above 5 %/ }).click();
    const editor = page.getByRole('form', { name: 'New rule' });
    for (const [name, value] of [
      ['Rounds of a figure', '1'],
      ['Rounds that are enough', '2'],
      ['Rounds looked back on', '3'],
      ['Rounds at which it is over', '0'],
    ] as const) {
      await editor.getByRole('textbox', { name, exact: true }).fill(value);
    }
    const log = editor.getByRole('group', { name: 'Log' });
    await log.getByRole('button', { name: 'Test Log' }).click();
    await expect(log.getByRole('status')).toContainText(/^Written to .*alerts\.log\.$/);
    await editor.getByRole('button', { name: 'Make the rule' }).click();

    await expect(page.getByRole('list', { name: 'Rules' })).toContainText('Alert');
    const alerts = page.getByRole('list', { name: 'Alerts, the newest first' });
    await expect(alerts).toContainText('Loss is 100 %');
    await alerts.getByRole('button', { name: /^Show the time around/ }).click();
    await expect(page.getByRole('link', { name: 'Paths', exact: true })).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('[data-mark="alert"]').first()).toBeAttached();
  });
});
