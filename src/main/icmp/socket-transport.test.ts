import { expect, it, vi } from 'vitest';
import { milliseconds } from '../../contract/units.ts';
import { RECORD_ICMP_ERROR, RECORD_TRANSMIT_STAMP } from './native-record.ts';
import { clock, events, open, probe, replyTo, requestOf, send, TARGET } from './test-socket-transport.ts';

vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

const answered = (rtt: number, more: object = {}) => ({
  kind: 'echo-reply',
  responder: TARGET,
  rtt,
  timestampSource: 'kernel',
  replyHopLimit: null,
  bytesReceived: 64,
  ...more,
});

it('times an answer by the kernel stamps, not by when the program got round to it', async () => {
  const { transport, socket } = open();
  await send(transport);
  socket.inject({
    source: TARGET,
    data: replyTo(requestOf(socket)),
    arrivedMs: 12.5,
    readMs: 400,
    hopLimit: 57,
  });
  clock.current.advance(milliseconds(400));
  socket.wake();
  expect(events).toEqual([['probe', answered(12.5, { replyHopLimit: 57 })]]);
});

it('measures from the kernel moment of departure when asked to', async () => {
  const { transport, socket } = open('dgram', true);
  await send(transport);
  socket.inject({
    kind: RECORD_TRANSMIT_STAMP,
    source: '0.0.0.0',
    data: new Uint8Array(),
    transmitKey: 1,
    arrivedMs: 0.5,
  });
  socket.inject({ source: TARGET, data: replyTo(requestOf(socket)), arrivedMs: 12.5, readMs: 13 });
  socket.wake();
  expect(events).toEqual([['probe', answered(12, { timestampSource: 'kernel-transmit' })]]);
});

it('measures from the kernel moment of departure that the send itself gave', async () => {
  const { transport, socket } = open();
  socket.departsAfterMs = 0.25;
  await send(transport);
  socket.inject({ source: TARGET, data: replyTo(requestOf(socket)), arrivedMs: 12.5, readMs: 13 });
  socket.wake();
  expect(events).toEqual([['probe', answered(12.25, { timestampSource: 'kernel-transmit' })]]);
});

it('measures a request by its own departure only, though its place in the table was used before', async () => {
  const { transport, socket } = open();
  socket.departsAfterMs = 0.25;
  await send(transport);
  socket.inject({ source: TARGET, data: replyTo(requestOf(socket)), arrivedMs: 12.5, readMs: 13 });
  socket.wake();
  socket.departsAfterMs = null;
  // The table begins with 64 places.
  for (let index = 1; index <= 64; index++) {
    events.length = 0;
    await send(transport);
    socket.inject({ source: TARGET, data: replyTo(requestOf(socket, index)), arrivedMs: 12.5, readMs: 13 });
    socket.wake();
  }
  expect(events).toEqual([['probe', answered(12.5)]]);
});

it('says timed-out once, at the deadline, then late, then duplicate', async () => {
  const { transport, socket } = open();
  await send(transport);
  clock.current.advance(milliseconds(999));
  expect(events).toEqual([]);
  clock.current.advance(milliseconds(1));
  const reply = { source: TARGET, data: replyTo(requestOf(socket)), arrivedMs: 1_200, readMs: 1_200 };
  socket.inject(reply);
  socket.inject(reply);
  socket.wake();
  expect(events).toEqual([
    ['probe', { kind: 'timed-out' }],
    ['probe', { kind: 'late', isEchoReply: true, responder: TARGET, rtt: 1_200 }],
    ['probe', { kind: 'duplicate', isEchoReply: true, responder: TARGET, rtt: 1_200 }],
  ]);
});

it('counts as an answer what the kernel had before the deadline, though the program was blocked beyond it', async () => {
  const { transport, socket } = open();
  await send(transport);
  socket.inject({ source: TARGET, data: replyTo(requestOf(socket)), arrivedMs: 900, readMs: 1_500 });
  clock.current.advance(milliseconds(1_500));
  expect(events).toEqual([['probe', answered(900)]]);
});

