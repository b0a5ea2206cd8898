import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { TestEngine } from './live-store/test-engine.ts';
import { OPENED, replyOf, sentOf } from './live-store/test-exchanges.ts';
import { openPage } from './test-page.tsx';

beforeEach(() => localStorage.clear());

/** A page that has asked for one exchange. */
async function send(typed = '192.0.2.7') {
  const { user, engine, happen, cut } = await openPage(new TestEngine(), 'sockets');
  await user.click(screen.getByLabelText('Destination'));
  await user.paste(typed);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(engine.exchanges.orders).toHaveLength(1));
  return { user, happen, cut, exchanges: engine.exchanges };
}

const exchange = () => screen.getByLabelText('Exchange');
/** The lines of the table, its head first; looked up by tag, since roles take a second on a busy machine. */
const rows = () => [...exchange().querySelectorAll('tr')];

describe('the sockets view', () => {
  it('asks for what the form says, and shows each request with its answers', async () => {
    const { exchanges, happen } = await send();
    expect(exchanges.orders).toMatchObject([
      { destination: '192.0.2.7', ttl: 64, receive: 'first', privileged: false },
    ]);
    await happen(() => {
      exchanges.tell(OPENED, sentOf(0), replyOf(0), replyOf(0, { isDuplicate: true }), sentOf(1));
    });
    expect(exchange()).toHaveTextContent(/^Listening2 sent, 1 answered, 2 echo replies/);
    expect(rows().map((row) => row.querySelector('th')?.textContent)).toEqual([
      'Message',
      '→Echo request',
      '←Echo reply',
      '←Echo reply, again',
      '→Echo request',
      '←Waiting…',
    ]);
    expect(rows()[2]).toHaveTextContent('0 / 010466015701.250 mskernel');
  });

  it('says what the library throws for an ICMP error, and in words what it means', async () => {
    const { exchanges, happen } = await send();
    const raised = { name: 'ICMPv4TimeExceeded', message: 'Time to live exceeded' };
    await happen(() => {
      exchanges.tell(OPENED, sentOf(0), replyOf(0, { source: '192.0.2.254', icmpType: 11, raised }));
      exchanges.tell({ kind: 'settled', requestIndex: 0, raised: null });
      exchanges.tell({ kind: 'finished', repliesNotTold: 0, localDrops: 0 });
      exchanges.end();
    });
    expect(within(exchange()).getByText('ICMP error')).toBeInTheDocument();
    const detail = screen.getByLabelText(/^Time to live exceeded/);
    expect(detail).toHaveTextContent('reply.raiseForStatus() throws ICMPv4TimeExceeded: Time to live exceeded');
    expect(detail).toHaveTextContent('192.0.2.254 says that the packet had used up its hops there');
    expect(detail).toHaveTextContent('its bytes were not kept');
  });

  it('marks the bytes of a field that has the keyboard', async () => {
    const { exchanges, happen } = await send();
    await happen(() => exchanges.tell(OPENED, sentOf(0)));
    const bytes = screen.getByLabelText('Bytes of the request');
    act(() => within(bytes).getByText('Identifier').closest('button')?.focus());
    expect(within(bytes).getByText('12 34')).toHaveAttribute('data-marked', 'true');
    expect(within(bytes).getByText('68 69')).toHaveAttribute('data-marked', 'false');
  });

  it('tells why a request did not leave, and what was not answered', async () => {
    const { exchanges, happen, user } = await send();
    await happen(() => {
      exchanges.tell(
        OPENED,
        {
          kind: 'send-failed',
          requestIndex: 0,
          sequence: 1,
          reason: 'no-route',
          osCode: 'ENETUNREACH',
          raised: { name: 'ICMPSocketError', message: '[Errno 101] Network is unreachable' },
        },
        sentOf(1),
        {
          kind: 'settled',
          requestIndex: 1,
          raised: { name: 'TimeoutExceeded', message: 'The timeout has been reached (2s)' },
        },
        { kind: 'finished', repliesNotTold: 2, localDrops: 3 },
      );
      exchanges.end();
    });
    expect(exchange()).toHaveTextContent(
      '1 sent, 0 answered, 1 not sent, 2 further answers only counted, 3 messages dropped by this machine',
    );
    expect(screen.getByLabelText('No route')).toHaveTextContent('ENETUNREACH');
    await user.click(screen.getByText('No answer in time'));
    expect(screen.getByText('TimeoutExceeded')).toBeInTheDocument();
  });

  it('stops, and ends the stream with that', async () => {
    const { exchanges, happen, user } = await send();
    await happen(() => exchanges.tell(OPENED, sentOf(0)));
    await user.click(screen.getByText('Stop'));
    await waitFor(() => expect(exchanges.stops).toBe(1));
    expect(screen.getByText('Not waited for')).toBeInTheDocument();
    expect(screen.getByText('Send').closest('button')).toBeEnabled();
  });

  it('shows in place why it could not begin', async () => {
    const { exchanges, happen } = await send();
    await happen(() => exchanges.end({ code: 'needs-real-network' }));
    expect(screen.getByLabelText('Not in a simulated internet')).toHaveTextContent('--simulate');
    expect(screen.getByText('Could not begin')).toBeInTheDocument();
  });

  it('takes the keyboard to the first field that is wrong, and forgets the fault when it is mended', async () => {
    const { user, engine } = await openPage(new TestEngine(), 'sockets');
    await user.click(screen.getByLabelText('Destination'));
    await user.paste('192.0.2.7');
    const ttl = screen.getByLabelText('TTL');
    await user.clear(ttl);
    await user.paste('256');
    await user.keyboard('{Enter}');
    expect(ttl).toHaveFocus();
    expect(ttl).toHaveAccessibleDescription('A whole number from 1 to 255.');
    await user.keyboard('{Backspace}');
    expect(ttl).toBeValid();
    expect(engine.exchanges.orders).toEqual([]);
  });
});
