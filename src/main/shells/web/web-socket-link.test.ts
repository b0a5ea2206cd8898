import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Link, Message } from '../../../contract/link.ts';
import { seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { webSocketLink } from './web-socket-link.ts';

const event = (text: string): Message => ({ type: 'event', id: 1, value: text });

let clock: VirtualClock;
let server: WebSocketServer;
let port: number;

beforeEach(async () => {
  clock = new VirtualClock();
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const socket of server.clients) socket.terminate();
  server.close();
});

/** The server's end, its link made in the same turn as the connection. */
async function accept<T>(open: () => T): Promise<{ page: T; socket: WebSocket; link: Link }> {
  const accepted = new Promise<{ socket: WebSocket; link: Link }>((resolve) => {
    server.once('connection', (socket) => resolve({ socket, link: webSocketLink({ clock }, socket) }));
  });
  const page = open();
  return { page, ...(await accepted) };
}

function openPage(): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${port}`);
}

/** A page that shakes hands and then reads nothing more. */
function openSilently(): Socket {
  const raw = connect(port, '127.0.0.1');
  raw.write(
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  raw.pause();
  return raw;
}

describe('a link over a WebSocket', () => {
  it('carries messages both ways as JSON text', async () => {
    const { page, link } = await accept(openPage);
    await once(page, 'open');
    const received: unknown[] = [];
    using _receiving = link.onMessage((message) => received.push(message));
    page.send('{"type":"cancel","id":4}');
    link.send(event('hello'));
    const [data, isBinary] = (await once(page, 'message')) as [Buffer, boolean];
    expect({ text: data.toString(), isBinary }).toEqual({
      text: '{"type":"event","id":1,"value":"hello"}',
      isBinary: false,
    });
    await expect.poll(() => received).toEqual([{ type: 'cancel', id: 4 }]);
  });

  it('is congested while a page does not read, and cuts it off before it fills the memory', async () => {
    const { page, link, socket } = await accept(openSilently);
    let closed = 0;
    link.onClose(() => closed++);
    expect(link.isCongested()).toBe(false);
    const chunk = 'x'.repeat(1024 * 1024);
    let sent = 0;
    while (!link.isCongested() && sent < 32) {
      link.send(event(chunk));
      sent++;
    }
    expect(link.isCongested()).toBe(true);
    let most = 0;
    for (let more = 0; more < 64 && socket.readyState === WebSocket.OPEN; more++) {
      link.send(event(chunk));
      most = Math.max(most, socket.bufferedAmount);
    }
    expect(socket.readyState).not.toBe(WebSocket.OPEN);
    expect(most).toBeLessThan(18 * 1024 * 1024);
    await expect.poll(() => closed).toBe(1);
    page.destroy();
  });

  it('ends a page that answers no ping for half a minute, and keeps one that does', async () => {
    const gone = await accept(openSilently);
    const kept = await accept(openPage);
    await once(kept.page, 'open');
    clock.advance(seconds(30));
    await once(kept.socket, 'pong');
    clock.advance(seconds(30));
    await once(kept.socket, 'pong');
    await expect.poll(() => gone.socket.readyState).toBe(WebSocket.CLOSED);
    expect(kept.socket.readyState).toBe(WebSocket.OPEN);
    gone.page.destroy();
  });

  it('tells of its end once, also to one who asks too late, and leaves no timer behind', async () => {
    const { page, link, socket } = await accept(openPage);
    await once(page, 'open');
    const told: string[] = [];
    link.onClose(() => told.push('early'));
    link.onClose(() => told.push('withdrawn'))[Symbol.dispose]();
    page.close();
    await once(socket, 'close');
    link.onClose(() => told.push('late'));
    link.send(event('dropped'));
    expect(told).toEqual(['early', 'late']);
    expect(clock.untilNextTimer()).toBeNull();
  });
});
