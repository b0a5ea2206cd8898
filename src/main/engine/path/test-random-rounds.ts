import { epochMilliseconds, type Milliseconds, milliseconds } from '../../../contract/units.ts';
import { type Random, unit } from '../../base/random.ts';
import type { Answer, PathRecording } from './recording.ts';

/** The half of a recording that is told what happens. */
export type Recorder = Pick<
  PathRecording,
  | 'openRound'
  | 'recordSent'
  | 'recordAnswer'
  | 'recordRefusal'
  | 'recordTimeout'
  | 'recordSendFailure'
  | 'recordWithdrawn'
  | 'recordLate'
  | 'recordDuplicate'
  | 'recordGap'
>;

/** Session time of the first round. */
export const START = 1_700_000_000_000;

/** Hop limits of the random path; 0 is the round trip. */
export const SERIES = [0, 1, 2, 3] as const;

interface Happening {
  readonly at: number;
  readonly tell: (recorder: Recorder) => void;
}

/** What one hop does, drawn once for a run. */
interface Temper {
  readonly least: number;
  readonly spread: number;
  /** Chance that an answer takes up to twice the interval, so that it is overtaken. */
  readonly spikes: number;
  /** Round trips are whole multiples of it, so that equal ones are common; 0 for none. */
  readonly grain: number;
  readonly lossStarts: number;
  readonly lossEnds: number;
  readonly mischief: number;
}

/**
 * Tells recorders the same random rounds: losses alone and in bursts, late and second answers, answers that overtake
 * each other, several responders, failed sends, gaps, late timers, and probes still in flight at the end.
 * Gives the session time of the end.
 */
export function playRandomRounds(
  random: Random,
  interval: Milliseconds,
  rounds: number,
  recorders: readonly Recorder[],
): number {
  const chance = (probability: number) => unit(random) < probability;
  const happenings: Happening[] = [];
  const tempers = SERIES.map(() => drawTemper(random, interval));
  const isLossy = SERIES.map(() => false);
  let due = START;
  for (let round = 0; round < rounds; round += 1) {
    const last = due;
    due += interval;
    if (round > 0 && chance(0.01)) {
      due += Math.round(200 * unit(random)) * interval;
      const gap = { fromEpochMs: last + interval / 2, toEpochMs: due, cause: 'asleep' as const };
      happenings.push({ at: due, tell: (recorder) => recorder.recordGap(gap) });
    } else if (chance(0.01)) {
      due += 2 * Math.round(4 * unit(random)) * interval;
    }
    const at = due + 0.1 * interval * unit(random);
    happenings.push({ at, tell: (recorder) => void recorder.openRound(epochMilliseconds(at)) });
    for (const hopLimit of SERIES) {
      const temper = tempers[hopLimit];
      if (temper === undefined || (hopLimit === 3 && round % 60 !== 0 && round < rounds / 4)) continue;
      isLossy[hopLimit] = chance(isLossy[hopLimit] ? 1 - temper.lossEnds : temper.lossStarts);
      happenings.push(...fateOf(random, { round, hopLimit, at, interval }, temper, isLossy[hopLimit]));
    }
  }
  const end = due + 0.5 * interval;
  const told = happenings.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
  for (const recorder of recorders) for (const { tell } of told) tell(recorder);
  return end;
}

/** The happenings of one probe. */
function fateOf(
  random: Random,
  { round, hopLimit, at, interval }: { round: number; hopLimit: number; at: number; interval: number },
  temper: Temper,
  isLost: boolean,
): Happening[] {
  const chance = (probability: number) => unit(random) < probability;
  const timeout = at + 2 * interval;
  const answer = answerOf(random, hopLimit, round);
  const sent: Happening = { at, tell: (recorder) => recorder.recordSent(round, hopLimit) };
  if (chance(0.2 * temper.mischief)) {
    return [sent, { at, tell: (recorder) => recorder.recordSendFailure(round, hopLimit) }];
  }
  if (hopLimit === 3 && chance(0.02)) {
    return [sent, { at: at + 0.3 * interval, tell: (recorder) => recorder.recordWithdrawn(round, hopLimit) }];
  }
  if (hopLimit === 0 && chance(temper.mischief)) {
    return [sent, { at: at + 0.2 * interval, tell: (recorder) => recorder.recordRefusal(round, answer) }];
  }
  if (isLost) {
    const lost: Happening = { at: timeout, tell: (recorder) => recorder.recordTimeout(round, hopLimit) };
    if (!chance(2 * temper.mischief)) return [sent, lost];
    const late = timeout + 10 * interval * unit(random);
    return [sent, lost, { at: late, tell: (recorder) => recorder.recordLate(round, hopLimit, answer) }];
  }
  const rtt = roundTripOf(random, temper, interval);
  const answered: Happening = {
    at: at + rtt,
    tell: (recorder) => recorder.recordAnswer(round, hopLimit, answer, milliseconds(rtt)),
  };
  if (!chance(temper.mischief)) return [sent, answered];
  const again = at + rtt + 3 * interval * unit(random);
  return [sent, answered, { at: again, tell: (recorder) => recorder.recordDuplicate(round, hopLimit) }];
}

function drawTemper(random: Random, interval: number): Temper {
  const pick = (...values: number[]) => values[random.uint32() % values.length] ?? 0;
  return {
    least: interval * 0.3 * unit(random),
    spread: interval * pick(0, 0.002, 0.05),
    spikes: pick(0, 0.02, 0.2),
    grain: pick(0, 0.001, 1),
    lossStarts: pick(0, 0.01, 0.3),
    lossEnds: pick(0.2, 0.6, 0.95),
    mischief: pick(0, 0.01, 0.1),
  };
}

function roundTripOf(random: Random, temper: Temper, interval: number): number {
  const spike = unit(random) < temper.spikes ? unit(random) * 1.5 * interval : 0;
  const rtt = temper.least + temper.spread * unit(random) + spike;
  return temper.grain === 0 ? rtt : Math.round(rtt / temper.grain) * temper.grain;
}

/** Hop 2 has two routers by turns; hop 3 is the destination, at times a router that cannot reach it. */
function answerOf(random: Random, hopLimit: number, round: number): Answer {
  const [responder, icmpType, icmpCode] =
    hopLimit === 2
      ? [`192.0.2.${20 + (Math.floor(round / 40) % 2)}`, 11, 0]
      : hopLimit === 1
        ? ['192.0.2.1', 11, 0]
        : hopLimit === 3 && unit(random) < 0.2
          ? ['192.0.2.30', 3, 1]
          : ['198.51.100.1', 0, 0];
  return {
    responder,
    icmpType,
    icmpCode,
    replyHopLimit: 60,
    mtu: null,
    quotedHopLimit: icmpType === 0 ? null : 1,
    isQuoteAltered: null,
    extensions: null,
  };
}
