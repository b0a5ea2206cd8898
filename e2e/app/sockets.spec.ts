import { addresses } from '../lab/addresses.ts';
import { expect, test } from './fixtures.ts';

/** The socket classes on the kernel lab, where it is known who answers how. */

test.use({ view: 'Sockets' });

const BYTES_OF_REQUEST = 'Bytes of the request';
const BYTES_OF_ANSWER = 'Bytes of the answer';

test('every answer to a broadcast is told with its bytes, and a field marks its own', async ({ page }) => {
  const destination = page.getByRole('textbox', { name: 'Destination' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  await destination.fill(addresses.neighbours.broadcast);
  await destination.press('Enter');
  await expect(page.getByRole('region', { name: 'A broadcast address' })).toContainText('Switch Broadcast on');
  await expect(page.getByText('SocketBroadcastError', { exact: true })).toBeVisible();

  await page.getByRole('checkbox', { name: 'Broadcast' }).check();
  await page.getByLabel('Receive').selectOption('Every answer');
  await page.getByRole('textbox', { name: 'Timeout (s)' }).fill('0.5');
  await page.getByRole('radiogroup', { name: 'Kind of payload' }).getByText('Text').click();
  await page.getByRole('textbox', { name: 'Payload' }).fill('hopscope');
  await destination.press('Enter');

  const exchange = page.getByRole('region', { name: 'Exchange' });
  await expect(exchange.getByText(/^1 sent, 1 answered, 2 echo replies · IPv4/)).toBeVisible();
  const replies = exchange.getByRole('row', { name: 'Echo reply' });
  await expect(replies).toHaveCount(2);
  for (const { v4 } of addresses.neighbours.hosts) await expect(replies.filter({ hasText: v4 })).toContainText('0 / 0');

  const answer = page.getByRole('region', { name: BYTES_OF_ANSWER });
  await expect(answer).toContainText('16 bytes');
  await expect(answer).toContainText('hopscope');
  const payload = answer.getByRole('button', { name: /^Payload/ });
  await payload.focus();
  await expect(answer.getByText('68 6f 70 73 63 6f 70 65', { exact: true })).toHaveAttribute('data-marked', 'true');
  await expect(page.getByText('throws nothing')).toBeVisible();
});

test('an error of a router is told in words, by the class of the library, and byte by byte', async ({ page }) => {
  const destination = page.getByRole('textbox', { name: 'Destination' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  const ttl = page.getByRole('textbox', { name: 'TTL' });
  await ttl.fill('0');
  await destination.fill(addresses.target.v6);
  await destination.press('Enter');
  await expect(ttl).toBeFocused();
  await expect(ttl).toHaveAccessibleDescription('A whole number from 1 to 255.');

  await ttl.fill('1');
  await page.getByLabel('Privileged').selectOption('Yes (raw)');
  await destination.press('Enter');
  await expect(page.getByText('ICMPv6TimeExceeded')).toBeVisible();
  await expect(page.getByText(`${addresses.firstRouter.v6} says that the packet had used up its hops`)).toBeVisible();
  // The quoted request is the one that was sent, from its identifier on.
  const sent = page.getByRole('region', { name: BYTES_OF_REQUEST }).getByRole('button', { name: /^Identifier/ });
  const answer = page.getByRole('region', { name: BYTES_OF_ANSWER });
  await expect(answer.getByRole('button', { name: /^Identifier/ })).toHaveText((await sent.textContent()) ?? '');
  await expect(answer.getByRole('button', { name: /^Destination/ })).toContainText(addresses.target.v6);
  await expect(
    page.getByText("import { AsyncSocket, ICMPRequest, ICMPv6Socket, PID } from 'hopscope/icmp';"),
  ).toBeVisible();
});

test('what this machine refuses, and what others refuse, is told in place with what to do', async ({ page }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const main = page.getByRole('main');
  const { target, noRoute, prohibitRoute, blackholeRoute, noRouteAtFirstRouter, prohibitedAtFirstRouter } = addresses;
  await page.getByLabel('Don’t fragment').selectOption('Always');
  for (const { destination, more = {}, title, says } of [
    // Before a socket is open.
    {
      destination: target.v4,
      more: { 'Source address': '192.0.2.77' },
      title: 'Not an address of this machine',
      says: 'ip -brief address',
    },
    { destination: target.v4, more: { Interface: 'nosuch0' }, title: 'No such interface', says: 'ip -brief link' },
    // By the kernel of this machine.
    { destination: noRoute.v6, title: 'No route', says: 'ip -6 route' },
    { destination: prohibitRoute.v4, title: 'Refused by this machine', says: 'Allow outgoing ICMP echo requests' },
    { destination: blackholeRoute.v4, title: 'Cannot be sent to', says: 'blackhole' },
    { destination: target.v4, more: { 'Payload size': '2000' }, title: 'Too big to send', says: 'smaller payload' },
  ] as { destination: string; more?: Record<string, string>; title: string; says: string }[]) {
    for (const [name, text] of Object.entries(more)) await field(name).fill(text);
    await field('Destination').fill(destination);
    await field('Destination').press('Enter');
    await expect(page.getByRole('region', { name: title })).toContainText(says);
    for (const name of Object.keys(more)) await field(name).fill(name === 'Payload size' ? '56' : '');
  }

  // By a router on the way.
  for (const [destination, sentence] of [
    [noRouteAtFirstRouter.v6, 'says that it has no way to the destination (ICMPv6 type 1, code 0).'],
    [prohibitedAtFirstRouter.v4, 'says that a rule forbids passing the packet on (ICMP type 3, code 13).'],
  ] as const) {
    await field('Destination').fill(destination);
    await field('Destination').press('Enter');
    await expect(main.getByText(sentence)).toBeVisible();
  }
});
