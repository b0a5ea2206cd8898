import { VIEWS } from '../../src/contract/views.ts';
import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';

/** Getting about: by link, by key, by address. */

/** Every other view, and then back to the first, which is shown at the start. */
const JOURNEY = [...VIEWS.slice(1), VIEWS[0]];

test('every view is two keys away, names the page, and takes the keyboard to its heading', async ({ page }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  for (const { id, name, key } of JOURNEY) {
    // The field of a view may have the keyboard.
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page.getByRole('heading', { name, level: 2, exact: true })).toBeFocused();
    await expect(page).toHaveTitle(`${name} · Hopscope`);
    expect(new URL(page.url()).hash).toBe(`#/${id}`);
    // It may stand under “More”.
    const links = page.getByRole('link', { name, exact: true, includeHidden: true });
    await expect(links.first()).toHaveAttribute('aria-current', 'page');
  }
});

test('a key that goes into a field is text', async ({ page }) => {
  const field = page.getByRole('textbox', { name: 'Add targets' });
  await field.pressSequentially('gs.example?');
  await expect(field).toHaveValue('gs.example?');
  await expect(page.getByRole('heading', { name: 'Paths', level: 2, exact: true })).toBeAttached();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the list of keys opens by ? and closes by Escape, and the keys can be switched off', async ({ page }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list).toContainText('Go to Doctor');
  const keys = list.getByRole('switch', { name: 'Single keys do something' });
  await keys.press('Space');
  // The setting is the engine's, which answers.
  await expect(keys).not.toBeChecked();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await page.keyboard.press('?');
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(list).toBeHidden();
  await expect(page).toHaveTitle('Paths · Hopscope');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(list.getByRole('switch')).not.toBeChecked();
});

test('a view outlives a reload, and the way back leads to the one before', async ({ page }) => {
  await goToView(page, 'Sweep');
  await goToView(page, 'Doctor');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Doctor', level: 2 })).toBeVisible();
  await expect(page.getByText('Engine connected')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Sweep', level: 2 })).toBeVisible();
});
