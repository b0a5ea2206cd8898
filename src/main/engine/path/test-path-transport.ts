import { type EpochMilliseconds, milliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type {
  IcmpErrorAnswer,
  ProbeRequest,
  ProbeResult,
  ProbeTransport,
  RepeatedAnswer,
  SendFailureReason,
} from '../../icmp/probe-transport.ts';

export const TARGET = '192.0.2.80';

/** What becomes of a probe. Round trips are 10 ms a hop unless told; more than the timeout is late. */
export type Fate =
  | { readonly kind: 'reply'; readonly rtt?: number; readonly copies?: number }
  | { readonly kind: 'passed'; readonly by: string; readonly rtt?: number }
  | { readonly kind: 'refused'; readonly by: string; readonly tooBig?: boolean }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unsent'; readonly reason: SendFailureReason; readonly osCode: string };

/** What becomes of the probe of a hop limit; `nth` counts the probes of that hop limit from 0. */
export type Script = (hopLimit: number, nth: number) => Fate;

/** Routers in order (null: silent), the target behind them. */
export function pathOf(...routers: ReadonlyArray<string | null>): Script {
  return (hopLimit) => {
    if (hopLimit > routers.length) return { kind: 'reply' };
    const router = routers[hopLimit - 1] ?? null;
    return router === null ? { kind: 'lost' } : { kind: 'passed', by: router };
  };
}

export interface SentProbe {
  readonly at: number;
  readonly probe: ProbeRequest;
}

/** A transport that does as a script says, which may be exchanged at any time. */
export class ScriptedPathTransport implements ProbeTransport {
  readonly properties = {
    kind: 'simulated',
    family: 4,
    timestampSource: 'kernel',
    reportsErrors: true,
    lacks: [],
    localAddress: null,
  } as const;
  readonly sent: SentProbe[] = [];
  script: Script;
  localDrops = 0;
  isClosed = false;
  readonly #clock: Clock;
  readonly #counts = new Map<number, number>();

  constructor(clock: Clock, script: Script) {
    this.#clock = clock;
    this.script = script;
  }

  send(
    probe: ProbeRequest,
    onResult: (result: ProbeResult) => void,
    onRepeat?: (repeat: RepeatedAnswer) => void,
  ): void {
    const nth = this.#counts.get(probe.hopLimit) ?? 0;
    this.#counts.set(probe.hopLimit, nth + 1);
    this.sent.push({ at: this.#clock.now(), probe });
    const fate = this.script(probe.hopLimit, nth);
    const sentAt = this.#clock.wallNow();
    const after = (delay: number, then: () => void) =>
      void this.#clock.after(milliseconds(delay), () => {
        if (!this.isClosed) then();
      });
    if (fate.kind === 'unsent') {
      after(0, () => onResult({ kind: 'send-failed', sentAt, reason: fate.reason, code: fate.osCode }));
      return;
    }
    const rtt = milliseconds(
      fate.kind === 'lost' ? Number.POSITIVE_INFINITY : ('rtt' in fate && fate.rtt) || 10 * probe.hopLimit,
    );
    if (rtt > probe.timeout) after(probe.timeout, () => onResult({ kind: 'timed-out', sentAt }));
    if (fate.kind === 'lost') return;
    const responder = fate.kind === 'reply' ? TARGET : fate.by;
    const isEchoReply = fate.kind === 'reply';
    if (rtt > probe.timeout) after(rtt, () => onRepeat?.({ kind: 'late', isEchoReply, responder, rtt }));
    else after(rtt, () => onResult(answerOf(fate, sentAt, rtt)));
    for (let copy = 1; copy <= (fate.kind === 'reply' ? (fate.copies ?? 0) : 0); copy += 1) {
      after(rtt + copy, () => onRepeat?.({ kind: 'duplicate', isEchoReply, responder, rtt: milliseconds(rtt + copy) }));
    }
  }

  counters() {
    return { localDrops: this.localDrops, unmatched: 0, malformed: 0, forged: 0 };
  }

  [Symbol.dispose](): void {
    this.isClosed = true;
  }
}

function answerOf(
  fate: Exclude<Fate, { kind: 'lost' | 'unsent' }>,
  sentAt: EpochMilliseconds,
  rtt: ReturnType<typeof milliseconds>,
): ProbeResult {
  const answered = { sentAt, rtt, timestampSource: 'kernel', replyHopLimit: 60, bytesReceived: 64 } as const;
  if (fate.kind === 'reply') return { kind: 'echo-reply', responder: TARGET, ...answered };
  const error = {
    ...answered,
    responder: fate.by,
    mtu: null,
    fromThisMachine: false,
    quotedHopLimit: 1,
    isQuoteAltered: false,
    extensions: null,
  } as const satisfies Partial<IcmpErrorAnswer>;
  if (fate.kind === 'passed') return { kind: 'time-exceeded', icmpType: 11, icmpCode: 0, ...error };
  if (fate.tooBig) return { kind: 'packet-too-big', icmpType: 3, icmpCode: 4, ...error, mtu: 1_300 };
  return { kind: 'destination-unreachable', icmpType: 3, icmpCode: 13, ...error };
}
