import { test as base, expect, type Page } from 'playwright/test';
import { type DesktopApp, launchDesktop } from './desktop-app.ts';
import { goToView } from './go-to-view.ts';
import { startWebHostProcess, type WebHostProcess } from './web-host.ts';

/**
 * The app under test on either host. A spec that only uses `page` runs in both: in the project `browser` the page is
 * a browser's, opened by the URL that the browser host printed; in `desktop` it is the desktop app's window.
 */
export type Host = 'browser' | 'desktop';

/** What a spec may choose with `test.use`. */
interface Choices {
  /** The view that `page` shows, by the name of its link; null: the one of a first start. */
  readonly view:
    | 'Round trips'
    | 'Overview'
    | 'Sessions'
    | 'Alerts'
    | 'Sweep'
    | 'Sockets'
    | 'Learn'
    | 'Doctor'
    | 'Settings'
    | null;
  /** The simulated internet that the browser host of `page` is in; null: the network. Not for the project `desktop`. */
  readonly scenario: string | null;
}

interface Fixtures {
  readonly host: Host;
  /** The running browser host; for specs of the project `browser` only. */
  readonly webHost: WebHostProcess;
  /** The running desktop app; for specs of the project `desktop` only. */
  readonly desktop: DesktopApp;
}

export const test = base.extend<Fixtures & Choices>({
  view: [null, { option: true }],
  scenario: [null, { option: true }],

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

  page: async ({ host, context, colorScheme, view, scenario }, use) => {
    if (host === 'desktop') {
      const desktop = await launchDesktop(colorScheme ?? 'light');
      await openView(desktop.page, view);
      await use(desktop.page);
      await desktop.close();
      return;
    }
    // Sessions of a simulated internet are there to be looked at too.
    const webHost = await startWebHostProcess(0, scenario, null, scenario === null ? [] : ['--record']);
    const page = await context.newPage();
    await page.goto(webHost.url);
    await openView(page, view);
    await use(page);
    expect(await webHost.interrupt()).toBe(0);
  },
});

/** Goes to a view by its link; null: stays. */
async function openView(page: Page, view: Choices['view']): Promise<void> {
  if (view !== null) await goToView(page, view);
}

export { expect, type Page };
