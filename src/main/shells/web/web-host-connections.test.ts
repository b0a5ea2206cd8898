import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seconds } from '../../../contract/units.ts';
import { startTestHost, type TestHost, TOKEN } from './test-host.ts';

/** One more than a host takes at a time. */
const TOO_MANY = 129;

let host: TestHost;
let opened: Socket[];
beforeEach(async () => {
  opened = [];
  host = await startTestHost();
});
afterEach(() => {
  for (const socket of opened) socket.destroy();
  return host[Symbol.asyncDispose]();
});

/** Asks for a WebSocket and keeps its own end of the connection open, whatever the host does with the other. */
function shakeHands(token: string): Socket {
  const raw = connect({ port: host.port, host: '127.0.0.1', allowHalfOpen: true });
  raw.on('error', () => {}); // a reset, which is one of the ways to be closed
  raw.write(
    `GET /link HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nOrigin: http://127.0.0.1:${host.port}\r\n` +
      `Sec-WebSocket-Protocol: hopscope, ${token}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  opened.push(raw);
  return raw;
}

/** The first line that the host answers. */
async function statusLine(raw: Socket): Promise<string | undefined> {
  const [data] = (await once(raw, 'data')) as [Buffer];
  return data.toString().split('\r\n')[0];
}

describe('the connections of the browser host', () => {
  it('are closed after a refused handshake, also when the other side holds its end', async () => {
    const raw = shakeHands('wrong');
    const ended = once(raw, 'end');
    expect(await statusLine(raw)).toBe('HTTP/1.1 403 Forbidden');
    await ended;
    // Only a connection that is gone on the other side answers what is sent into it with a reset.
    await expect
      .poll(() => {
        raw.write('still here');
        return raw.destroyed;
      })
      .toBe(true);
  });

  it('do not keep the host from closing while a refused client holds its end', async () => {
    const raw = shakeHands('wrong');
    await once(raw.resume(), 'end');
    await host.running.close();
    await expect(host.get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('do not lock out later ones, however many handshakes were refused', async () => {
    await Promise.all(Array.from({ length: TOO_MANY }, () => once(shakeHands('wrong').resume(), 'end')));
    expect((await host.get('/')).status).toBe(200);
  });

  it('end half a second after the host began to close, also that of a page that says no goodbye', async () => {
    const raw = shakeHands(TOKEN);
    expect(await statusLine(raw)).toBe('HTTP/1.1 101 Switching Protocols');
    const closing = host.running.close();
    host.clock.advance(seconds(0.5));
    await closing;
    await once(raw.resume(), 'end');
  });
});
