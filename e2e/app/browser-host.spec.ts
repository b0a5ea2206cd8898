import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, WebSocketRoute } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';
import { startWebHostProcess } from './web-host.ts';

/** What only the browser host does: everything around the page, tried with a real browser. */

test('the printed URL opens the app and its token leaves the address bar', async ({ webHost, context }) => {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(webHost.url);
  await expect(page.getByText('Engine connected')).toBeVisible();
  expect(page.url()).toBe(`${new URL(webHost.url).origin}/`);
  await page.reload();
  await expect(page.getByText('Engine connected')).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  // A rule of the content policy that the page itself breaks would be an error in the console.
  expect(complaints).toEqual([]);
});

/** The notice of a page that the host does not let in. */
const refusalOn = (page: Page) => page.getByRole('region', { name: 'This page is not let in' });

test('a browser without the token is told in a sentence what to open, and is let in as soon as it has', async ({
  webHost,
  context,
}) => {
  const { origin, hash } = new URL(webHost.url);
  const page = await context.newPage();
  await page.goto(origin);
  await expect(refusalOn(page)).toContainText('Open the address that Hopscope printed');
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();

  // The token of an earlier start does not let it in either; nothing is loaded anew for another fragment.
  await page.goto(`${origin}/#token=of-an-earlier-start`);
  await expect(refusalOn(page)).toBeVisible();
  await page.goto(`${origin}/${hash}`);
  await expect(page.getByText('Engine connected')).toBeVisible();
  await expect(refusalOn(page)).toBeHidden();
  expect(page.url()).toBe(`${origin}/`);
});

test('one tab with the token is enough for those of the same address that wait without', async ({
  webHost,
  context,
}) => {
  const waiting = await context.newPage();
  await waiting.goto(new URL(webHost.url).origin);
  await expect(refusalOn(waiting)).toBeVisible();
  const other = await context.newPage();
  await other.goto(webHost.url);
  await expect(waiting.getByText('Engine connected')).toBeVisible();
});

test('no request to another port of this machine carries the secret', async ({ webHost, context }) => {
  const { origin, hash, hostname } = new URL(webHost.url);
  const page = await context.newPage();
  await page.goto(webHost.url);
  await expect(page.getByText('Engine connected')).toBeVisible();

  const heard: string[] = [];
  const other = createServer((request, response) => {
    heard.push(JSON.stringify([request.url, request.rawHeaders]));
    response.end();
  });
  await new Promise<void>((resolve) => void other.listen(0, hostname, resolve));
  const { port } = other.address() as AddressInfo;
  await page.goto(`http://${hostname}:${port}/`);
  const storedThere = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  other.close();
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.filter((text) => /"cookie"|"authorization"/i.test(text))).toEqual([]);
  expect([...heard, storedThere].filter((text) => text.includes(hash.replace('#token=', '')))).toEqual([]);
  expect(await context.cookies(origin)).toEqual([]);
});

test('a page that outlives its host is told to open the address of the next start', async ({ context, webHost }) => {
  const page = await context.newPage();
  await page.goto(webHost.url);
  await expect(page.getByText('Engine connected')).toBeVisible();
  const port = Number(new URL(webHost.url).port);
  expect(await webHost.interrupt()).toBe(0);
  const next = await startWebHostProcess(port);
  await expect(refusalOn(page)).toBeVisible();
  await page.goto(next.url);
  await expect(page.getByText('Engine connected')).toBeVisible();
  expect(await next.interrupt()).toBe(0);
});

test('a page of another site can start a visit, but neither read the app nor connect to it', async ({
  webHost,
  context,
}) => {
  const own = await context.newPage();
  await own.goto(webHost.url);
  await expect(own.getByText('Engine connected')).toBeVisible();

  // localhost is another site than 127.0.0.1, and its page is refused even if it knew the token.
  const origin = new URL(webHost.url).origin;
  const foreign = await context.newPage();
  await foreign.route('http://foreign.localhost/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>foreign</h1>' }),
  );
  await foreign.goto('http://foreign.localhost/');
  expect(
    await foreign.evaluate(
      async ({ url, token }) => {
        const read = await fetch(url).then(
          () => 'read',
          () => 'refused',
        );
        const connected = await new Promise((resolve) => {
          const socket = new WebSocket(`${url.replace('http', 'ws')}/link`, ['hopscope', token]);
          socket.onopen = () => resolve('connected');
          socket.onerror = () => resolve('refused');
        });
        return { read, connected };
      },
      { url: origin, token: new URL(webHost.url).hash.replace('#token=', '') },
    ),
  ).toEqual({ read: 'refused', connected: 'refused' });

  await foreign.evaluate((url) => {
    location.href = url;
  }, webHost.url);
  await expect(foreign.getByText('Engine connected')).toBeVisible();
  expect(foreign.url()).toBe(`${origin}/`);
});

test('the page says so when the browser host ends', async ({ context, webHost }) => {
  const page = await context.newPage();
  await page.goto(webHost.url);
  await expect(page.getByText('Engine connected')).toBeVisible();
  expect(await webHost.interrupt()).toBe(0);
  await expect(page.getByText('Engine connected')).toBeHidden();
});

test('a lost connection comes back by itself and says so', async ({ page }) => {
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/link$/, (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await page.reload();
  await goToView(page, 'Round trips');
  const field = page.getByRole('textbox', { name: 'Targets' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  await field.fill('127.0.0.1');
  await field.press('Enter');
  const card = page.getByRole('article', { name: '127.0.0.1' });
  await expect(card.getByText('Answering', { exact: true }).first()).toBeVisible();

  await sockets[0]?.close();
  await expect(page.getByText('Connected again after')).toBeVisible();
  await expect(page.getByText('Engine connected')).toBeVisible();
  expect(sockets).toHaveLength(2);
  await expect(card.getByText('Answering', { exact: true }).first()).toBeVisible();
});
