import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import type { Round } from '../../src/contract/path.ts';
import { expect, test } from './fixtures.ts';

/** The path workspace over a simulated internet: its numbers against the samples that they are of, and its gestures. */

test.use({ scenario: 'isp-loss' });

const COLUMNS = 'loss,sent,mean,best,worst,p95';

/** Every round that the engine tells this page, as it is on the wire. */
async function hearRounds(page: Page): Promise<Map<number, Round>> {
  const rounds = new Map<number, Round>();
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const { value } = JSON.parse(String(payload)) as { value?: { rounds?: unknown } };
      // A report has a number under this name.
      if (!Array.isArray(value?.rounds)) return;
      for (const round of value.rounds as Round[]) rounds.set(round.round, round);
    }),
  );
  await page.evaluate((columns) => localStorage.setItem('hopscope-hop-columns', columns), COLUMNS);
  await page.reload();
  return rounds;
}

async function addTarget(page: Page): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Add targets' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  await field.fill('www.example.net');
  await field.press('Enter');
}

interface Outcome {
  readonly fate: string;
  readonly rttMs: number | null;
}

/** Loss in per cent, probes, mean, least, greatest and 95th percentile (type 7), straight from their definitions. */
function numbersOf(outcomes: readonly Outcome[]): (number | null)[] {
  const sent = outcomes.filter(({ fate }) => fate !== 'send-failed');
  const lost = sent.filter(({ fate }) => fate === 'lost');
  const times = sent.flatMap(({ fate, rttMs }) => (fate === 'answered' && rttMs !== null ? [rttMs] : []));
  const sorted = times.toSorted((a, b) => a - b);
  const place = 0.95 * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  const known = (value: number) => (times.length === 0 ? null : value);
  return [
    (lost.length / sent.length) * 100,
    sent.length,
    known(times.reduce((sum, time) => sum + time, 0) / times.length),
    known(Math.min(...times)),
    known(Math.max(...times)),
    known(low + (high - low) * (place - Math.floor(place))),
  ];
}

/** The number with as many digits as the screen shows. */
function asShown(number: number | null, shown: string): string {
  if (number === null) return '–';
  const [figures = '', unit = ''] = shown.split(' ');
  const decimals = figures.split('.')[1]?.length ?? 0;
  return unit === '' ? number.toFixed(decimals) : `${number.toFixed(decimals)} ${unit}`;
}

test('a focus changes every number to what its own samples give', async ({ page }) => {
  const rounds = await hearRounds(page);
  await addTarget(page);
  await expect(() => expect(rounds.size).toBeGreaterThan(14)).toPass({ timeout: 40_000 });

  for (const [first, last] of [
    [3, 8],
    [6, 12],
  ] as const) {
    const inFocus = [...rounds.values()].filter(({ round }) => round >= first && round <= last);
    const fromEpochMs = Math.floor(rounds.get(first)?.atEpochMs ?? 0);
    const toEpochMs = Math.ceil((rounds.get(last)?.atEpochMs ?? 0) + 1);
    const address = new URL(page.url());
    address.searchParams.set('focus', `${fromEpochMs}-${toEpochMs}`);
    await page.goto(address.href);
    await page.reload();
    await expect(page.getByRole('region', { name: /^Focus/ })).toContainText(`${inFocus.length} rounds`);

    const hops = page.getByRole('region', { name: 'Hops' });
    const highest = Math.max(...inFocus.flatMap((round) => round.hops.map(({ hopLimit }) => hopLimit)));
    const series = Array.from({ length: highest }, (_, index) => ({
      row: hops
        .getByRole('row')
        .filter({ has: page.getByRole('button', { name: `Timeline of hop ${index + 1}`, exact: true }) }),
      outcomes: inFocus.flatMap((round) => round.hops.filter(({ hopLimit }) => hopLimit === index + 1)) as Outcome[],
    }));
    series.push({
      row: hops.getByRole('row', { name: /^Round trip/ }),
      outcomes: inFocus.flatMap(({ roundTrip }) => (roundTrip === null ? [] : [roundTrip])),
    });
    expect(series.length).toBeGreaterThan(4);
    for (const { row, outcomes } of series) {
      const shown = (await row.getByRole('cell').allTextContents()).slice(1, -1);
      expect(shown).toEqual(numbersOf(outcomes).map((number, place) => asShown(number, shown[place] ?? '')));
    }
  }
});

test('a drag puts a period into focus as a band, keys change it, and the table can be taken away', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await addTarget(page);
  const focus = page.getByRole('region', { name: /^Focus/ });
  await expect(focus).toContainText(/\b([6-9]|\d\d) rounds/);
  const timeline = page.getByRole('figure', { name: /^Timeline of the round trip/ });
  const box = await timeline.boundingBox();
  if (box === null) throw new Error('The timeline is not there');
  const [y, left, width] = [box.y + box.height / 2, box.x + 46, box.width - 92];
  await page.mouse.move(left + width * 0.3, y);
  await page.mouse.down();
  await page.mouse.move(left + width * 0.5, y, { steps: 4 });
  await page.mouse.move(left + width * 0.8, y, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/focus=\d+-\d+&span=10m/);
  await expect(page.getByRole('button', { name: 'Zoom to focus' })).toBeVisible();
  const picked = page.url();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Zoom to focus' })).toBeVisible();
  expect(page.url()).toBe(picked);

  await page.keyboard.press('j');
  await expect(page.getByRole('img', { name: /^Jitter, Timeline of the round trip/ })).toBeVisible();
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/focus=10m(?!.*span)/);

  const hops = page.getByRole('region', { name: 'Hops' });
  await hops.getByRole('button', { name: 'Copy table' }).click();
  await page.getByRole('menuitem', { name: 'Copy as CSV' }).click();
  await expect(hops.getByRole('status')).toHaveText('Copied: the table as CSV.');
  const [heading = ''] = (await page.evaluate(() => navigator.clipboard.readText())).split('\r\n');
  expect(heading).toMatch(/^Hop,Host,Address,Loss \(%\),/);

  await hops.getByRole('button', { name: 'Copy table' }).click();
  await page.getByRole('menuitem', { name: 'Copy as picture' }).click();
  await expect(hops.getByRole('status')).toHaveText('Copied: the table as a picture.');
  const pasted = await page.evaluate(async () => (await navigator.clipboard.read()).map(({ types }) => types));
  expect(pasted).toEqual([['image/png']]);

  await hops.getByRole('button', { name: 'Copy table' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as picture (PNG)' }).click();
  const picture = await readFile((await (await downloading).path()) ?? '');
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect(picture.length).toBeGreaterThan(10_000);
});
