import { icmp4, icmp6, icmpMessage, ipv4Packet, ipv6Packet, sealed4 } from '../kernel/icmp-packets.ts';
import { addresses } from '../lab/addresses.ts';
import { inject } from '../lab/inject.ts';
import { expect, type Page, test } from './fixtures.ts';

/** Every ICMP error that has words of its own: packets about a request of the Sockets view, made by hand and read there. */

test.use({ view: 'Sockets' });

const [ID, SEQUENCE] = [4_711, 1];
const MTU_BYTES = 1_280;
type ErrorOfTest = readonly [type: number, code: number, title: string];

/** RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1. */
const V4: readonly ErrorOfTest[] = [
  [3, 0, 'Network unreachable'],
  [3, 1, 'Host unreachable'],
  [3, 2, 'Protocol unreachable'],
  [3, 3, 'Port unreachable'],
  [3, 4, 'Fragmentation needed'],
  [3, 5, 'Source route failed'],
  [3, 6, 'Network unknown'],
  [3, 7, 'Host unknown'],
  [3, 8, 'Source host isolated'],
  [3, 9, 'Network prohibited'],
  [3, 10, 'Host prohibited'],
  [3, 11, 'Network unreachable for this type of service'],
  [3, 12, 'Host unreachable for this type of service'],
  [3, 13, 'Filtered'],
  [3, 14, 'Precedence violation'],
  [3, 15, 'Precedence cut-off'],
  [3, 16, 'Destination unreachable'],
  [4, 0, 'Source quench'],
  [5, 0, 'Redirect'],
  [5, 1, 'Redirect'],
  [5, 2, 'Redirect'],
  [5, 3, 'Redirect'],
  [11, 0, 'Time to live exceeded'],
  [11, 1, 'Reassembly time exceeded'],
  [12, 0, 'Header error'],
  [12, 1, 'Option missing'],
  [12, 2, 'Bad length'],
];

/** RFC 4443 §3, RFC 6550 §20.17 and RFC 8883 §2 for the newer codes. */
const V6: readonly ErrorOfTest[] = [
  [1, 0, 'No route to the destination'],
  [1, 1, 'Prohibited'],
  [1, 2, 'Beyond the scope of the source address'],
  [1, 3, 'Address unreachable'],
  [1, 4, 'Port unreachable'],
  [1, 5, 'Source address refused'],
  [1, 6, 'Route rejected'],
  [1, 7, 'Source route refused'],
  [1, 8, 'Headers too long'],
  [1, 9, 'Destination unreachable'],
  [2, 0, 'Packet too big'],
  [3, 0, 'Hop limit exceeded'],
  [3, 1, 'Reassembly time exceeded'],
  [4, 0, 'Header error'],
  [4, 1, 'Unknown next header'],
  [4, 2, 'Unknown option'],
  [4, 3, 'Incomplete headers'],
];

test('every ICMP error has its name and its sentence', async ({ page }) => {
  const { client, silent } = addresses;
  await expect(page.getByText('Engine connected')).toBeVisible();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await page.getByLabel('Privileged').selectOption('Yes (raw)');
  await page.getByLabel('Receive').selectOption('Every answer');
  await field('Id').fill(String(ID));
  await field('Sequence').fill(String(SEQUENCE));

  const quoted4 = ipv4Packet({
    source: client.v4,
    destination: silent.v4,
    payload: sealed4(icmpMessage(8, 0, ID, SEQUENCE)),
  });
  await ask(page, silent.v4);
  inject(
    ...V4.map(([type, code]) =>
      // RFC 1191 §4: the MTU is in the second half of the second word.
      icmp4('127.0.0.9', '127.0.0.1', icmpMessage(type, code, 0, type === 3 && code === 4 ? MTU_BYTES : 0, quoted4)),
    ),
  );
  await readAll(page, V4, (type, code) => `127.0.0.9 says that .+ \\(ICMP type ${type}, code ${code}\\)\\.`);

  const quoted6 = ipv6Packet({
    source: client.v6,
    destination: silent.v6,
    payload: icmpMessage(128, 0, ID, SEQUENCE),
  });
  await ask(page, silent.v6);
  inject(
    ...V6.map(([type, code]) => icmp6('::1', '::1', icmpMessage(type, code, 0, type === 2 ? MTU_BYTES : 0, quoted6))),
  );
  await readAll(page, V6, (type, code) => ` .+ \\(ICMPv6 type ${type}, code ${code}\\)\\.`);
});

/** Sends the request; it has left when this resolves. */
async function ask(page: Page, destination: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Destination', exact: true });
  await field.fill(destination);
  await field.press('Enter');
  await expect(page.getByRole('row', { name: 'Echo request' })).toContainText(destination);
}

/** Looks at each answer in turn. */
async function readAll(
  page: Page,
  errors: readonly ErrorOfTest[],
  sentence: (type: number, code: number) => string,
): Promise<void> {
  for (const [type, code, title] of errors) {
    const cell = page.getByRole('cell', { name: `${type} / ${code}`, exact: true });
    await page.getByRole('row').filter({ has: cell }).getByRole('button', { name: title, exact: true }).click();
    await expect(page.getByRole('main').getByText(new RegExp(sentence(type, code)))).toBeVisible();
  }
}
