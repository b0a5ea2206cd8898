import { addresses } from '../lab/addresses.ts';
import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';

/** Sweeps of the kernel lab, where it is known who answers. */

test.use({ view: 'Sweep' });

/** The network of the target: its side of the second router and the target itself answer, six addresses are nobody's. */
const RANGE = '10.71.3.0/29';
const ANSWERING = [addresses.secondRouterFarSide.v4, addresses.target.v4];

test('a sweep shows who answers, in the grid and in the list, and they can be monitored', async ({ page }) => {
  const field = page.getByRole('textbox', { name: 'Ranges' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  await field.fill(RANGE);
  await expect(page.getByText(/^8 addresses, about 1 s/)).toBeVisible();
  await field.press('Enter');

  await expect(page.getByText('Complete', { exact: true })).toBeVisible();
  await expect(page.getByText(/^8 of 8 addresses asked, 2 answered/)).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Addresses asked' })).toHaveAttribute('aria-valuenow', '100');
  const cells = page.getByRole('region', { name: '10.71.3.x' }).getByRole('listitem');
  await expect(cells).toHaveCount(8);
  await expect(cells.filter({ hasText: 'answered in' })).toContainText(ANSWERING);
  await expect(cells.filter({ hasText: 'no answer' })).toHaveCount(6);

  const answers = page.getByRole('region', { name: '2 answers' });
  await expect(answers.getByRole('rowheader')).toHaveText(ANSWERING);
  await answers.getByRole('button', { name: 'Monitor these' }).click();
  await expect(answers.getByText('2 addresses added to Paths.')).toBeVisible();
  await answers.getByRole('link', { name: 'Go to Paths' }).click();
  for (const address of ANSWERING) {
    await expect(page.getByRole('list', { name: 'Targets under watch' })).toContainText(address);
  }
});

test('a sweep goes on while another view is looked at, is stopped, and goes on where it was', async ({ page }) => {
  const field = page.getByRole('textbox', { name: 'Ranges' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  // A hundred seconds at 100 a second; this machine itself answers for every one of these addresses.
  await field.fill('127.1.0.0-127.1.39.15');
  await page.getByLabel('At most').selectOption('100 a second');
  await field.press('Enter');
  await expect(page.getByText('Sweeping', { exact: true })).toBeVisible();
  await goToView(page, 'Doctor');
  await goToView(page, 'Sweep');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
  const progress = page.getByText(/^[\d,]+ of 10,000 addresses asked/);
  const asked = async () => Number((await progress.textContent())?.replace(/ of .*/, '').replace(',', ''));
  const askedWhenStopped = await asked();
  expect(askedWhenStopped).toBeLessThan(10_000);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('Sweeping', { exact: true })).toBeVisible();
  await expect.poll(asked).toBeGreaterThan(askedWhenStopped);
});

test('of many answers the first are listed, and each has its cell', async ({ page }) => {
  const field = page.getByRole('textbox', { name: 'Ranges' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  await field.fill('127.1.0.0-127.1.3.231');
  await field.press('Enter');
  await expect(page.getByText('Complete', { exact: true })).toBeVisible();
  await expect(page.getByText(/^1,000 of 1,000 addresses asked, 1,000 answered/)).toBeVisible();
  const answers = page.getByRole('region', { name: '1,000 answers' });
  await expect(answers).toContainText('The first 256 are listed; copying takes 1,000.');
  await expect(page.getByRole('region', { name: '127.1.3.x' }).getByText(/: answered in/)).toHaveCount(232);
});

test('a range that is none is named, and nothing is sent', async ({ page }) => {
  const field = page.getByRole('textbox', { name: 'Ranges' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  await field.fill('10.71.3.0/33');
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription(/must be from \/0 to \/32, not “\/33”/);
  await expect(page.getByRole('region', { name: 'Sweep' })).toBeHidden();
});
