import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright/test';

export const CHECKOUT = join(import.meta.dirname, '../..');

/** What is started instead of Electron. */
export const STAND_IN = join(CHECKOUT, 'e2e/electron-double/cli.ts');

/** Set by `npm run e2e:electron`: the specs then run in the real Electron and not in its stand-in. */
export const IS_REAL_ELECTRON = process.env.HOPSCOPE_REAL_ELECTRON === '1';

/** The desktop app with its window open. */
export interface DesktopApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Ends the app if it still runs, and removes its data. */
  close(): Promise<void>;
}

/**
 * Starts the built desktop app and waits for its page; on a data folder of its own, or on that of an earlier start, and
 * with settings in that folder unless told. `folder` is the app's own, of this checkout unless told.
 */
export async function launchDesktop(
  colorScheme: 'light' | 'dark' | 'no-preference' = 'light',
  userData = mkdtempSync(join(tmpdir(), 'hopscope-desktop-')),
  configFolder = join(userData, 'config'),
  folder = CHECKOUT,
): Promise<DesktopApp> {
  const app = await _electron.launch({
    ...(IS_REAL_ELECTRON ? {} : { executablePath: STAND_IN }),
    args: ['.', `--user-data-dir=${userData}`],
    cwd: folder,
    // Chromium's sandbox does not run as user 0, which everyone is in the lab; the pages here are our own.
    chromiumSandbox: process.getuid?.() !== 0,
    colorScheme,
    // The stand-in is a script for the Node that runs the tests, which need not be the first one in the path.
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
      // Never the settings and sessions of whoever runs the tests.
      HOPSCOPE_CONFIG_DIR: configFolder,
      HOPSCOPE_DATA_DIR: configFolder,
    } as Record<string, string>,
  });
  const page = await app.firstWindow();
  await page.waitForURL(/bundle/);
  return {
    app,
    page,
    close: async () => {
      await app.close().catch(() => {}); // it may have ended as part of the test
      rmSync(userData, { recursive: true, force: true });
    },
  };
}
