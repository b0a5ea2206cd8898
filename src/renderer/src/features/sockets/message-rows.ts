import { describeIcmpError } from '../../../../contract/describe-icmp-error.ts';
import type { ExchangeReply } from '../../../../contract/sockets.ts';
import { formatCount, formatQuantity } from '../../format/count.ts';
import { formatRttExactly, NO_VALUE } from '../../format/rtt.ts';
import { formatClockExactly } from '../../format/time.ts';
import type { ExchangedRequest, ExchangeState } from '../../live-store/exchange-store.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

/** One line of the table: a request, or something that came back. */
export interface MessageRow {
  /** The same for the same line as long as the exchange is shown. */
  readonly key: string;
  readonly direction: 'out' | 'in';
  readonly tone: Tone | null;
  readonly title: string;
  readonly host: string;
  readonly typeAndCode: string;
  readonly bytes: string;
  readonly id: string;
  readonly sequence: string;
  readonly ttl: string;
  readonly trafficClass: string;
  readonly rtt: string;
  readonly stamp: string;
  readonly at: string;
  readonly request: ExchangedRequest | null;
  /** Null in the line of a request, and of one that was not answered. */
  readonly reply: ExchangeReply | null;
}

const BLANK = {
  host: '',
  typeAndCode: '',
  bytes: '',
  id: '',
  sequence: '',
  ttl: '',
  trafficClass: '',
  rtt: '',
  stamp: '',
  at: '',
} as const;

const STAMPS = {
  'kernel-transmit': 'kernel, both',
  kernel: 'kernel',
  user: 'program',
  'performance-counter': 'performance counter',
  milliseconds: 'whole ms',
} as const;

/** Every line of an exchange: each request with what came of it below it, then what answers none. */
export function messageRows(state: ExchangeState): readonly MessageRow[] {
  const { args, opened } = state;
  if (args === null || opened === null) return [];
  return [
    ...state.requests.flatMap((request) => [
      requestRow(request, opened.destination, opened.family, args.ttl, args.trafficClass),
      ...request.replies.map((reply, index) => replyRow(`${request.index}-${index}`, request, reply)),
      ...silenceRow(request, state),
    ]),
    ...state.strays.map((reply, index) => replyRow(`stray-${index}`, null, reply)),
  ];
}

function requestRow(
  request: ExchangedRequest,
  destination: string,
  family: 4 | 6,
  ttl: number,
  trafficClass: number,
): MessageRow {
  const { departure } = request;
  const common = {
    ...BLANK,
    key: `request-${request.index}`,
    direction: 'out',
    host: destination,
    sequence: String(departure.sequence),
    ttl: String(ttl),
    trafficClass: String(trafficClass),
    request,
    reply: null,
  } as const;
  if (departure.kind === 'send-failed') return { ...common, tone: 'bad', title: 'Not sent' };
  return {
    ...common,
    tone: null,
    title: 'Echo request',
    typeAndCode: family === 4 ? '8 / 0' : '128 / 0',
    bytes: formatCount(departure.bytes),
    id: String(departure.id),
    at: formatClockExactly(departure.sentAtEpochMs),
  };
}

function replyRow(key: string, request: ExchangedRequest | null, reply: ExchangeReply): MessageRow {
  return {
    key,
    direction: 'in',
    tone: reply.raised === null ? 'good' : 'trouble',
    title: `${replyTitle(reply)}${reply.isDuplicate ? ', again' : ''}`,
    host: reply.source,
    typeAndCode: `${reply.icmpType} / ${reply.icmpCode}`,
    bytes: formatCount(reply.bytesReceived),
    id: String(reply.id),
    sequence: String(reply.sequence),
    ttl: reply.ttl === null ? NO_VALUE : String(reply.ttl),
    trafficClass: reply.trafficClass === null ? NO_VALUE : String(reply.trafficClass),
    rtt: reply.rttMs === null ? NO_VALUE : formatRttExactly(reply.rttMs),
    stamp: reply.timestampSource === null ? NO_VALUE : STAMPS[reply.timestampSource],
    at: formatClockExactly(reply.arrivedAtEpochMs),
    request,
    reply,
  };
}

