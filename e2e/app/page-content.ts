import { VIEWS } from '../../src/contract/views.ts';
import { expect, type Page } from './fixtures.ts';

/** Every view there is, so that one that is added is checked too. */
export { VIEWS };

/** Goes to a view by the address, as a link does. */
export async function showView(page: Page, { id, name }: (typeof VIEWS)[number]): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${id}`);
  await expect(page.getByRole('heading', { name, level: 2, exact: true })).toBeVisible();
}

/** Fills the views in a simulated internet: paths that are well and that fail, a rule, a round trip, a sweep that is over. */
export async function fillViews(page: Page): Promise<void> {
  const view = (id: (typeof VIEWS)[number]['id']) => VIEWS.find((one) => one.id === id) ?? VIEWS[0];
  await expect(page.getByText('Engine connected')).toBeVisible();
  await type(page, 'Add targets', 'www.example.net 203.0.113.81 nowhere.example');
  await expect(page.getByRole('button', { name: 'Timeline of hop 3', exact: true })).toBeVisible();
  await showView(page, view('round-trips'));
  await type(page, 'Targets', 'www.example.net nowhere.example');
  // A rule, and one that is being made.
  await showView(page, view('alerts'));
  await page.getByRole('button', { name: /^A target stops answering/ }).click();
  await page.getByRole('textbox', { name: 'Rounds without an answer' }).fill('1');
  await page.getByRole('button', { name: 'Make the rule' }).click();
  await page.getByRole('button', { name: 'New rule' }).click();
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  await showView(page, view('sweep'));
  await type(page, 'Ranges', '203.0.113.64/27');
  await expect(page.getByText('Complete', { exact: true })).toBeVisible();
  await showView(page, view('paths'));
  await page.getByRole('button', { name: 'Timeline of hop 3', exact: true }).click();
  await page.getByRole('region', { name: 'Verdict' }).getByRole('button', { expanded: false }).first().click();
}

async function type(page: Page, field: string, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: field });
  await box.fill(text);
  await box.press('Enter');
}
