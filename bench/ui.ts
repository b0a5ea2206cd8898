/**
 * How smooth the page stays, and what it costs, in headless Chromium on the browser host over simulated internets:
 *
 * - a path of 30 hops at 1 Hz with four timelines open, everything on the screen asked for ten times a second
 *   (`?updates=10`; the app itself asks once a second), of which what has changed is drawn;
 * - the same with ten rounds a second, so that every number changes with every update: harder than the goal asks for;
 * - the overview of 100 targets at 1 Hz, and the view of paths with the same 100 in its list, for comparison.
 *
 * A frame is the time between two animation frames of the page. CPU time is that of Chromium's renderer process as the
 * browser reports it, with all its threads; drawing to pixels is done by the GPU process, which is told apart: without a
 * graphics card its work is done by the processor too.
 *
 * Every case runs for 60 s after 10 s of warming up, in a window in which all of it is in sight; `node bench/ui.ts 20` runs for 20 s. `npm run build` first.
 */
import { type CDPSession, chromium, type Page } from 'playwright';
import { startWebHostProcess } from '../e2e/app/web-host.ts';
import { findChromium } from '../scripts/set-up/find-chromium.mjs';

const MEASURED_MS = Number(process.argv[2] ?? 60) * 1_000;
const WARM_UP_MS = 10_000;
/** Tall enough that thirty rows and four timelines are all in sight, so that all of them are painted. */
const VIEWPORT = { width: 1_280, height: 1_700 };

const SMOOTH_FRAME_MS = 34;
const SMOOTH_SHARE_GOAL = 0.95;
const LONGEST_TASK_GOAL_MS = 200;
const CORES_GOAL = 0.5;

interface Smoothness {
  readonly frames: number;
  readonly smoothShare: number;
  readonly medianFrameMs: number;
  readonly worstFrameMs: number;
  /** 0 where none was longer than 50 ms, which is what a browser calls a long task. */
  readonly longestTaskMs: number;
  readonly longTasks: number;
}

/** Shares of a core, over the time measured. */
interface Cost {
  readonly page: number;
  readonly gpu: number;
}

const executablePath = findChromium();
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath === null ? {} : { executablePath }),
});
try {
  console.log(`${browser.version()}, ${MEASURED_MS / 1_000} s each`);
  await benchPath(1_000);
  await benchPath(100);
  await benchTargets();
} finally {
  await browser.close();
}

async function benchPath(intervalMs: number): Promise<void> {
  await using app = await openApp('long-path', '?updates=10', intervalMs);
  const { page } = app;
  await add(page, 'www.example.net');
  await page.getByRole('button', { name: 'Timeline of hop 29' }).waitFor();
  for (const hop of [3, 14, 29])
    await page.getByRole('button', { name: `Timeline of hop ${hop}`, exact: true }).click();
  await page.getByRole('region', { name: 'Timelines' }).getByRole('figure').nth(3).waitFor();
  await page.waitForTimeout(WARM_UP_MS);
  const updates = await countedUpdates(page);
  const [seen, cost] = await measured(app, () => smoothness(page));
  const drawn = (await updates()) / (MEASURED_MS / 1_000);
  console.log(`\n30 hops, 4 timelines, ${1_000 / intervalMs} rounds a second, 10 screen updates a second`);
  row('frames under 34 ms', percent(seen.smoothShare), `≥ ${percent(SMOOTH_SHARE_GOAL)}`);
  row(
    'longest task',
    seen.longTasks === 0 ? 'none over 50 ms' : ms(seen.longestTaskMs),
    `≤ ${LONGEST_TASK_GOAL_MS} ms`,
  );
  row('tasks over 50 ms', String(seen.longTasks));
  row('frames with something new', `${drawn.toFixed(1)} a second`);
  row('median, worst frame', `${ms(seen.medianFrameMs)}, ${ms(seen.worstFrameMs)}`);
  rowsOf(cost, false);
}

async function benchTargets(): Promise<void> {
  await using app = await openApp('many-targets', '', 1_000);
  const { page } = app;
  await add(page, Array.from({ length: 100 }, (_, index) => `203.0.113.${index + 1}`).join(' '));
  await page.getByRole('list', { name: 'Targets under watch' }).getByRole('button').nth(99).waitFor();
  await page.waitForTimeout(WARM_UP_MS);
  const [, inList] = await measured(app, () => page.waitForTimeout(MEASURED_MS));
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await page.waitForTimeout(WARM_UP_MS);
  const [, cost] = await measured(app, () => page.waitForTimeout(MEASURED_MS));
  console.log('\n100 targets at 1 Hz on the overview');
  rowsOf(cost, true);
  console.log('\n100 targets at 1 Hz in the list of the view of paths, one of them open');
  rowsOf(inList, false);
}

