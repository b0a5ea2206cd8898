import axe from 'axe-core';
import { expect, type Page, test } from './fixtures.ts';
import { fillViews, showView, VIEWS } from './page-content.ts';

/**
 * axe over every view, light and dark, empty and with content. Rules that do not look at colours find the same in the
 * dark, so there only colours are checked.
 */

// Without motion, or colours would be read while they change.
test.use({ scenario: 'isp-loss', colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } });

const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds, a line each: how bad, which rule, where. */
async function findings(page: Page, place: string, rules: readonly string[] | null): Promise<string[]> {
  const violations = await page.evaluate(async (runOnly) => {
    const { axe: engine } = window as unknown as { axe: typeof axe };
    const only = runOnly === null ? {} : { runOnly: [...runOnly] };
    const results = await engine.run(document, { ...only, resultTypes: ['violations'] });
    return results.violations.map(({ impact, id, nodes }) => ({
      impact: impact ?? 'unknown',
      id,
      nodes: nodes.map(
        ({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`,
      ),
    }));
  }, rules);
  return violations.flatMap(({ impact, id, nodes }) => nodes.map((node) => `${place}: ${impact} ${id} at ${node}`));
}

/** Light with every rule, then dark with those of colour. */
async function findingsInBoth(page: Page, place: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await findings(page, `${place}, light`, null);
  await page.emulateMedia({ colorScheme: 'dark' });
  return [...light, ...(await findings(page, `${place}, dark`, COLOUR_RULES))];
}

test.beforeEach(async ({ page }) => {
  // A string is run past the policy of the page, as a person's own console is.
  await page.evaluate(axe.source);
});

test('axe finds nothing in any view while there is nothing in it', async ({ page }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  const found: string[] = [];
  for (const view of VIEWS) {
    await showView(page, view);
    found.push(...(await findingsInBoth(page, view.name)));
  }
  expect(found).toEqual([]);
});

test('axe finds nothing in any view with content, nor in what opens over it', async ({ page }) => {
  await fillViews(page);
  const found: string[] = [];
  const menu = page.getByRole('button', { name: 'Columns', exact: true });
  await menu.click();
  await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible();
  found.push(...(await findingsInBoth(page, 'Paths with the menu of columns')));
  await page.keyboard.press('Escape');
  for (const view of VIEWS) {
    await showView(page, view);
    found.push(...(await findingsInBoth(page, view.name)));
  }
  await showView(page, VIEWS.find(({ id }) => id === 'sessions') ?? VIEWS[0]);
  await page.getByRole('link', { name: '203.0.113.81' }).click();
  await expect(page.getByRole('region', { name: 'Comments' })).toBeVisible();
  found.push(...(await findingsInBoth(page, 'A session that is open')));
  await page.getByRole('figure', { name: /^Timeline of the round trip/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Compare before and after it' }).click();
  await expect(page.getByRole('region', { name: 'Conclusion' })).toBeVisible();
  found.push(...(await findingsInBoth(page, 'Two periods compared')));
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  found.push(...(await findingsInBoth(page, 'The list of shortcuts')));
  expect(found).toEqual([]);
});
