import type { WebSocketRoute } from 'playwright/test';
import { expect, test } from './fixtures.ts';

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

test('a browser without the token is told where to find it', async ({ webHost, context }) => {
  const page = await context.newPage();
  const response = await page.goto(new URL(webHost.url).origin);
  expect(response?.status()).toBe(403);
  await expect(page.getByText('open the URL printed in the terminal')).toBeVisible();
});

test('a page of another site can start a visit, but neither read the app nor connect to it', async ({
  webHost,
  context,
}) => {
  const own = await context.newPage();
  await own.goto(webHost.url);
  await expect(own.getByText('Engine connected')).toBeVisible();

  // localhost is another site than 127.0.0.1, and this host does not answer its foreign page with more than a refusal.
  const origin = new URL(webHost.url).origin;
  const foreign = await context.newPage();
  await foreign.route('http://foreign.localhost/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>foreign</h1>' }),
  );
  await foreign.goto('http://foreign.localhost/');
  expect(
    await foreign.evaluate(async (url) => {
      const read = await fetch(url).then(
        () => 'read',
        () => 'refused',
      );
      const connected = await new Promise((resolve) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/link`);
        socket.onopen = () => resolve('connected');
        socket.onerror = () => resolve('refused');
      });
      return { read, connected };
    }, origin),
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
