import { expect, it, vi } from 'vitest';
import { milliseconds } from '../../contract/units.ts';
import { clock, events, open, probe, replyTo, requestOf, send, TARGET } from './test-socket-transport.ts';

vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

it('tells each failed send by its reason, later than the call and once', async () => {
  const { transport, socket } = open();
  socket.sendErrnos.push(101, 1, 90, 105, 22);
  for (let count = 0; count < 5; count++) transport.send(probe(), ({ sentAt: _, ...result }) => events.push(result));
  transport.send(probe({ destination: '::1' }), ({ sentAt: _, ...result }) => events.push(result));
  expect(events).toEqual([]);
  await Promise.resolve();
  await Promise.resolve();
  expect(events).toHaveLength(6);
  expect(events).toEqual(
    expect.arrayContaining([
      { kind: 'send-failed', reason: 'no-route', code: 'ENETUNREACH' },
      { kind: 'send-failed', reason: 'not-permitted', code: 'EPERM' },
      { kind: 'send-failed', reason: 'too-big', code: 'EMSGSIZE' },
      { kind: 'send-failed', reason: 'local-queue-full', code: 'ENOBUFS' },
      { kind: 'send-failed', reason: 'invalid-destination', code: 'EINVAL' },
    ]),
  );
  clock.current.advance(milliseconds(10_000));
  expect(events).toHaveLength(6);
});

it('says local-queue-full when 65,536 probes are under way, and goes on when they have ended', async () => {
  const { transport } = open();
  for (let count = 0; count < 65_536; count++) transport.send(probe(), () => {});
  await send(transport, {}, 'one too many');
  expect(events).toEqual([['one too many', { kind: 'send-failed', reason: 'local-queue-full', code: 'EAGAIN' }]]);
  clock.current.advance(milliseconds(1_000));
  await send(transport, {}, 'after');
  clock.current.advance(milliseconds(1_000));
  expect(events.at(-1)).toEqual(['after', { kind: 'timed-out' }]);
});

it('gives its neighbours their answers when an observer throws, and lets the process hear of the bug', async () => {
  const { transport, socket } = open();
  const bugs: unknown[] = [];
  const later = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => {
    try {
      task();
    } catch (error) {
      bugs.push(error);
    }
  });
  const broken = new Error('broken observer');
  transport.send(probe(), () => {
    throw broken;
  });
  transport.send(probe(), ({ kind }) => events.push(kind));
  transport.send(probe(), ({ kind }) => events.push(kind));
  for (let index = 0; index < 2; index++) socket.inject({ source: TARGET, data: replyTo(requestOf(socket, index)) });
  socket.wake();
  clock.current.advance(milliseconds(1_000));
  later.mockRestore();
  expect([events, bugs]).toEqual([['echo-reply', 'timed-out'], [broken]]);
});

it('refuses a payload that no packet can carry', async () => {
  const { transport, socket } = open();
  await send(transport, { payloadBytes: 65_600 });
  expect([events, socket.sends]).toEqual([
    [['probe', { kind: 'send-failed', reason: 'too-big', code: 'EMSGSIZE' }]],
    [],
  ]);
});

it('calls nobody after dispose, and releases the socket', async () => {
  const { transport, socket } = open();
  await send(transport);
  transport[Symbol.dispose]();
  clock.current.advance(milliseconds(5_000));
  expect([events, socket.isClosed]).toEqual([[], true]);
});

it('writes a valid checksum on a raw socket, with the payload it later recognises', async () => {
  const { transport, socket } = open('raw');
  await send(transport, { payloadBytes: 3 });
  const icmp = requestOf(socket);
  let sum = 0;
  for (let at = 0; at < 12; at += 2) sum += ((icmp[at] as number) << 8) | (icmp[at + 1] ?? 0);
  expect([icmp.length, ((sum & 0xffff) + (sum >>> 16)) & 0xffff]).toEqual([11, 0xffff]);
});
