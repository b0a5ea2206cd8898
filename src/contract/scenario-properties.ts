import * as v from 'valibot';

/** What can be said of one place of a simulated internet; scenario.ts puts the places together. */

/** The message of a variant: the place it is told of is the tag, unless there is no object at all. */
export function oneOf(tag: string, allowed: string) {
  return (issue: v.VariantIssue) =>
    issue.expected === 'Object' ? `must be an object with ${tag} ${allowed}` : `must be ${allowed}`;
}

/** An object whose every key is known: a key that is spelt wrong must not pass for one that is absent. */
export function strict<const Entries extends v.ObjectEntries>(entries: Entries) {
  const schema = v.strictObject(entries, (issue) => {
    if (issue.expected === 'never') {
      return `${issue.received} is not known here; known are ${Object.keys(entries).join(', ')}`;
    }
    return issue.expected === 'Object' ? 'must be an object' : `${issue.expected} is missing`;
  });
  const run: (typeof schema)['~run'] = (dataset, config) =>
    // A list is an object to Valibot: one without the keys that must be there, which is not what is wrong with it.
    schema['~run'](Array.isArray(dataset.value) ? { value: undefined } : dataset, config);
  return { ...schema, '~run': run };
}

function numberFrom(low: number, high: number, what: string) {
  const message = `must be a number from ${low} to ${high}`;
  return v.pipe(v.number(message), v.minValue(low, message), v.maxValue(high, message), v.description(what));
}

