import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';

/** Simulated internets, whose faults are known: what the page says of them is right or wrong. */

test.describe('in a scenario where the provider loses packets', () => {
  test.use({ scenario: 'isp-loss' });

  test('the verdict names the loss and where it begins', async ({ page }) => {
    const field = page.getByRole('textbox', { name: 'Add targets' });
    await expect(page.getByText('Engine connected')).toBeVisible();
    await field.fill('www.example.net');
    await field.press('Enter');
    const verdict = page.getByRole('region', { name: 'Verdict' });
    // As the scenario has it: about 5 % from hop 3 on, and it takes some probes to be sure of the hop.
    await expect(verdict).toContainText(/About \d+(\.\d)? % of the packets are lost at or after hop 3 /, {
      timeout: 60_000,
    });
    await expect(verdict).toContainText('the loss goes on to the destination');
    await goToView(page, 'Overview');
    await expect(page.getByRole('button', { name: '1 losing probes' })).toBeVisible();
  });
});

test.describe('in a scenario without the right to send', () => {
  test.use({ scenario: 'no-permission' });

  test('the first start leads through the cure, from every view', async ({ page }) => {
    const notice = page.getByRole('region', { name: 'Nothing can be measured from here yet' });
    await expect(notice).toContainText('sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"');
    await notice.getByRole('button', { name: 'Check again' }).click();
    await expect(notice.getByRole('button', { name: 'Check again' })).toBeEnabled();
    const field = page.getByRole('textbox', { name: 'Add targets' });
    await field.fill('www.example.net');
    await field.press('Enter');
    // The command to copy stands once, however many targets miss it.
    await expect(page.getByText('What to do stands above.')).toBeVisible();
    await expect(page.getByText('net.ipv4.ping_group_range=')).toHaveCount(1);
    await goToView(page, 'Sweep');
    await expect(notice).toBeVisible();

    await notice.getByRole('link', { name: 'Open the doctor' }).click();
    await expect(page.getByText('In this simulated internet, echo requests cannot be sent.').first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Not permitted to send ICMP' })).toContainText('sysctl -w');
    await expect(page.getByRole('row', { name: /^Simulated internet IPv4/ })).toContainText('Does not open');
  });
});