interface OpenApp extends AsyncDisposable {
  readonly page: Page;
  readonly session: CDPSession;
}

async function openApp(scenario: string, search: string, intervalMs: number): Promise<OpenApp> {
  const host = await startWebHostProcess(0, scenario);
  const page = await browser.newPage({ viewport: VIEWPORT });
  // A path's interval is not chosen on the page, so the page's wish is amended on its way out.
  await page.addInitScript((wished) => {
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
      send.call(this, String(data).replace('"target":', `"intervalMs":${wished},"target":`));
    };
  }, intervalMs);
  const url = new URL(host.url);
  url.search = search;
  await page.goto(url.href);
  return {
    page,
    session: await browser.newBrowserCDPSession(),
    [Symbol.asyncDispose]: async () => {
      await page.close();
      await host.interrupt();
    },
  };
}

async function add(page: Page, targets: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Add targets' });
  await field.fill(targets);
  await field.press('Enter');
}

/** Counts the animation frames in which something of the table or of a chart was drawn anew. */
async function countedUpdates(page: Page): Promise<() => Promise<number>> {
  const main = await page.getByRole('main').elementHandle();
  await page.evaluate((observed) => {
    const counter = { updates: 0 };
    Object.assign(window, { benchUpdates: counter });
    let isCounted = false;
    new MutationObserver(() => {
      if (isCounted) return;
      isCounted = true;
      counter.updates += 1;
      requestAnimationFrame(() => {
        isCounted = false;
      });
    }).observe(observed as Element, { subtree: true, childList: true, attributes: true, characterData: true });
  }, main);
  return () => page.evaluate(() => (window as unknown as { benchUpdates: { updates: number } }).benchUpdates.updates);
}

/** What the page itself sees of its frames and tasks. */
function smoothness(page: Page): Promise<Smoothness> {
  return page.evaluate(
    async ({ measuredMs, smoothMs }) => {
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) => {
        tasks.push(...list.getEntries().map(({ duration }) => duration));
      });
      observer.observe({ type: 'longtask' });
      const frames: number[] = [];
      await new Promise<void>((resolve) => {
        const began = performance.now();
        let before = began;
        const onFrame = () => {
          const now = performance.now();
          frames.push(now - before);
          before = now;
          if (now - began < measuredMs) requestAnimationFrame(onFrame);
          else resolve();
        };
        requestAnimationFrame(onFrame);
      });
      observer.disconnect();
      const sorted = frames.toSorted((a, b) => a - b);
      return {
        frames: frames.length,
        smoothShare: frames.filter((frame) => frame < smoothMs).length / frames.length,
        medianFrameMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
        worstFrameMs: sorted.at(-1) ?? 0,
        longestTaskMs: Math.max(0, ...tasks),
        longTasks: tasks.length,
      };
    },
    { measuredMs: MEASURED_MS, smoothMs: SMOOTH_FRAME_MS },
  );
}

async function measured<Seen>(app: OpenApp, watch: () => Promise<Seen>): Promise<[Seen, Cost]> {
  const before = await cpuSeconds(app.session);
  const began = performance.now();
  const seen = await watch();
  const elapsed = (performance.now() - began) / 1_000;
  const after = await cpuSeconds(app.session);
  return [seen, { page: (after.page - before.page) / elapsed, gpu: (after.gpu - before.gpu) / elapsed }];
}

/** CPU time of the processes so far, in seconds. */
async function cpuSeconds(session: CDPSession): Promise<Cost> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sum = (type: string) =>
    processInfo.filter((one) => one.type === type).reduce((total, { cpuTime }) => total + cpuTime, 0);
  return { page: sum('renderer'), gpu: sum('GPU') };
}

function rowsOf(cost: Cost, hasGoal: boolean): void {
  row('page, share of a core', cost.page.toFixed(2), hasGoal ? `≤ ${CORES_GOAL}` : '');
  row('GPU process, share of a core', cost.gpu.toFixed(2));
}

function row(name: string, seen: string, goal = ''): void {
  console.log(`  ${name.padEnd(30)} ${seen.padStart(18)}${goal === '' ? '' : `   goal ${goal}`}`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function ms(duration: number): string {
  return `${duration.toFixed(0)} ms`;
}