/** The line of a request that is not answered, or not yet; none when it is, or never left. */
function silenceRow(request: ExchangedRequest, { phase, failure }: ExchangeState): readonly MessageRow[] {
  if (request.departure.kind === 'send-failed' || request.replies.length > 0) return [];
  const common = { ...BLANK, key: `silence-${request.index}`, direction: 'in', request, reply: null } as const;
  if (request.settled !== null) return [{ ...common, tone: 'bad', title: 'No answer in time' }];
  if (phase === 'running') return [{ ...common, tone: 'waiting', title: 'Waiting…' }];
  return [{ ...common, tone: 'resting', title: failure === null ? 'Not waited for' : 'Not known' }];
}

/** The name of what came back, as the RFCs have it. */
export function replyTitle(reply: ExchangeReply): string {
  return reply.raised === null ? 'Echo reply' : explainReply(reply).title;
}

/** The words for an ICMP error that came back. */
export function explainReply(reply: ExchangeReply) {
  const { family, icmpType, icmpCode, source, fromThisMachine, mtuBytes } = reply;
  return describeIcmpError({ family, icmpType, icmpCode, responder: source, fromThisMachine, mtuBytes });
}

/** How an exchange goes, in a word and a sentence. */
export function exchangeWords(state: ExchangeState): {
  readonly tone: Tone;
  readonly label: string;
  readonly words: string;
} {
  const { phase, opened, requests, finished, failure } = state;
  const sent = requests.filter(({ departure }) => departure.kind === 'sent');
  const answered = sent.filter(({ replies }) => replies.some(({ raised }) => raised === null)).length;
  const replies = requests.flatMap((request) => request.replies);
  const errors = replies.filter(({ raised }) => raised !== null).length;
  const unsent = requests.length - sent.length;
  const parts = [
    `${formatCount(sent.length)} sent`,
    `${formatCount(answered)} answered`,
    ...(replies.length - errors > answered
      ? [`${formatQuantity(replies.length - errors, 'echo reply', 'echo replies')}`]
      : []),
    ...(errors === 0 ? [] : [formatQuantity(errors, 'ICMP error')]),
    ...(unsent === 0 ? [] : [`${formatCount(unsent)} not sent`]),
    ...(state.strays.length === 0 ? [] : [`${formatCount(state.strays.length)} of others`]),
  ];
  const notTold = finished?.repliesNotTold ?? 0;
  if (notTold > 0) parts.push(`${formatQuantity(notTold, 'further answer')} only counted`);
  const drops = finished?.localDrops ?? 0;
  if (drops > 0) parts.push(`${formatQuantity(drops, 'message')} dropped by this machine before reading`);
  const via =
    opened === null
      ? ''
      : ` · IPv${opened.family}, ${opened.transport === 'raw' ? 'raw socket' : 'unprivileged socket'}`;
  const words = opened === null ? '' : `${parts.join(', ')}${via}`;
  switch (phase) {
    case 'none':
      return { tone: 'resting', label: 'Nothing sent yet', words };
    case 'running':
      return { tone: 'waiting', label: opened === null ? 'Opening' : 'Listening', words };
    case 'stopped':
      return { tone: 'resting', label: 'Stopped', words };
    case 'over':
      if (failure !== null) return { tone: 'bad', label: opened === null ? 'Could not begin' : 'Broken off', words };
      if (answered === requests.length) return { tone: 'good', label: 'Answered', words };
      if (answered > 0) return { tone: 'trouble', label: 'Partly answered', words };
      if (errors > 0) return { tone: 'trouble', label: 'ICMP error', words };
      return { tone: 'bad', label: sent.length === 0 ? 'Not sent' : 'Not answered', words };
  }
}
