import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../contract/client.ts';
import { contract } from '../../../contract/index.ts';
import type { Link } from '../../../contract/link.ts';
import { type Joined, startTestHost, type TestHost, TOKEN } from './test-host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await startTestHost();
});
afterEach(() => host[Symbol.asyncDispose]());

function linkOver({ socket }: Joined): Link {
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage: (receive) => {
      socket.on('message', (data) => receive(JSON.parse(data.toString())));
      return { [Symbol.dispose]() {} };
    },
    onClose: (closed) => {
      socket.once('close', closed);
      return { [Symbol.dispose]() {} };
    },
    isCongested: () => false,
  };
}

describe('the browser host over its WebSocket', () => {
  it('answers the contract', async () => {
    const client = createClient(contract, linkOver(await host.join()));
    expect(await client.system.about({})).toEqual({
      ok: true,
      value: { version: '1.2.3', platform: 'linux', simulated: null },
    });
  });

  it('writes a bug down and gives its reference, not its text, to the page', async () => {
    const result = await createClient(contract, linkOver(await host.join())).system.doctor({});
    expect(result).toMatchObject({ ok: false, failure: { code: 'internal' } });
    const reference = result.ok || result.failure.code !== 'internal' ? '' : result.failure.reference;
    expect(host.notices).toHaveLength(1);
    expect(host.notices[0]).toContain(reference);
    expect(host.notices[0]).toContain('the doctor is broken');
  });

  it('ends the streams of a page that goes away', async () => {
    const joined = await host.join();
    const client = createClient(contract, linkOver(joined));
    await new Promise<void>((resolve) => void client.monitor.list({}, { onEvent: () => resolve(), onEnd: () => {} }));
    expect(host.openStreams).toEqual(['list']);
    joined.socket.terminate();
    await expect.poll(() => host.openStreams).toEqual([]);
  });

  it.each([
    ['another origin', { Origin: 'http://evil.example' }, '403'],
    ['the same host on another port', { Origin: 'http://127.0.0.1:1' }, '403'],
    ['an opaque origin', { Origin: 'null' }, '403'],
    ['no token', { 'Sec-WebSocket-Protocol': 'hopscope' }, '403'],
    ['no subprotocol', { 'Sec-WebSocket-Protocol': '' }, '403'],
    ['a wrong token', { 'Sec-WebSocket-Protocol': 'hopscope, wrong' }, '403'],
    ['the token in a cookie alone', { 'Sec-WebSocket-Protocol': '', Cookie: `hopscope=${TOKEN}` }, '403'],
    ['a foreign Host', { Host: 'evil.example' }, '421'],
  ])('refuses a page with %s', async (_case, changed, status) => {
    await expect(host.join(changed)).rejects.toThrow(status);
  });

  it('never says the token: of the two subprotocols it takes the first', async () => {
    expect((await host.join()).socket.protocol).toBe('hopscope');
  });

  it('refuses another path', async () => {
    await expect(host.join({}, '/')).rejects.toThrow('404');
  });

  it('refuses the seventeenth page and takes it when another has gone', async () => {
    const pages = await Promise.all(Array.from({ length: 16 }, () => host.join()));
    await expect(host.join()).rejects.toThrow('503');
    pages[0]?.socket.terminate();
    await expect
      .poll(() =>
        host.join().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  it.each([
    ['a message of more than 512 KiB', 'x'.repeat(512 * 1024 + 1), 1009],
    ['text that is not JSON', '{"type":', 1007],
    ['binary', Buffer.from('{}'), 1003],
  ])('closes on %s', async (_case, message, code) => {
    const { socket, closed } = await host.join();
    socket.send(message);
    expect(await closed).toBe(code);
  });

  it('takes no harm from JSON that means something else, and goes on answering', async () => {
    const joined = await host.join();
    for (const hostile of [
      'null',
      '[]',
      '{"type":"call","id":1,"method":"__proto__.constructor","args":{}}',
      '{"type":"call","id":2,"method":"system.toString","args":{}}',
      '{"type":"open","id":3,"method":"system.about","args":{}}',
      '{"type":"call","id":4,"method":"monitor.add","args":{"__proto__":{"target":"a"}}}',
      `{"type":"call","id":5,"method":"monitor.pause","args":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      '{"type":"cancel","id":1e308}',
    ]) {
      joined.socket.send(hostile);
    }
    const answers: unknown[] = [];
    joined.socket.on('message', (data) => answers.push(JSON.parse(data.toString())));
    joined.socket.send('{"type":"call","id":9,"method":"system.about","args":{}}');
    await expect.poll(() => answers.length).toBe(6);
    expect(answers.slice(0, 5)).toEqual(
      [1, 2, 3, 4, 5].map((id) =>
        expect.objectContaining({ type: 'end', id, failure: expect.objectContaining({ code: 'invalid-arguments' }) }),
      ),
    );
    expect(answers[5]).toEqual({
      type: 'result',
      id: 9,
      value: { version: '1.2.3', platform: 'linux', simulated: null },
    });
    expect(host.notices).toEqual([]);
  });

  it('survives a page that breaks off in the middle of the handshake', async () => {
    const raw = connect(host.port, '127.0.0.1');
    raw.write(
      `GET /link HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
    );
    raw.resetAndDestroy();
    await new Promise((resolve) => raw.once('close', resolve));
    expect((await host.get('/')).status).toBe(200);
  });
});
