import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AsyncSocket, ICMPRequest, type ICMPv4Socket } from '../../src/main/icmp.ts';
import { collectGarbage } from './collect-garbage.ts';
import { client, echo, ipv4Modes, modes, nextId, openSocket, pick, rejectionOf, thrownBy } from './icmp-modes.ts';

const UNAVAILABLE = {
  name: 'SocketUnavailableError',
  message: 'The socket can no longer be used after its closure',
};

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

describe.each(modes)('closing ($name)', (mode) => {
  it('78. close twice is silent, and what the socket was stays readable', () => {
    const address = pick(mode, client);
    const socket = openSocket(mode, { address });
    socket.close();
    socket.close();
    expect([socket.isClosed, socket.address, socket.isPrivileged]).toEqual([true, address, mode.privileged]);
  });

  it('79. leaving the block of `using` closes', () => {
    const before = openDescriptors();
    let inside: ReturnType<typeof openSocket>;
    {
      using socket = openSocket(mode);
      inside = socket;
      expect(openDescriptors()).toBeGreaterThan(before);
    }
    expect(inside.isClosed).toBe(true);
    expect(openDescriptors()).toBe(before);
  });

  it('81. blocking of a closed socket is a SocketUnavailableError', () => {
    const socket = openSocket(mode);
    socket.close();
    expect(thrownBy(() => socket.blocking)).toMatchObject(UNAVAILABLE);
    expect(
      thrownBy(() => {
        socket.blocking = true;
      }),
    ).toMatchObject(UNAVAILABLE);
  });

  it('80. 250 sockets forgotten without close leave no descriptor behind', async () => {
    await collectGarbage();
    const before = openDescriptors();
    // In parts, since a process may be allowed 1,024 descriptors only.
    for (let part = 0; part < 5; part++) {
      for (let index = 0; index < 50; index++) echo(openSocket(mode), mode.loopback);
      await collectGarbage();
    }
    expect(openDescriptors()).toBeLessThanOrEqual(before);
  });

  it('80. an AsyncSocket forgotten while it waits still gets its reply', async () => {
    const request = new ICMPRequest(mode.loopback, nextId(), 1);
    // Nothing but the promise is kept of the wrapper and its socket.
    const pending = new AsyncSocket(openSocket(mode)).receive(request, 2);
    await collectGarbage();
    using sender = openSocket(mode);
    // A raw socket hears the replies to every other; a dgram socket's only end by the timeout.
    sender.send(request);
    if (mode.privileged) expect((await pending).source).toBe(mode.loopback);
    else expect(await rejectionOf(pending)).toMatchObject({ name: 'TimeoutExceeded' });
  });

  it('80. an AsyncSocket forgotten after a receive leaves none behind either', async () => {
    const receiveOnce = async () => {
      const socket = new AsyncSocket(openSocket(mode));
      await socket.receive(null, 0).catch(() => {});
    };
    await receiveOnce();
    await collectGarbage();
    const before = openDescriptors();
    for (let index = 0; index < 20; index++) await receiveOnce();
    expect(openDescriptors()).toBeGreaterThan(before);
    await collectGarbage();
    expect(openDescriptors()).toBeLessThanOrEqual(before);
  });
});

it.each(ipv4Modes)('81. broadcast of a closed socket is a SocketUnavailableError ($name)', (mode) => {
  const socket = openSocket(mode) as ICMPv4Socket;
  socket.close();
  expect(thrownBy(() => socket.broadcast)).toMatchObject(UNAVAILABLE);
  expect(
    thrownBy(() => {
      socket.broadcast = true;
    }),
  ).toMatchObject(UNAVAILABLE);
});
