import type { Page } from 'playwright/test';

/** Goes to a view by its link, which stands under “More” where the window has no room for it. */
export async function goToView(page: Page, name: string): Promise<void> {
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('link').first().waitFor();
  const link = views.getByRole('link', { name, exact: true });
  if (!(await link.isVisible())) await views.getByRole('button', { name: 'More' }).click();
  await link.click();
}
