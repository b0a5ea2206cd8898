import { expect, it, vi } from 'vitest';
import { milliseconds } from '../../contract/units.ts';
import {
  FLAG_CODE_UNKNOWN,
  FLAG_TYPE_UNKNOWN,
  RECORD_ECHO_ERROR,
  RECORD_ECHO_FAILURE,
  RECORD_ECHO_REPLY,
} from './native-record.ts';
import { clock, events, open, requestOf, send, TARGET } from './test-socket-transport.ts';

vi.mock('./native-addon.ts', async () => {
  const { fakeNativeAddon } = await import('./fake-native-addon.ts');
  return { nativeAddon: { ...fakeNativeAddon, platform: 'win32' } };
});

const ROUTER = '203.0.113.9';

async function sendOne() {
  const opened = open('echo-api');
  await send(opened.transport);
  return { ...opened, header: requestOf(opened.socket).subarray(0, 8), whole: requestOf(opened.socket) };
}

it('takes what the interface tells of a reply, timed by the performance counter', async () => {
  const { transport, socket, whole } = await sendOne();
  const reply = { kind: RECORD_ECHO_REPLY, source: TARGET, data: whole, hopLimit: 57 };
  socket.inject({ ...reply, roundTripMs: 2, readMs: 2.25 });
  socket.wake();
  expect(events).toEqual([
    [
      'probe',
      {
        kind: 'echo-reply',
        responder: TARGET,
        rtt: 2.25,
        timestampSource: 'performance-counter',
        replyHopLimit: 57,
        bytesReceived: 64,
      },
    ],
  ]);
  expect(transport.properties).toMatchObject({ kind: 'echo-api', timestampSource: 'performance-counter' });
  expect(transport.properties.lacks).toContain('flows');
  transport[Symbol.dispose]();
});

it('leaves a code open that the interface does not tell, and makes nothing up around it', async () => {
  const { transport, socket, header } = await sendOne();
  const error = { kind: RECORD_ECHO_ERROR, source: ROUTER, local: TARGET, data: header, roundTripMs: 9, readMs: 9.5 };
  socket.inject({ ...error, icmpType: 3, flags: FLAG_CODE_UNKNOWN });
  socket.wake();
  expect(events).toEqual([
    [
      'probe',
      {
        kind: 'destination-unreachable',
        responder: ROUTER,
        rtt: 9.5,
        timestampSource: 'performance-counter',
        replyHopLimit: null,
        bytesReceived: 0,
        icmpType: 3,
        icmpCode: null,
        mtu: null,
        fromThisMachine: false,
        quotedHopLimit: null,
        isQuoteAltered: null,
        extensions: null,
      },
    ],
  ]);
  transport[Symbol.dispose]();
});

it('is an error of another kind when not even the type is told', async () => {
  const { transport, socket, header } = await sendOne();
  const flags = FLAG_TYPE_UNKNOWN | FLAG_CODE_UNKNOWN;
  socket.inject({ kind: RECORD_ECHO_ERROR, source: ROUTER, local: TARGET, data: header, roundTripMs: 0, flags });
  socket.wake();
  expect(events).toMatchObject([['probe', { kind: 'other-error', icmpType: null, icmpCode: null }]]);
  transport[Symbol.dispose]();
});

it('gives too big without an MTU, which the interface does not tell', async () => {
  const { transport, socket, header } = await sendOne();
  const error = { kind: RECORD_ECHO_ERROR, source: ROUTER, local: TARGET, data: header, roundTripMs: 0 };
  socket.inject({ ...error, icmpType: 3, icmpCode: 4 });
  socket.wake();
  expect(events).toMatchObject([['probe', { kind: 'packet-too-big', icmpType: 3, icmpCode: 4, mtu: null }]]);
  transport[Symbol.dispose]();
});

it('fails the send of a request that the interface took and did not send, once', async () => {
  const { transport, socket, header } = await sendOne();
  const errno = 101; // ENETUNREACH, as Linux numbers it
  socket.inject({ kind: RECORD_ECHO_FAILURE, source: '0.0.0.0', local: TARGET, data: header, errno });
  socket.wake();
  await Promise.resolve();
  expect(events).toEqual([['probe', { kind: 'send-failed', reason: 'no-route', code: 'ENETUNREACH' }]]);
  clock.current.advance(milliseconds(5_000));
  expect(events).toHaveLength(1);
  transport[Symbol.dispose]();
});

it('keeps its own deadline, and calls what the interface tells in the second after it late', async () => {
  const { transport, socket, whole } = await sendOne();
  clock.current.advance(milliseconds(1_000));
  expect(events).toEqual([['probe', { kind: 'timed-out' }]]);
  socket.inject({ kind: RECORD_ECHO_REPLY, source: TARGET, data: whole, roundTripMs: 1_400, readMs: 1_400.5 });
  socket.wake();
  expect(events.slice(1)).toEqual([['probe', { kind: 'late', isEchoReply: true, responder: TARGET, rtt: 1_400.5 }]]);
  transport[Symbol.dispose]();
});

it('believes no reply whose payload is not the one that was sent, nor one to another identifier', async () => {
  const { transport, socket, whole } = await sendOne();
  const forged = whole.slice();
  forged[8] = (forged[8] as number) ^ 1;
  const foreign = whole.slice();
  foreign[4] = (foreign[4] as number) ^ 1;
  for (const data of [forged, foreign, whole.subarray(0, 7)]) {
    socket.inject({ kind: RECORD_ECHO_REPLY, source: TARGET, data, roundTripMs: 1 });
  }
  socket.wake();
  expect(events).toEqual([]);
  expect(transport.counters()).toMatchObject({ forged: 1, unmatched: 1, malformed: 1 });
  transport[Symbol.dispose]();
});
