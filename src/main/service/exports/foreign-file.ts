import {
  FATE_LETTERS,
  ROUNDS_OF_CHUNK,
  SESSION_FORMAT,
  SESSION_FORMAT_VERSIONS,
} from '../../../contract/session-file.ts';
import { keptRtt, keptTime } from '../../engine/path/journal/journal-format.ts';
import { familyOfAddress } from '../../names/resolve-target.ts';
import { intervalOf, type LoggedRequest, type PingLog, readPingLog } from './ping-log.ts';
import { RefusedFileError } from './session-chunk.ts';

/** Why a report of sums is not imported. */
const ONLY_SUMS =
  'tells sums of each hop and no single probe, of which sessions are made; none are invented, so it cannot be imported';

const IMPORTABLE = 'sessions that Hopscope exported as JSON can be imported, and logs of “ping -D” and “fping -D -A”';
const NO_FORM = `is in no form that can be imported; ${IMPORTABLE}`;

/**
 * The file of another program as the object that the file of a session holds, to be checked like any other.
 * @throws {RefusedFileError} when it is of no program that is known here, or tells too little
 */
export function sessionOfForeign(text: string, parsed: unknown): object {
  if (isObject(parsed)) throw new RefusedFileError('the file', whatIs(parsed));
  const log = readPingLog(text);
  if (log === null) throw new RefusedFileError('the file', NO_FORM);
  return fileOfLog(log);
}

function whatIs(parsed: Readonly<Record<string, unknown>>): string {
  const { report, info, hops, verdicts } = parsed;
  if (isObject(report) && isObject(report['mtr'])) return `is a report of mtr, which ${ONLY_SUMS}`;
  if (isObject(info) && isObject(info['target']) && Array.isArray(hops))
    return `is a report of Trippy, which ${ONLY_SUMS}`;
  if (Array.isArray(hops) && Array.isArray(verdicts)) return `is a report of Hopscope, which ${ONLY_SUMS}`;
  return `is JSON, but not of a session; ${IMPORTABLE}`;
}

function fileOfLog(log: PingLog): object {
  const { target, destination, count, lastAnswer } = log;
  const hasAnswered = lastAnswer !== null;
  const family = familyOfAddress(destination) ?? 4;
  const [begun] = log.requests(0, 1);
  const answer = {
    address: destination,
    icmpType: family === 6 ? 129 : 0,
    icmpCode: 0,
    replyHopLimit: lastAnswer?.replyHopLimit ?? null,
    mtuBytes: null,
    quotedHopLimit: null,
    isQuoteAltered: null,
    extensions: null,
  };
  return {
    format: SESSION_FORMAT,
    version: SESSION_FORMAT_VERSIONS.first,
    target,
    destination,
    family,
    intervalMs: intervalOf(log),
    maxHops: 1,
    simulated: null,
    begunAtEpochMs: keptTime(begun?.sentAtEpochMs ?? 0),
    name: '',
    comment: 'Read from a log of ping or fping: round trips only, no hops.',
    comments: [],
    isMasked: false,
    destinationHopLimit: null,
    hasDestinationAnswered: hasAnswered,
    localDrops: 0,
    gateways: [],
    names: [],
    pathMtu: null,
    branches: null,
    gaps: [],
    routeChanges: [],
    sendFailures: null,
    responders: [{ hopLimit: 0, last: hasAnswered ? [answer] : [], rejections: [] }],
    rounds: count,
    chunks: chunksOf(log),
  };
}

/** Each is made when it is asked for. */
function* chunksOf(log: PingLog): Generator<object> {
  for (let first = 0; first < log.count; first += ROUNDS_OF_CHUNK) {
    yield chunkOf(log.requests(first, first + ROUNDS_OF_CHUNK), first);
  }
}

function chunkOf(requests: readonly LoggedRequest[], firstRound: number): object {
  const answered = requests.flatMap(({ rttMs }) => (rttMs === null ? [] : [keptRtt(rttMs)]));
  const fate = ({ rttMs }: LoggedRequest) => (rttMs === null ? FATE_LETTERS.timedOut : FATE_LETTERS.answered);
  return {
    firstRound,
    beganAtEpochMs: requests.map(({ sentAtEpochMs }) => keptTime(sentAtEpochMs)),
    gapsBefore: [[requests.length, 0]],
    hops: [
      {
        hopLimit: 0,
        fates: requests.map(fate).join(''),
        rttMs: answered,
        responders: answered.length === 0 ? [] : [[answered.length, 1]],
        reordered: [],
        outliers: [],
        outliersOfResponder: [],
        rejections: [],
        duplicates: requests.flatMap(({ rttMs, duplicates }, place) =>
          rttMs === null || duplicates === 0 ? [] : [[place, duplicates]],
        ),
      },
    ],
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
