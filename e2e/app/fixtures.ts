import { test as base, expect } from 'playwright/test';
import { type DesktopApp, launchDesktop } from './desktop-app.ts';
import { startWebHostProcess, type WebHostProcess } from './web-host.ts';

/**
 * The app under test on either host. A spec that only uses `page` runs in both: in the project `browser` the page is
 * a browser's, opened by the URL that the browser host printed; in `desktop` it is the desktop app's window.
 */
export type Host = 'browser' | 'desktop';

interface Fixtures {
  readonly host: Host;
  /** The running browser host; for specs of the project `browser` only. */
  readonly webHost: WebHostProcess;
  /** The running desktop app; for specs of the project `desktop` only. */
  readonly desktop: DesktopApp;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  host: async ({}, use, testInfo) => use(testInfo.project.name === 'desktop' ? 'desktop' : 'browser'),

  // biome-ignore lint/correctness/noEmptyPattern: as above
  webHost: async ({}, use) => {
    const webHost = await startWebHostProcess();
    await use(webHost);
    expect(await webHost.interrupt()).toBe(0);
  },

  desktop: async ({ colorScheme }, use) => {
    const desktop = await launchDesktop(colorScheme ?? 'light');
    await use(desktop);
    await desktop.close();
  },

  page: async ({ host, context, colorScheme }, use) => {
    if (host === 'desktop') {
      const desktop = await launchDesktop(colorScheme ?? 'light');
      await use(desktop.page);
      await desktop.close();
      return;
    }
    const webHost = await startWebHostProcess();
    const page = await context.newPage();
    await page.goto(webHost.url);
    await use(page);
    expect(await webHost.interrupt()).toBe(0);
  },
});

export { expect };