it('gives a late reply to the probe it belongs to after the sequence has wrapped, and never to its successor', async () => {
  const { transport, socket } = open();
  await send(transport, {}, 'first');
  const late = replyTo(requestOf(socket));
  clock.current.advance(milliseconds(1_000));
  for (let count = 1; count < 65_536; count++) transport.send(probe(), () => {});
  await Promise.resolve();
  clock.current.advance(milliseconds(1_000));
  await send(transport, {}, 'successor');
  expect(Buffer.from(requestOf(socket, -1).slice(6, 8)).toString('hex')).toBe('0000');
  socket.inject({ source: TARGET, data: late, arrivedMs: 2_000, readMs: 2_000 });
  socket.wake();
  expect(events).toEqual([['first', { kind: 'timed-out' }]]);
  expect(transport.counters().forged).toBe(1);
});

it('keeps two probes with different timeouts to their own deadlines', async () => {
  const { transport } = open();
  await send(transport, { timeout: milliseconds(500) }, 'long');
  await send(transport, { timeout: milliseconds(100) }, 'short');
  clock.current.advance(milliseconds(100));
  expect(events).toEqual([['short', { kind: 'timed-out' }]]);
  clock.current.advance(milliseconds(400));
  expect(events).toEqual([
    ['short', { kind: 'timed-out' }],
    ['long', { kind: 'timed-out' }],
  ]);
});

it('takes no answer from another address, without the token, or with another identifier', async () => {
  const { transport, socket } = open();
  await send(transport);
  const right = replyTo(requestOf(socket));
  const wrongToken = right.with(9, (right[9] as number) ^ 1);
  const wrongIdentifier = right.with(5, (right[5] as number) ^ 1);
  socket.inject({ source: '192.0.2.8', data: right });
  socket.inject({ source: TARGET, data: wrongToken });
  socket.inject({ source: TARGET, data: wrongIdentifier });
  socket.inject({ source: TARGET, data: right.slice(0, 7) });
  socket.wake();
  expect(events).toEqual([]);
  expect(transport.counters()).toEqual({ localDrops: 0, forged: 2, unmatched: 1, malformed: 1 });
});

it('takes the error of a router from the error queue as the answer, with its code and MTU', async () => {
  const { transport, socket } = open();
  await send(transport);
  const quoted = requestOf(socket);
  socket.inject({
    kind: RECORD_ICMP_ERROR,
    source: '198.51.100.1',
    local: TARGET,
    data: quoted,
    icmpType: 3,
    icmpCode: 4,
    info: 1_300,
    arrivedMs: 3,
    readMs: 3,
  });
  socket.wake();
  expect(events).toEqual([
    [
      'probe',
      {
        kind: 'packet-too-big',
        responder: '198.51.100.1',
        rtt: 3,
        timestampSource: 'kernel',
        replyHopLimit: null,
        bytesReceived: 64,
        icmpType: 3,
        icmpCode: 4,
        mtu: 1_300,
        fromThisMachine: false,
        quotedHopLimit: null,
        isQuoteAltered: false,
        extensions: null,
      },
    ],
  ]);
});

it('takes an error that quotes only eight bytes, but not one that quotes another destination', async () => {
  const { transport, socket } = open();
  await send(transport);
  const quoted = requestOf(socket).slice(0, 8);
  const error = {
    kind: RECORD_ICMP_ERROR,
    source: '198.51.100.1',
    data: quoted,
    icmpType: 11,
    icmpCode: 0,
    readMs: 5,
    arrivedMs: 4,
  };
  socket.inject({ ...error, local: '192.0.2.99' });
  socket.inject({ ...error, local: TARGET });
  socket.wake();
  expect(events).toMatchObject([['probe', { kind: 'time-exceeded', responder: '198.51.100.1', rtt: 4 }]]);
  expect(transport.counters().forged).toBe(1);
});
