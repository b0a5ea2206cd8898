import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'playwright/test';
import { findTestChromium } from './scripts/set-up/find-chromium.mjs';

const isRoot = process.getuid?.() === 0;
const chromium = findTestChromium();
// Never the sessions of whoever runs the tests.
process.env.HOPSCOPE_DATA_DIR ??= join(tmpdir(), `hopscope-e2e-sessions-${process.pid}`);

export default defineConfig({
  testDir: 'e2e/app',
  // `npm test` gives each part of a project a folder below.
  outputDir: 'artifacts/playwright',
  testMatch: '**/*.spec.ts',
  // A lab is one network: two specs at once would disturb each other's round trips. `npm test` gives each part of a project a lab.
  workers: 1,
  // A test that needs luck is a fault, and the second try names it as flaky at the end: mend it. That a machine stood still
  // for seconds is no fault of what is tested.
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    // No trace: it costs a quarter of the time of every test, kept or not. `npm run e2e -- NAME --trace=on` makes one.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium === null ? {} : { executablePath: chromium }),
      args: [
        // Chromium's sandbox does not run as root; the pages here are our own.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-domain-reliability',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  // The same specs, in a browser on the browser host and in the desktop app's window; there without those of which nothing
  // could differ but the window, which the others look at.
  projects: [
    { name: 'browser', testIgnore: '**/desktop*.spec.ts' },
    // The window is always in the network, and shows the same page.
    {
      name: 'desktop',
      testIgnore: [
        '**/browser-host.spec.ts',
        '**/{alerts,report-file,simulated,path-workspace,accessibility,narrow,keyboard,sessions,learn,sockets,icmp-errors}.spec.ts',
      ],
    },
  ],
});
