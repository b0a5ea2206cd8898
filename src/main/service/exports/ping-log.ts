import { parseIpAddress } from '../../../contract/ip-address.ts';
import { RefusedFileError } from './session-chunk.ts';

/** One request of a log, in the order of requests. */
export interface LoggedRequest {
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAtEpochMs: number;
  /** Null when no answer is told of. */
  readonly rttMs: number | null;
  /** Hop limit left in the answer. */
  readonly replyHopLimit: number | null;
  /** Answers beyond the first. */
  readonly duplicates: number;
}

/** What a log tells: requests to one address. */
export interface PingLog {
  readonly target: string;
  readonly destination: string;
  /** How many there are. */
  readonly count: number;
  /** The answer of the last one that has any; null where none has. */
  readonly lastAnswer: Pick<LoggedRequest, 'replyHopLimit'> | null;
  /** Some of them, by place: they are never all there at once, since one line can claim millions. */
  requests(first: number, end: number): LoggedRequest[];
}

/** Most requests of a log: six weeks, once a second; more lines than the longest text has that is read at once. */
const MOST_REQUESTS = 4_000_000;

/** No line of a log is longer: a name has 255 letters at most. Of one that is, the patterns below would take hours. */
const LONGEST_LINE = 1_000;

/** A sequence number this much lower than the one before it began anew: ICMP has 16 bits for it (RFC 792). */
const WRAP = 65_536;

/** iputils: `PING name (address) 56(84) bytes of data.`; BSD: `PING name (address): 56 data bytes`. */
const PING_HEAD = /^PING6?(?:\([^)]*\))? (\S+?)\s?\(([0-9A-Fa-f.:%\w]+)\)/;
/** `[stamp] 64 bytes from …: icmp_seq=1 ttl=57 time=12.3 ms`, the stamp with -D. */
const PING_ANSWER =
  /^(?:\[(\d+\.\d+)\] )?\d+ bytes from .*?icmp_seq=(\d+)(?: (?:ttl|hlim)=(\d+))?.* time[=<]([\d.]+) ?ms(.*)$/;
const PING_TOTAL = /^(\d+) packets transmitted, /;
/** `[stamp] name : [0], 64 bytes, 0.05 ms (0.05 avg, 0% loss)`, the stamp with -D. */
const FPING_ANSWER =
  /^(?:\[(\d+\.\d+)\] )?(\S+)(?: \(([^)\s]+)\))?\s+: \[(\d+)\], (?:\d+ bytes, ([\d.]+) ms|timed out)/;
/** `name : 91.7 37.0 - 36.8`, of -C. */
const FPING_SUMMARY = /^(\S+)(?: \([^)\s]+\))?\s+:( (?:[\d.]+|-))+$/;

interface Answer {
  readonly sequence: number;
  readonly sentAtEpochMs: number | null;
  readonly rttMs: number | null;
  readonly replyHopLimit: number | null;
}

interface Read {
  target: string | null;
  destination: string | null;
  readonly answers: Answer[];
  /** Requests that the summary counts. */
  total: number;
}

/**
 * Reads a log of ping (iputils with -D) or fping (-l or -c with -D). Null when the text is none.
 * @throws {RefusedFileError} when it is one, but tells too little: no times, no address, several targets
 */
export function readPingLog(text: string): PingLog | null {
  const read: Read = { target: null, destination: null, answers: [], total: 0 };
  let isLog = false;
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (line.length > LONGEST_LINE) continue;
    const isOwn = readPing(line, read) || readFping(line, read, number);
    isLog ||= isOwn || FPING_SUMMARY.test(line);
    if (read.answers.length > MOST_REQUESTS) throw new RefusedFileError('the log', 'has too many lines');
  }
  if (!isLog) return null;
  if (read.answers.length === 0) {
    throw new RefusedFileError('the log', 'has no line of a single answer: sums cannot become a session');
  }
  if (read.answers.every(({ sentAtEpochMs }) => sentAtEpochMs === null)) {
    throw new RefusedFileError('the log', 'has no times, which ping and fping write with -D');
  }
  const { target, destination } = read;
  if (target === null || destination === null || parseIpAddress(destination) === null) {
    throw new RefusedFileError('the log', 'does not tell the address of its target, which fping writes with -A');
  }
  return { target, destination, ...requestsOf(read) };
}

/** One after the other: a list of them all may be longer than a list can be. */
function* linesOf(text: string): Generator<string> {
  for (let at = 0; at <= text.length; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? text.length : end);
    yield line.endsWith('\r') ? line.slice(0, -1) : line;
    if (end === -1) return;
    at = end + 1;
  }
}

function readPing(line: string, read: Read): boolean {
  const head = PING_HEAD.exec(line);
  if (head !== null) {
    if (read.target !== null) throw new RefusedFileError('the log', 'is of several runs: give each a file of its own');
    [, read.target = null, read.destination = null] = head;
    return true;
  }
  const total = PING_TOTAL.exec(line);
  if (total !== null) {
    read.total = Number(total[1]);
    return true;
  }
  const answer = PING_ANSWER.exec(line);
  if (answer === null) return false;
  const [, stamp, sequence, hopLimit, rtt] = answer;
  const rttMs = Number(rtt);
  read.answers.push({
    sequence: Number(sequence),
    // ping stamps the moment at which it tells of the answer.
    sentAtEpochMs: stamp === undefined ? null : Number(stamp) * 1_000 - rttMs,
    rttMs,
    replyHopLimit: hopLimit === undefined ? null : Number(hopLimit),
  });
  return true;
}

