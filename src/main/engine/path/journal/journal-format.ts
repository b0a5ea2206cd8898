/** What a journal tells, each by its first byte. The numbers are on disk: they never change their meaning. */
export const TOLD = {
  round: 1,
  sent: 2,
  answer: 3,
  refusal: 4,
  timeout: 5,
  sendFailure: 6,
  withdrawn: 7,
  end: 8,
  late: 9,
  duplicate: 10,
  gap: 11,
  routeChange: 12,
  failureCause: 13,
  /** An answer not told of before in this batch; answers are numbered from 0 in the order in which they are told. */
  newAnswer: 14,
  abandoned: 15,
  /** Rounds as another recording kept them: their pages. */
  kept: 16,
} as const;

/** Round trips are kept in whole units of 100 ns, far finer than any clock of a kernel is right. */
export const RTT_UNITS_PER_MS = 10_000;

/** Rounds begin at whole eighths of a millisecond, which are exact as doubles: far finer than a wall clock is read. */
export const TIME_UNITS_PER_MS = 8;

/** A round trip as it is kept. */
export function keptRtt(milliseconds: number): number {
  return Math.round(milliseconds * RTT_UNITS_PER_MS) / RTT_UNITS_PER_MS;
}

/** The begin of a round as it is kept; never later than it was. */
export function keptTime(epochMilliseconds: number): number {
  return Math.floor(epochMilliseconds * TIME_UNITS_PER_MS) / TIME_UNITS_PER_MS;
}
