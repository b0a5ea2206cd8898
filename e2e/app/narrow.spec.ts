import { expect, type Page, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';
import { fillViews, showView, VIEWS } from './page-content.ts';

/** Narrow windows, 200 % zoom, and people who want no motion. */

test.use({ scenario: 'isp-loss' });

/** Places that reach out of the window, or whose text is cut without a way to read it. */
async function faults(page: Page, place: string): Promise<string[]> {
  const found = await page.evaluate(() => {
    const reached: string[] = [];
    const name = (element: Element) =>
      `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent ?? '').slice(0, 40)}`;
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) reached.push(`the page is ${root.scrollWidth} wide`);
    /** What a person can bring into sight by scrolling, and what is not meant to be seen. */
    const isExcused = (element: Element) => {
      for (let one: Element | null = element; one !== null && one !== root; one = one.parentElement) {
        const { overflowX, position, clipPath, clip } = getComputedStyle(one);
        if (overflowX === 'auto' || overflowX === 'scroll') return true;
        if (position === 'absolute' && (clipPath !== 'none' || clip !== 'auto')) return true;
      }
      return false;
    };
    for (const element of document.body.querySelectorAll('*')) {
      if (!element.checkVisibility() || element.closest('svg') !== null || isExcused(element)) continue;
      const { left, right, width } = element.getBoundingClientRect();
      if (width === 0) continue;
      if (right > root.clientWidth + 1 || left < -1) reached.push(`out of the window: ${name(element)}`);
      const { overflowX } = getComputedStyle(element);
      const isText = (element.textContent ?? '').trim() !== '';
      const isCut = isText && overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      if (isCut && element.closest('[title]') === null) reached.push(`cut: ${name(element)}`);
    }
    return reached;
  });
  return found.map((fault) => `${place}: ${fault}`);
}

/** A chart follows its card by a frame or two, each in its turn; what then still stands out is a fault. */
async function expectNoFaults(page: Page, place: string): Promise<void> {
  await expect.poll(() => faults(page, place)).toEqual([]);
}

test('every view fits into 900 px and into a window of 1280 px at 200 % zoom', async ({ page }) => {
  await fillViews(page);
  // At 200 % a window of 1280 px has 640 CSS pixels.
  for (const width of [900, 640]) {
    await page.setViewportSize({ width, height: 800 });
    for (const view of VIEWS) {
      await showView(page, view);
      await expectNoFaults(page, `${view.name} at ${width} px`);
    }
    await showView(page, VIEWS.find(({ id }) => id === 'sessions') ?? VIEWS[0]);
    await page.getByRole('link', { name: '203.0.113.81' }).click();
    await expect(page.getByRole('region', { name: 'Comments' })).toBeVisible();
    await expectNoFaults(page, `A session that is open at ${width} px`);
    await page.getByRole('figure', { name: /^Timeline of the round trip/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Compare before and after it' }).click();
    await expect(page.getByRole('region', { name: 'Conclusion' })).toBeVisible();
    await expectNoFaults(page, `Two periods compared at ${width} px`);
  }
});

test('the header is one row in every window, and leads to every view', async ({ page }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  for (const width of [1280, 900, 640, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const header = page.getByRole('banner');
    // The marks, the links and the tools are 30 px high at most, with 6 px above and below.
    await expect.poll(async () => (await header.boundingBox())?.height).toBeLessThan(52);
    expect(await header.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  }
  await page.getByRole('button', { name: 'More' }).click();
  await goToView(page, 'Settings');
  await expect(page.getByRole('heading', { name: 'Settings', level: 2 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Settings', exact: true })).toBeHidden();
});

test('nothing moves for people who want no motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  const moving: string[] = [];
  for (const view of VIEWS) {
    await showView(page, view);
    const found = await page.evaluate(() =>
      [...document.body.querySelectorAll('*')]
        .filter((element) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
          const lasts = (durations: string) =>
            durations.split(', ').some((duration) => Number.parseFloat(duration) > 0);
          return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
        })
        .map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`),
    );
    moving.push(...new Set(found.map((one) => `${view.name}: ${one}`)));
  }
  expect(moving).toEqual([]);
});
