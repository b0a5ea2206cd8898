import { addresses } from '../lab/addresses.ts';
import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';

/** The journey of a first start over the kernel lab: from an empty page to a verdict in words. */

const { firstRouter, secondRouter, target } = addresses;

test('a first run: a target is typed, its hops appear, and a sentence says how the path is', async ({ page }) => {
  // A clean path is told from one that loses a tenth by 29 probes, one a second.
  await expect(page.getByRole('heading', { name: 'No path is being watched yet' })).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Add targets' });
  await field.fill(target.v4);
  await field.press('Enter');

  const hops = page.getByRole('region', { name: 'Hops' });
  for (const [index, address] of [firstRouter.v4, secondRouter.v4, target.v4].entries()) {
    const row = hops
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: `Timeline of hop ${index + 1}` }) });
    await expect(row).toContainText(address);
  }
  await expect(hops.getByRole('button', { name: /^Timeline of hop/ })).toHaveCount(3);
  await expect(hops.getByRole('row', { name: /^Round trip/ })).toContainText(target.v4);

  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('nothing can be said of loss');
  await expect(verdict).toContainText(`The path to ${target.v4} is clean`, { timeout: 45_000 });
  await verdict.getByRole('button', { expanded: false }).click();
  await expect(verdict).toContainText('What to do:');
  await expect(verdict).toContainText(/Loss at the destination\s*0\s?%/i);

  // The session that was recorded meanwhile can be handed on, and it is seen before what of it is masked.
  await page.getByRole('button', { name: `Report on ${target.v4}` }).click();
  const report = page.getByRole('dialog', { name: `Report on ${target.v4}` });
  await expect(report.getByText(/Nothing in this period has to be masked|masked-1/)).toBeVisible();
  await expect(report.getByRole('button', { name: 'Save' })).toBeEnabled();
  await report.getByRole('button', { name: 'Close' }).click();
  await expect(report).toBeHidden();
});

test('a path stands in the overview, worst first, and its tile leads to it', async ({ page }) => {
  const { noRouteAtFirstRouter } = addresses;
  const field = page.getByRole('textbox', { name: 'Add targets' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  await field.fill(`${target.v4} ${noRouteAtFirstRouter.v4}`);
  await field.press('Enter');
  await expect(page.getByRole('list', { name: 'Targets under watch' }).getByRole('listitem')).toHaveCount(2);

  await goToView(page, 'Overview');
  const tally = page.getByRole('group', { name: 'Show only paths that are' });
  await expect(tally.getByRole('button')).toHaveText(['1 down', '1 well']);
  const tiles = page.getByRole('main').getByRole('heading', { level: 3 });
  await expect(tiles).toHaveText([noRouteAtFirstRouter.v4, target.v4]);
  await page.getByLabel('Order').selectOption('As added');
  await expect(tiles).toHaveText([target.v4, noRouteAtFirstRouter.v4]);

  await page.getByRole('link', { name: target.v4, exact: true }).click();
  await expect(page).toHaveTitle('Paths · Hopscope');
  await expect(page.getByRole('region', { name: 'Hops' })).toContainText(firstRouter.v4);
});
