import type { Gap, RouteChange } from '../../../contract/path.ts';
import { epochMilliseconds, milliseconds, seconds } from '../../../contract/units.ts';
import { type Random, SeededRandom, unit } from '../../base/random.ts';
import type { SendFailureReason } from '../../icmp/probe-transport.ts';
import type { PathMonitor } from '../path/path-monitor.ts';
import { createPathRecording } from '../path/path-recording.ts';
import { evidenceOf } from '../path/path-report.ts';
import type { Answer } from '../path/recording.ts';
import type { PathEvidence } from './path-evidence.ts';

/** When the first round begins: a full minute of wall time. */
export const START = 1_700_000_040_000;
/** The address of the destination of every path here. */
export const DESTINATION = '203.0.113.80';

/** What a hop, or the destination, does in a round; a round trip in ms, or null for a lost probe. */
export interface PlaceOfTest {
  readonly address?: string | ((round: number) => string);
  readonly rtt: (round: number) => number | null;
  /** What becomes of its probe instead: an answer after the timeout, or none sent; null: as `rtt` says. */
  readonly fate?: (round: number) => 'late' | 'send-failed' | null;
  /** Default: time exceeded of a hop, echo reply of the destination (IPv4). */
  readonly icmp?: readonly [type: number, code: number];
}

/** A path as a test describes it: hops 1, 2, … and the destination behind them. */
export interface PathOfTest {
  readonly rounds?: number;
  readonly hops: readonly PlaceOfTest[];
  /** Null: it never answers, and its hop limit is not known. */
  readonly destination: PlaceOfTest | null;
  readonly gaps?: readonly Gap[];
  readonly routeChanges?: readonly RouteChange[];
  readonly localDrops?: number;
  readonly sendFailures?: PathEvidence['sendFailures'];
  readonly pathMtu?: PathEvidence['pathMtu'];
  readonly branches?: PathEvidence['branches'];
}

/** Records the path round by round, one second apart, and gives what the rules judge. */
export function evidenceOfPath(path: PathOfTest): PathEvidence {
  const rounds = path.rounds ?? 300;
  const interval = seconds(1);
  const recording = createPathRecording({ interval, maxHops: 30 });
  const destinationHop = path.hops.length + 1;
  for (let number = 0; number < rounds; number += 1) {
    const round = recording.openRound(epochMilliseconds(START + number * interval));
    const record = (hopLimit: number, place: PlaceOfTest | null, isDestination: boolean) => {
      recording.recordSent(round, hopLimit);
      const fate = place?.fate?.(number) ?? null;
      if (fate === 'send-failed') return recording.recordSendFailure(round, hopLimit);
      const rtt = place?.rtt(number) ?? null;
      if (place === null || rtt === null) return recording.recordTimeout(round, hopLimit);
      const answer = answerOf(place, number, isDestination ? destinationHop : hopLimit, isDestination);
      if (fate === 'late') {
        recording.recordTimeout(round, hopLimit);
        return recording.recordLate(round, hopLimit, answer);
      }
      if (hopLimit === 0 && answer.icmpType !== 0) return recording.recordRefusal(round, answer);
      return recording.recordAnswer(round, hopLimit, answer, milliseconds(rtt));
    };
    for (const [index, hop] of path.hops.entries()) record(index + 1, hop, false);
    record(destinationHop, path.destination, true);
    record(0, path.destination, true);
  }
  for (const gap of path.gaps ?? []) recording.recordGap(gap);
  for (const change of path.routeChanges ?? []) recording.recordRouteChange(change);
  for (const { reason, osCode, count } of path.sendFailures ?? []) {
    for (let failed = 0; failed < count; failed += 1) {
      recording.recordFailureCause(epochMilliseconds(START), reason as SendFailureReason, osCode);
    }
  }
  const monitor: PathMonitor = {
    recording,
    destinationHopLimit: path.destination === null ? null : destinationHop,
    pause: () => {},
    resume: () => {},
    changeInterval: () => {},
    useTransport: () => {},
    loseTransport: () => {},
    currentGap: () => null,
    localDrops: () => path.localDrops ?? 0,
    sessionNow: () => epochMilliseconds(START + rounds * interval),
    [Symbol.dispose]: () => {},
  };
  return evidenceOf(
    monitor,
    { target: DESTINATION, destination: DESTINATION, family: 4, interval },
    { from: null, to: null },
    { nameOf: () => null, asnOf: () => null },
    { gateways: ['192.168.1.1'], pathMtu: path.pathMtu ?? null, branches: path.branches ?? null },
  );
}

/** The usual address of a hop: the gateway, then public ones. */
export function addressOf(hopLimit: number): string {
  return hopLimit === 1 ? '192.168.1.1' : `198.51.100.${hopLimit}`;
}

/** Round trips of a healthy hop: some ms per hop and a little noise. */
export function healthy(random: Random, hopLimit: number): (round: number) => number {
  return () => 4 * hopLimit + 2 * unit(random);
}

/** The same with independent losses of that ratio. */
export function losing(random: Random, hopLimit: number, ratio: number): (round: number) => number | null {
  const rtt = healthy(random, hopLimit);
  return (round) => (unit(random) < ratio ? null : rtt(round));
}

/** A healthy path of so many hops; `changes` replaces places by hop limit, the destination's being one more than the hops. */
export function healthyPath(
  seed: number,
  hopCount: number,
  changes: Readonly<Record<number, (random: Random) => PlaceOfTest>> = {},
): Pick<PathOfTest, 'hops' | 'destination'> {
  const random = new SeededRandom(seed);
  const places = Array.from({ length: hopCount + 1 }, (_, index) => {
    return changes[index + 1]?.(random) ?? { rtt: healthy(random, index + 1) };
  });
  return { hops: places.slice(0, -1), destination: places.at(-1) ?? null };
}

function answerOf(place: PlaceOfTest, round: number, hopLimit: number, isDestination: boolean): Answer {
  const address = typeof place.address === 'function' ? place.address(round) : place.address;
  const [icmpType, icmpCode] = place.icmp ?? (isDestination ? [0, 0] : [11, 0]);
  return {
    responder: address ?? (isDestination ? DESTINATION : addressOf(hopLimit)),
    icmpType,
    icmpCode,
    replyHopLimit: null,
    mtu: null,
    quotedHopLimit: null,
    isQuoteAltered: null,
    extensions: null,
  };
}
