import { type Milliseconds, milliseconds } from '../../contract/units.ts';
import type { TimestampSource } from './probe-transport.ts';

/** A moment of departure in both clocks, read together; `transmit…` is the kernel's own stamp when it came, else seconds 0. */
export interface SendStamp {
  readonly realtimeSeconds: number;
  readonly realtimeNanoseconds: number;
  readonly monotonicMs: number;
  readonly transmitSeconds: number;
  readonly transmitNanoseconds: number;
}

/** A moment of arrival: the kernel's realtime stamp, and both clocks when the program read the packet. */
export interface ReceiveStamp {
  readonly hasKernelStamp: boolean;
  readonly realtimeSeconds: number;
  readonly realtimeNanoseconds: number;
  readonly readRealtimeSeconds: number;
  readonly readRealtimeNanoseconds: number;
  readonly readMonotonicMs: number;
  /** Round trip in whole milliseconds, rounded down, where the system measured one; else −1. */
  readonly roundTripMs: number;
}

/** A round trip and where its moments come from. The caller may keep one and have it filled again and again. */
export interface RoundTrip {
  rtt: Milliseconds;
  timestampSource: TimestampSource;
}

/** When a packet left, in epoch seconds: by the kernel's stamp where there is one. */
export function departureSeconds(sent: SendStamp): number {
  return sent.transmitSeconds === 0
    ? sent.realtimeSeconds + sent.realtimeNanoseconds / 1e9
    : sent.transmitSeconds + sent.transmitNanoseconds / 1e9;
}

/** Realtime and monotonic clock may drift apart this much between send and read before it counts as a step, in ms. */
const STEP_TOLERANCE_MS = 1;

function difference(fromSeconds: number, fromNanoseconds: number, toSeconds: number, toNanoseconds: number): number {
  return (toSeconds - fromSeconds) * 1_000 + (toNanoseconds - fromNanoseconds) / 1e6;
}

/**
 * The time from departure to arrival. Kernel stamps are realtime, which may step; the monotonic clock, read at send
 * and at read, bounds every true round trip from above. A kernel difference within that bound is taken. After a step
 * (the two clocks disagree about the time from send to read) the difference is corrected by the step when only the
 * corrected one is possible. When neither is possible the monotonic time to the read is given, marked `user`: it is
 * too long by however late the packet was read.
 */
export function measureRoundTrip(sent: SendStamp, received: ReceiveStamp, into: RoundTrip): void {
  const bound = received.readMonotonicMs - sent.monotonicMs;
  if (received.roundTripMs >= 0) {
    measureWhole(bound, received.roundTripMs, into);
    return;
  }
  if (received.hasKernelStamp) {
    const hasTransmit = sent.transmitSeconds !== 0;
    const measured = hasTransmit
      ? difference(
          sent.transmitSeconds,
          sent.transmitNanoseconds,
          received.realtimeSeconds,
          received.realtimeNanoseconds,
        )
      : difference(
          sent.realtimeSeconds,
          sent.realtimeNanoseconds,
          received.realtimeSeconds,
          received.realtimeNanoseconds,
        );
    const step =
      difference(
        sent.realtimeSeconds,
        sent.realtimeNanoseconds,
        received.readRealtimeSeconds,
        received.readRealtimeNanoseconds,
      ) - bound;
    const rtt = Math.abs(step) <= STEP_TOLERANCE_MS ? possible(measured, bound) : afterStep(measured, step, bound);
    if (rtt !== null) {
      into.rtt = milliseconds(rtt);
      into.timestampSource = hasTransmit ? 'kernel-transmit' : 'kernel';
      return;
    }
  }
  into.rtt = milliseconds(Math.max(0, bound));
  into.timestampSource = 'user';
}

/**
 * Where the system tells whole milliseconds only. The program's own moments, by the performance counter, are finer, and
 * too long by however late it was woken: the system's figure, rounded up, shows when that is more than its own grain.
 */
function measureWhole(bound: number, wholeMs: number, into: RoundTrip): void {
  const isWokenLate = bound > wholeMs + 1;
  into.rtt = milliseconds(isWokenLate ? wholeMs + 1 : Math.max(0, bound));
  into.timestampSource = isWokenLate ? 'milliseconds' : 'performance-counter';
}

function possible(rtt: number, bound: number): number | null {
  return rtt >= 0 && rtt <= bound + STEP_TOLERANCE_MS ? rtt : null;
}

/** The one of the two readings of a stepped clock that can be true; where both can, the step fell into the longer part of the wait. */
function afterStep(measured: number, step: number, bound: number): number | null {
  const beforeStep = possible(measured, bound);
  const corrected = possible(measured - step, bound);
  if (beforeStep !== null && corrected !== null) return beforeStep <= bound - beforeStep ? beforeStep : corrected;
  return beforeStep ?? corrected;
}
