import { expect, it } from 'vitest';
import { milliseconds } from '../../contract/units.ts';
import { measureRoundTrip, type ReceiveStamp, type RoundTrip, type SendStamp } from './round-trip.ts';

const NOON = 1_800_000_000;

/** A packet sent at NOON and 0 ms of the monotonic clock, with realtime and monotonic moments in ms after that. */
function measure(given: {
  arrived: number;
  read: number;
  readRealtime?: number;
  transmitted?: number;
  kernel?: boolean;
  roundTripMs?: number;
}): RoundTrip {
  const split = (ms: number) => ({
    seconds: NOON + Math.floor(ms / 1_000),
    nanoseconds: Math.round((((ms % 1_000) + 1_000) % 1_000) * 1e6),
  });
  const transmit = given.transmitted === undefined ? { seconds: 0, nanoseconds: 0 } : split(given.transmitted);
  const sent: SendStamp = {
    realtimeSeconds: NOON,
    realtimeNanoseconds: 0,
    monotonicMs: 50_000,
    transmitSeconds: transmit.seconds,
    transmitNanoseconds: transmit.nanoseconds,
  };
  const arrived = split(given.arrived);
  const read = split(given.readRealtime ?? given.read);
  const received: ReceiveStamp = {
    hasKernelStamp: given.kernel ?? true,
    realtimeSeconds: arrived.seconds,
    realtimeNanoseconds: arrived.nanoseconds,
    readRealtimeSeconds: read.seconds,
    readRealtimeNanoseconds: read.nanoseconds,
    readMonotonicMs: 50_000 + given.read,
    roundTripMs: given.roundTripMs ?? -1,
  };
  const result: RoundTrip = { rtt: milliseconds(-1), timestampSource: 'milliseconds' };
  measureRoundTrip(sent, received, result);
  return { rtt: milliseconds(Math.round(result.rtt * 1e6) / 1e6), timestampSource: result.timestampSource };
}

it('is the kernel arrival minus the send, however late the packet is read', () => {
  expect(measure({ arrived: 12.345678, read: 512 })).toEqual({ rtt: 12.345678, timestampSource: 'kernel' });
});

it('is the kernel arrival minus the kernel departure when that is known', () => {
  expect(measure({ arrived: 12.345678, transmitted: 0.0123, read: 13 })).toEqual({
    rtt: 12.333378,
    timestampSource: 'kernel-transmit',
  });
});

it('spans the turn of a second exactly', () => {
  expect(measure({ arrived: 1_000.000001, read: 1_001 })).toEqual({ rtt: 1_000.000001, timestampSource: 'kernel' });
});

it('is the same when the wall clock steps an hour back or forth while the packet is under way', () => {
  const hour = 3_600_000;
  expect(measure({ arrived: 20 - hour, read: 21, readRealtime: 21 - hour })).toEqual({
    rtt: 20,
    timestampSource: 'kernel',
  });
  expect(measure({ arrived: 20 + hour, read: 21, readRealtime: 21 + hour })).toEqual({
    rtt: 20,
    timestampSource: 'kernel',
  });
});

it('is the same when the wall clock steps between the arrival and the read', () => {
  expect(measure({ arrived: 20, read: 400, readRealtime: 400 + 3_600_000 })).toEqual({
    rtt: 20,
    timestampSource: 'kernel',
  });
});

it('is the monotonic time to the read, marked user, when no kernel stamp is possible', () => {
  expect(measure({ arrived: -500, read: 30 })).toEqual({ rtt: 30, timestampSource: 'user' });
  expect(measure({ arrived: 9_000, read: 30 })).toEqual({ rtt: 30, timestampSource: 'user' });
  expect(measure({ arrived: 5, read: 30, kernel: false })).toEqual({ rtt: 30, timestampSource: 'user' });
});

it('is the time by the performance counter where the system tells whole milliseconds that allow it', () => {
  const source = 'performance-counter';
  expect(measure({ arrived: 0, read: 0.412, kernel: false, roundTripMs: 0 })).toEqual({
    rtt: 0.412,
    timestampSource: source,
  });
  expect(measure({ arrived: 0, read: 12.75, kernel: false, roundTripMs: 12 })).toEqual({
    rtt: 12.75,
    timestampSource: source,
  });
  // Rounded to the nearest instead of down, it would be more than the program could have seen.
  expect(measure({ arrived: 0, read: 12.75, kernel: false, roundTripMs: 13 })).toEqual({
    rtt: 12.75,
    timestampSource: source,
  });
});

it('is what the whole milliseconds allow at most, and says so, when the program was woken late', () => {
  expect(measure({ arrived: 0, read: 40, kernel: false, roundTripMs: 12 })).toEqual({
    rtt: 13,
    timestampSource: 'milliseconds',
  });
  expect(measure({ arrived: 0, read: 1.2, kernel: false, roundTripMs: 0 })).toEqual({
    rtt: 1,
    timestampSource: 'milliseconds',
  });
});