function readFping(line: string, read: Read, number: number): boolean {
  const found = FPING_ANSWER.exec(line);
  if (found === null) return false;
  const [, stamp, target = '', address, sequence, rtt] = found;
  if (read.target !== null && read.target !== target) {
    throw new RefusedFileError(`line ${number}`, `is of another target than those before: give each a file of its own`);
  }
  read.target = target;
  read.destination = address ?? target;
  const rttMs = rtt === undefined ? null : Number(rtt);
  // When a request timed out tells not when it was sent.
  const sentAtEpochMs = stamp === undefined || rttMs === null ? null : Number(stamp) * 1_000 - rttMs;
  read.answers.push({ sequence: Number(sequence), sentAtEpochMs, rttMs, replyHopLimit: null });
  return true;
}

/** All requests from the first told of to the last: a number that is missing was not answered. */
function requestsOf({ answers, total }: Read): Omit<PingLog, 'target' | 'destination'> {
  const bySequence = new Map<number, { first: Answer; duplicates: number }>();
  let [wraps, last] = [0, 0];
  for (const answer of answers) {
    if (last - answer.sequence > WRAP / 2) wraps += 1;
    // One from before the last wrap came late.
    const isOld = answer.sequence - last > WRAP / 2 && wraps > 0;
    last = isOld ? last : answer.sequence;
    const sequence = answer.sequence + (isOld ? wraps - 1 : wraps) * WRAP;
    const known = bySequence.get(sequence);
    if (known === undefined) bySequence.set(sequence, { first: answer, duplicates: 0 });
    else if (answer.rttMs !== null) known.duplicates += 1;
  }
  const numbers = [...bySequence.keys()];
  // Counted from 1 by iputils, from 0 by BSD's and fping: what is before the first answer was lost.
  const lowest = numbers.reduce((least, each) => Math.min(least, each), numbers[0] ?? 0);
  const first = lowest <= 1 ? lowest : 1;
  const highest = numbers.reduce((most, each) => Math.max(most, each), first);
  const end = Math.max(highest + 1, total > 0 ? first + total : 0);
  if (end - first > MOST_REQUESTS) throw new RefusedFileError('the log', 'has sequence numbers too far apart');
  const times = timesOf(bySequence, first, end);
  const count = end - first;
  const answered = [...bySequence].filter(([, told]) => told.first.rttMs !== null).sort(([a], [b]) => a - b);
  return {
    count,
    lastAnswer: answered.at(-1)?.[1].first ?? null,
    requests: (from, to) =>
      Array.from(times.subarray(from, to), (sentAtEpochMs, index) => {
        const told = bySequence.get(first + from + index);
        return {
          sentAtEpochMs,
          rttMs: told?.first.rttMs ?? null,
          replyHopLimit: told?.first.replyHopLimit ?? null,
          duplicates: Math.min(told?.duplicates ?? 0, 65_535),
        };
      }),
  };
}

/** When each was sent; of one without an answer, between its neighbours, as evenly as they were sent. */
function timesOf(told: ReadonlyMap<number, { readonly first: Answer }>, first: number, end: number): Float64Array {
  const known = [...told]
    .flatMap(([sequence, { first: answer }]) =>
      answer.sentAtEpochMs === null ? [] : [{ sequence, at: answer.sentAtEpochMs }],
    )
    .sort((a, b) => a.sequence - b.sequence);
  const steps = known
    .slice(1)
    .map(({ sequence, at }, index) => (at - (known[index]?.at ?? 0)) / (sequence - (known[index]?.sequence ?? 0)))
    .sort((a, b) => a - b);
  const interval = Math.max(1, steps[Math.floor(steps.length / 2)] ?? 1_000);
  let next = 0;
  let before: { sequence: number; at: number } | null = null;
  let latest = 0;
  return Float64Array.from({ length: end - first }, (_, index) => {
    const sequence = first + index;
    if (known[next]?.sequence === sequence) before = known[next++] ?? before;
    const after = known[next];
    let at: number;
    if (before === null) at = (after?.at ?? 0) - interval * ((after?.sequence ?? 0) - sequence);
    else if (before.sequence === sequence || after === undefined)
      at = before.at + interval * (sequence - before.sequence);
    else at = before.at + ((after.at - before.at) * (sequence - before.sequence)) / (after.sequence - before.sequence);
    // A clock that was set back meanwhile does not put a later request before an earlier one.
    latest = Math.max(latest, at);
    return latest;
  });
}

/** Requests from the beginning of a log by which it is told how often they were sent. */
const MOST_COMPARED = 100_000;

/** From one request to the next, as a person would have asked for it. */
export function intervalOf(log: PingLog): number {
  const requests = log.requests(0, MOST_COMPARED);
  const steps = requests
    .slice(1)
    .map(({ sentAtEpochMs }, index) => sentAtEpochMs - (requests[index]?.sentAtEpochMs ?? 0))
    .sort((a, b) => a - b);
  const median = steps[Math.floor(steps.length / 2)] ?? 1_000;
  const rounded = median >= 100 ? Math.round(median / 10) * 10 : Math.round(median);
  return Math.max(1, rounded);
}