function wholeFrom(low: number, high: number, what: string) {
  const message = `must be a whole number from ${low} to ${high}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(low, message),
    v.maxValue(high, message),
    v.description(what),
  );
}

function flag(what: string) {
  return v.pipe(v.boolean('must be true or false'), v.description(what));
}

export function text(what: string) {
  const message = 'must be a text of 1 to 1,000 characters';
  return v.pipe(v.string(message), v.minLength(1, message), v.maxLength(1_000, message), v.description(what));
}

/** Half a year: longer than any run. */
const MOST_SECONDS = 15_768_000;
const delay = (what: string) => numberFrom(0, 60_000, what);
const ratio = (what: string) => numberFrom(0, 1, what);
export const duration = (what: string) => numberFrom(0, MOST_SECONDS, what);
export const hopNumber = (what: string) => wholeFrom(1, 64, what);
export const wholeNumber = wholeFrom;

const ADDRESS = 'must be an IPv4 or IPv6 address';
export const addressSchema = v.union(
  [v.pipe(v.string(ADDRESS), v.ipv4(ADDRESS)), v.pipe(v.string(ADDRESS), v.ipv6(ADDRESS))],
  ADDRESS,
);

/** Time that a crossing takes beyond the least; the whole never falls below 0. */
export const jitterSchema = v.variant(
  'kind',
  [
    strict({ kind: v.literal('uniform'), maxMs: delay('Spread evenly from 0 to this.') }),
    strict({ kind: v.literal('normal'), stddevMs: delay('Spread around 0, both ways.') }),
    strict({ kind: v.literal('exponential'), meanMs: delay('Mean of what is added.') }),
    strict({
      kind: v.literal('pareto'),
      scaleMs: delay('Lomax scale: the median is scale × (2^(1/shape) − 1).'),
      shape: numberFrom(0.5, 20, 'The smaller, the heavier the tail; the mean is infinite up to 1.'),
      maxMs: v.optional(delay('Nothing above this is added; default 2,000.')),
    }),
    strict({
      kind: v.literal('gamma'),
      shape: numberFrom(0.1, 50, 'Mean of what is added: shape × scaleMs.'),
      scaleMs: delay('Scale.'),
    }),
  ],
  oneOf('kind', 'uniform, normal, exponential, pareto or gamma'),
);
export type Jitter = v.InferOutput<typeof jitterSchema>;

/** Loss that comes in bursts: a link that is good and bad by turns (Gilbert 1960, Elliott 1963), in time. */
export const burstsSchema = strict({
  meanGoodS: numberFrom(0.001, MOST_SECONDS, 'Mean length of a good time (exponential).'),
  meanBadS: numberFrom(0.001, MOST_SECONDS, 'Mean length of a bad time (exponential).'),
  badLossRatio: v.optional(ratio('Loss in a bad time; default 1.')),
  goodLossRatio: v.optional(ratio('Loss in a good time; default 0.')),
});
export type LossBursts = v.InferOutput<typeof burstsSchema>;

/** A buffer that fills and drains, as under an upload: its delay hits all that crosses the link. */
export const queueSchema = strict({
  peakMs: delay('Delay of the full buffer.'),
  riseS: duration('From empty to full, in a straight line; counted from the start of the event or of the run.'),
  holdS: v.optional(duration('How long it stays full; default: for ever.')),
  fallS: v.optional(duration('From full to empty; default 0.')),
  fullLossRatio: v.optional(ratio('Loss while the buffer is full; default 0.')),
  wobbleMs: v.optional(delay('Up to this much less than the line says, anew for each packet; default 0.')),
  direction: v.optional(
    v.picklist(['forward', 'return'], 'must be forward (upload, the default) or return (download)'),
  ),
});
export type Queue = v.InferOutput<typeof queueSchema>;

/** A token bucket for what a responder says itself; what it forwards is not limited. */
export const rateLimitSchema = strict({
  perSecond: numberFrom(0, 1_000_000, 'Answers per second in the long run.'),
  burst: v.optional(numberFrom(1, 1_000_000, 'Answers at once after a rest; default: perSecond, at least 1.')),
});
export type RateLimit = v.InferOutput<typeof rateLimitSchema>;

export const unreachableSchema = strict({
  icmpCode: wholeFrom(
    0,
    255,
    'Code, e.g. 1 (host unreachable), 13 (administratively prohibited) in IPv4; 3, 1 in IPv6.',
  ),
  icmpType: v.optional(wholeFrom(0, 255, 'Type; default destination unreachable: 3 in IPv4, 1 in IPv6.')),
  from: v.optional(addressSchema),
  delayMs: v.optional(delay('How long it hesitates, e.g. 3,000 for an unanswered ARP; default 0.')),
});
export type Unreachable = v.InferOutput<typeof unreachableSchema>;

/** The link that leads to a place. A packet meets the network as it is at the moment the packet is sent. */
export const linkEntries = {
  delayMs: v.optional(delay('Least time of one crossing, one way; default 1.')),
  returnDelayMs: v.optional(delay('Least time of one crossing on the way back; default delayMs.')),
  jitter: v.optional(jitterSchema),
  returnJitter: v.optional(jitterSchema),
  lossRatio: v.optional(ratio('Loss on the way there: everything beyond suffers it too.')),
  returnLossRatio: v.optional(ratio('Loss on the way back, of all answers from here and beyond.')),
  lossBursts: v.optional(burstsSchema),
  returnLossBursts: v.optional(burstsSchema),
  queue: v.optional(queueSchema),
  /** Beyond the interval this is reordering, beyond the timeout a late answer. */
  stragglers: v.optional(
    strict({ ratio: ratio('Share of packets that take longer.'), delayMs: delay('How much longer they take.') }),
  ),
  duplicates: v.optional(
    strict({
      ratio: ratio('Share of packets that arrive twice.'),
      delayMs: v.optional(delay('How much later the second copy is; default 1.')),
    }),
  ),
  mtuBytes: v.optional(wholeFrom(68, 65_535, 'Largest IP packet of the link; default: no limit.')),
  isMtuBlackHole: v.optional(flag('Packets larger than mtuBytes vanish without a word.')),
};

/** How a router or a destination answers for itself. */
export const answererEntries = {
  isSilent: v.optional(flag('Says nothing itself; a router forwards all the same.')),
  rateLimit: v.optional(rateLimitSchema),
  answerLossRatio: v.optional(ratio('Share of its own answers that never leave it.')),
  answerDelayMs: v.optional(delay('What making an answer takes; packets in transit do not suffer it.')),
  answerJitter: v.optional(jitterSchema),
  /** Its own answers come back another way. */
  returnDetour: v.optional(
    strict({
      delayMs: v.optional(delay('How much longer the way back of its answers takes.')),
      hops: v.optional(wholeFrom(0, 200, 'How many routers more its answers pass.')),
      lossRatio: v.optional(ratio('Share of its answers lost on that way.')),
    }),
  ),
  initialHopLimit: v.optional(
    wholeFrom(1, 255, 'Hop limit of its answers as they leave; default 255 for a router (64 in IPv6), else 64.'),
  ),
  unreachable: v.optional(unreachableSchema),
};

/** What only a router does. */
export const routerEntries = {
  ...answererEntries,
  mpls: v.optional(
    v.pipe(
      v.array(
        strict({
          label: wholeFrom(0, 1_048_575, 'Label.'),
          trafficClass: v.optional(wholeFrom(0, 7, 'Traffic class; default 0.')),
          ttl: v.optional(wholeFrom(0, 255, 'TTL of the entry; default 1.')),
        }),
        'must be a list of label stack entries, top first',
      ),
      v.maxLength(15, 'must have 15 entries at most'),
    ),
  ),
  interfaceName: v.optional(text('Incoming interface, as the router names it (RFC 5837).')),
  quotedHopLimit: v.optional(
    wholeFrom(0, 255, 'Hop limit in the quoted packet; default 1. 2, 3, … tell of a label-switched path (qTTL).'),
  ),
  hiddenHops: v.optional(
    wholeFrom(0, 100, 'Routers just before this one that do not lower the hop limit (MPLS without propagation).'),
  ),
  answersViaHop: v.optional(
    hopNumber('Its answers first go on to this later hop, as inside a label-switched path; default: straight back.'),
  ),
  translatesAddresses: v.optional(flag('Quotes of hops beyond come back altered (NAT).')),
};

/** This machine. */
export const machineEntries = {
  sendFailure: v.optional(
    strict({
      reason: v.picklist(
        ['no-route', 'not-permitted', 'local-queue-full', 'interface-gone', 'other'],
        'must be no-route, not-permitted, local-queue-full, interface-gone or other',
      ),
      ratio: v.optional(ratio('Share of sends that fail; default 1.')),
    }),
  ),
  localDropRatio: v.optional(
    ratio('Share of answers that this machine drops before reading them: its own buffer is full.'),
  ),
  forgedRatio: v.optional(ratio('Answers of a stranger, per probe: counted, never a result.')),
  /** This machine itself says that nothing can be reached: no neighbour answers, or its own firewall rejects. */
  unreachable: v.optional(unreachableSchema),
};
