import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import { SystemClock, VirtualClock } from '../../base/clock.ts';
import { type PostWebhookDeps, postWebhook } from './post-webhook.ts';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly type: string;
  readonly body: string;
}

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A service on this machine that answers as it is told and notes what it was sent. */
async function startService(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, type: headers['content-type'] ?? '', body });
      answer(response, request);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { port, received, connections: () => connections };
}

const ok = (response: ServerResponse) => void response.writeHead(204).end();
const deps: PostWebhookDeps = { clock: new SystemClock() };

/** A name server of the test's own: what it is asked, and the address it gives. */
function lookUpAs(address: string, asked: string[] = []) {
  const lookUp = (name: string, _: unknown, callback: (error: null, addresses: unknown) => void) => {
    asked.push(name);
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
  return lookUp as unknown as NonNullable<PostWebhookDeps['lookUp']>;
}

describe('a webhook', () => {
  it('is a POST with JSON to exactly the address given', async () => {
    const service = await startService(ok);
    const url = `http://127.0.0.1:${service.port}/hooks/1?key=a%20b`;
    const outcome = await postWebhook(deps, { url, allowPrivate: true }, { event: 'enter', target: 'ü' });
    expect(outcome).toEqual({ kind: 'posted', status: 204 });
    expect(service.received).toEqual([
      {
        method: 'POST',
        url: '/hooks/1?key=a%20b',
        type: 'application/json; charset=utf-8',
        body: '{"event":"enter","target":"ü"}',
      },
    ]);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '127.1', '0x7f.0.0.1', '0.0.0.0'])(
    'to %s is not sent at all unless private addresses are allowed',
    async (host) => {
      const service = await startService(ok);
      const outcome = await postWebhook(deps, { url: `http://${host}:${service.port}/`, allowPrivate: false }, {});
      expect([outcome.kind, service.connections()]).toEqual(['address-private', 0]);
    },
  );

  it('to a name is checked by the very answer that is connected to', async () => {
    const service = await startService(ok);
    const asked: string[] = [];
    const named = { ...deps, lookUp: lookUpAs('127.0.0.1', asked) };
    const url = `http://hooks.example:${service.port}/`;
    expect(await postWebhook(named, { url, allowPrivate: false }, {})).toEqual({
      kind: 'address-private',
      host: 'hooks.example',
      address: '127.0.0.1',
    });
    expect([asked, service.connections()]).toEqual([['hooks.example'], 0]);
    expect(await postWebhook(named, { url, allowPrivate: true }, {})).toEqual({ kind: 'posted', status: 204 });
    expect(asked).toEqual(['hooks.example', 'hooks.example']);
  });

  it('does not follow a redirect, and says where it leads', async () => {
    const service = await startService((response, request) => {
      if (request.url === '/') response.writeHead(307, { location: '/elsewhere' }).end();
      else ok(response);
    });
    const outcome = await postWebhook(deps, { url: `http://127.0.0.1:${service.port}/`, allowPrivate: true }, {});
    expect(outcome).toEqual({ kind: 'post-refused', status: 307, location: '/elsewhere' });
    expect(service.received.map(({ url }) => url)).toEqual(['/']);
  });

  it('that is refused says with which status', async () => {
    const service = await startService((response) => void response.writeHead(403).end('no'));
    const outcome = await postWebhook(deps, { url: `http://127.0.0.1:${service.port}/`, allowPrivate: true }, {});
    expect(outcome).toEqual({ kind: 'post-refused', status: 403, location: null });
  });

  it('waits ten seconds for the answer and no longer', async () => {
    const clock = new VirtualClock();
    const service = await startService(() => clock.advance(milliseconds(10_000)));
    const outcome = await postWebhook({ clock }, { url: `http://127.0.0.1:${service.port}/`, allowPrivate: true }, {});
    expect(outcome).toEqual({ kind: 'post-failed', reason: 'timed-out', host: '127.0.0.1', osCode: null });
  });

  it('does not listen to an answer without end', async () => {
    const service = await startService((response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        response.once('drain', more);
      };
      more();
    });
    const outcome = await postWebhook(deps, { url: `http://127.0.0.1:${service.port}/`, allowPrivate: true }, {});
    expect(outcome).toMatchObject({ kind: 'post-failed', reason: 'answer-too-long' });
  });

  it('to a port that nobody listens at says so', async () => {
    const service = await startService(ok);
    for (const close of open.splice(0)) await close();
    const outcome = await postWebhook(deps, { url: `http://127.0.0.1:${service.port}/`, allowPrivate: true }, {});
    expect(outcome).toEqual({ kind: 'post-failed', reason: 'connection', host: '127.0.0.1', osCode: 'ECONNREFUSED' });
  });
});
