import { describe, expect, it, vi } from 'vitest';
import { milliseconds } from '../../contract/units.ts';
import { RECORD_ICMP_ERROR } from './native-record.ts';
import { clock, events, open, replyTo, requestOf, send, TARGET } from './test-socket-transport.ts';

vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

/** Longer than the second for which the probes of these tests wait. */
const TOO_LATE_MS = 1_200;

const ROUTER = '198.51.100.1';

const TIMED_OUT = ['probe', { kind: 'timed-out' }];
const LATE_WORD = ['probe', { kind: 'late', isEchoReply: false, responder: ROUTER, rtt: TOO_LATE_MS }] as const;

/** The word of a router on a probe, from the error queue. */
const errorAbout = (quoted: Uint8Array, icmpType: number, icmpCode: number) => ({
  kind: RECORD_ICMP_ERROR,
  source: ROUTER,
  local: TARGET,
  data: quoted,
  icmpType,
  icmpCode,
  arrivedMs: TOO_LATE_MS,
  readMs: TOO_LATE_MS,
});

async function timedOutProbe() {
  const { transport, socket } = open();
  await send(transport);
  clock.current.advance(milliseconds(1_000));
  expect(events).toEqual([TIMED_OUT]);
  return { transport, socket, quoted: requestOf(socket) };
}

describe('a probe that has timed out', () => {
  it.each([
    ['time exceeded', 11, 0],
    ['unreachable', 3, 1],
    ['fragmentation needed', 3, 4],
    ['source quench', 4, 0],
  ])(
    'stays lost when a router says %s about it afterwards, which is told once as late',
    async (_name, icmpType, icmpCode) => {
      const { transport, socket, quoted } = await timedOutProbe();
      socket.inject(errorAbout(quoted, icmpType, icmpCode));
      socket.wake();
      expect(events).toEqual([TIMED_OUT, LATE_WORD]);
      // It was understood as being about this probe, and nothing else was made of it.
      expect(transport.counters()).toMatchObject({ unmatched: 0, malformed: 0, forged: 0 });
    },
  );

  it('hears a router’s second word as a duplicate', async () => {
    const { socket, quoted } = await timedOutProbe();
    for (let copy = 0; copy < 2; copy++) socket.inject(errorAbout(quoted, 11, 0));
    socket.wake();
    expect(events).toEqual([TIMED_OUT, LATE_WORD, ['probe', { ...LATE_WORD[1], kind: 'duplicate' }]]);
  });

  it('is received, late, when a reply comes even after such a word', async () => {
    const { socket, quoted } = await timedOutProbe();
    const reply = { source: TARGET, data: replyTo(quoted), arrivedMs: TOO_LATE_MS, readMs: TOO_LATE_MS };
    socket.inject(errorAbout(quoted, 11, 0));
    socket.inject(reply);
    socket.inject(reply);
    socket.wake();
    const late = { kind: 'late', isEchoReply: true, responder: TARGET, rtt: TOO_LATE_MS };
    expect(events).toEqual([TIMED_OUT, LATE_WORD, ['probe', late], ['probe', { ...late, kind: 'duplicate' }]]);
  });

  it('hears a router’s word behind a late reply as a duplicate', async () => {
    const { socket, quoted } = await timedOutProbe();
    socket.inject({ source: TARGET, data: replyTo(quoted), arrivedMs: TOO_LATE_MS, readMs: TOO_LATE_MS });
    socket.inject(errorAbout(quoted, 11, 0));
    socket.wake();
    expect(events.slice(1)).toMatchObject([
      ['probe', { kind: 'late', isEchoReply: true }],
      ['probe', { kind: 'duplicate', isEchoReply: false }],
    ]);
  });

  it('stays lost when the word was read in time by a busy program, but had come too late', async () => {
    const { transport, socket } = open();
    await send(transport);
    socket.inject(errorAbout(requestOf(socket), 11, 0));
    // The timer has not fired yet: the kernel's stamp decides, not the turn of the loop.
    socket.wake();
    expect(events).toEqual([TIMED_OUT, LATE_WORD]);
  });
});

it('hears the second copy of a word that came in time as a duplicate, which is no reply', async () => {
  const { transport, socket } = open();
  await send(transport);
  const word = { ...errorAbout(requestOf(socket), 11, 0), arrivedMs: 20, readMs: 20 };
  socket.inject(word);
  socket.inject(word);
  socket.wake();
  expect(events).toMatchObject([
    ['probe', { kind: 'time-exceeded', responder: ROUTER, rtt: 20 }],
    ['probe', { kind: 'duplicate', isEchoReply: false, responder: ROUTER, rtt: 20 }],
  ]);
});
