import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { createPathRecording } from './path-recording.ts';
import type { Answer, PathRecording, RecordedPeriod } from './recording.ts';

export const INTERVAL = milliseconds(1_000);
/** Session time of the first round. */
export const START = 1_700_000_000_000;
/** The hop limit that is told of unless another is named. */
export const HOP = 1;

export function answerOf(responder: string, icmpType = 11): Answer {
  return {
    responder,
    icmpType,
    icmpCode: 0,
    replyHopLimit: 60,
    mtu: null,
    quotedHopLimit: 1,
    isQuoteAltered: false,
    extensions: null,
  };
}

/** Two routers. */
export const [A, B] = [answerOf('192.0.2.1'), answerOf('192.0.2.2')];

export function timeOf(round: number): ReturnType<typeof epochMilliseconds> {
  return epochMilliseconds(START + round * INTERVAL);
}

export function recordingOf(keptRounds = 4_096): PathRecording {
  return createPathRecording({ interval: INTERVAL, maxHops: 4, keptRounds });
}

/** One round: a is answered by A, b by B, x lost, f not sent, ? in flight, anything else no probe. */
export function record(recording: PathRecording, fate: string, rtt = 10, hopLimit = HOP): number {
  const round = recording.openRound(timeOf(recording.rounds));
  if (/[abxf?]/.test(fate)) recording.recordSent(round, hopLimit);
  if (fate === 'a') recording.recordAnswer(round, hopLimit, A, milliseconds(rtt));
  if (fate === 'b') recording.recordAnswer(round, hopLimit, B, milliseconds(rtt));
  if (fate === 'x') recording.recordTimeout(round, hopLimit);
  if (fate === 'f') recording.recordSendFailure(round, hopLimit);
  return round;
}

export function recordAll(recording: PathRecording, fates: string, hopLimit = HOP): void {
  for (const fate of fates) record(recording, fate, 10, hopLimit);
}

export function query(recording: PathRecording, first = 0, end = recording.rounds): RecordedPeriod {
  return recording.query(timeOf(first), timeOf(end));
}

export function countsOf(period: RecordedPeriod, hopLimit = HOP): Partial<SeriesStatistics> {
  const statistics = hopLimit === 0 ? period.roundTrip : period.hops[hopLimit - 1]?.statistics;
  const { sent, received, late, inFlight, timedOut, lossRatio } = statistics ?? period.roundTrip;
  return { sent, received, late, inFlight, timedOut, lossRatio };
}

/** Address, probes and received ones of each responder. */
export function respondersOf(period: RecordedPeriod, hopLimit = HOP): string[] {
  const responders = period.hops[hopLimit - 1]?.responders ?? [];
  return responders.map(({ answer, statistics }) => `${answer.responder} ${statistics.received}/${statistics.sent}`);
}
