import type { PathMtu } from '../../../contract/path.ts';
import type { Milliseconds } from '../../../contract/units.ts';
import type { SearchDependencies } from './probe-wave.ts';
import { searchSize } from './size-search.ts';
import { SizedProbes } from './sized-probes.ts';

/** Size from which a search starts: what an IPv4 host must take in (RFC 791), and the least MTU of IPv6 (RFC 8200). */
const FLOOR_BYTES = { 4: 576, 6: 1_280 } as const;

/** Largest IP packet that the length field of IPv4 can say. */
const MOST_BYTES = 65_535;

/** MTU of an Ethernet, and of most paths. */
const ETHERNET_BYTES = 1_500;

/** Probes of one size to one hop at most, while none of them is answered. */
const MOST_ATTEMPTS = 3;

/** Silent hops in a row beyond which nothing is looked for. */
const MOST_SILENT_HOPS = 5;

/** What to search. */
export interface PathMtuRequest {
  /** Numeric. */
  readonly destination: string;
  readonly family: 4 | 6;
  /** 1 to 255. */
  readonly maxHops: number;
  readonly trafficClass: number;
  /** The flow of every probe, 0 to 65,534. */
  readonly flow: number;
  readonly timeout: Milliseconds;
  /** Largest IP packet that the interface can send; default 1,500. */
  readonly largestBytes?: number;
}

/**
 * Searches the largest IP packet that comes to the destination unfragmented, and then to each hop. MTUs named by
 * routers (RFC 1191, RFC 8201) are tried first; where nobody says anything the search goes by what is answered
 * (RFC 8899). A time-exceeded message proves that the packet reached its hop. Packets that are too big and vanish
 * without a word are a black hole only when chance does not explain it.
 *
 * The transport must not fragment and must ignore path MTUs that the system has cached. Where the destination does not
 * answer at all, the last hop that does stands in its place, and the path MTU is null. Rejects with the signal's
 * reason when it aborts.
 */
export async function searchPathMtu(
  deps: SearchDependencies,
  request: PathMtuRequest,
  signal: AbortSignal,
): Promise<PathMtu> {
  const probes = new SizedProbes(deps, request, signal);
  await findHops(probes, request.maxHops);
  const end = probes.endHop ?? probes.answeringHops.at(-1);
  if (end === undefined) {
    return { destination: request.destination, pathMtuBytes: null, isBlackHole: false, hops: [] };
  }
  const isReached = probes.destinationHop !== null;
  const floor = FLOOR_BYTES[request.family];
  const largest = Math.min(MOST_BYTES, Math.max(probes.ordinaryBytes, request.largestBytes ?? ETHERNET_BYTES));
  const limit = await searchSize(probes, {
    reach: isReached ? 'destination' : end,
    passing: probes.ordinaryBytes,
    largest,
    floor,
    hints: [],
  });
  await sizeHops(probes, { below: end, passing: limit.largest, largest, floor });
  return {
    destination: request.destination,
    pathMtuBytes: isReached ? limit.largest : null,
    isBlackHole: limit.reason === 'vanishing',
    hops: hopsUpTo(probes, end),
  };
}

/** What answered further away came to the hops before it too; those that answered to nothing have no number. */
function hopsUpTo(probes: SizedProbes, end: number): PathMtu['hops'] {
  const hops: PathMtu['hops'] = [];
  let came = probes.destinationHop === null ? 0 : (probes.largestAnswered('destination') ?? 0);
  for (let hopLimit = end; hopLimit >= 1; hopLimit -= 1) {
    const answered = probes.largestAnswered(hopLimit);
    came = Math.max(came, answered ?? 0);
    const hasAnswered = answered !== null || (hopLimit === probes.destinationHop && came > 0);
    hops.unshift({
      hopLimit,
      address: probes.addressAt(hopLimit),
      largestBytes: hasAnswered ? came : null,
      toldMtuBytes: probes.toldMtuAt(hopLimit),
    });
  }
  return hops;
}

/** Learns who answers at which hop limit, all of them at once, with packets of ordinary size. */
async function findHops(probes: SizedProbes, maxHops: number): Promise<void> {
  let last = maxHops;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const silent = Array.from({ length: last }, (_, index) => index + 1).filter(
      (hopLimit) => probes.addressAt(hopLimit) === null,
    );
    await probes.send(silent.map((reach) => ({ reach, bytes: probes.ordinaryBytes })));
    last = probes.endHop ?? Math.min(maxHops, (probes.answeringHops.at(-1) ?? 0) + MOST_SILENT_HOPS);
  }
}

/**
 * Finds the largest packet that each hop before the end answers to. Sizes only fall along a path: the largest one is
 * tried at every hop together, then what comes through to the first hop beyond the last that answered, and so on.
 */
async function sizeHops(
  probes: SizedProbes,
  { below, passing, largest, floor }: { below: number; passing: number; largest: number; floor: number },
): Promise<void> {
  const all = probes.answeringHops.filter((hopLimit) => hopLimit < below);
  let open = all;
  for (let size = largest; size > passing && open.length > 0; ) {
    await askHops(probes, open, size);
    const lastAnswering = Math.max(0, ...open.filter((hopLimit) => hasAnswered(probes, hopLimit, size)));
    const [next, ...beyond] = open.filter((hopLimit) => hopLimit > lastAnswering);
    if (next === undefined) break;
    const known = probes.largestAnswered(next) ?? probes.ordinaryBytes;
    const told = all.map((hopLimit) => probes.toldMtuAt(hopLimit)).filter((mtu) => mtu !== null);
    const question = { reach: next, passing: known, largest: size - 1, floor, hints: [passing, ...told] };
    size = (await searchSize(probes, question)).largest;
    open = beyond;
  }
  await askHops(probes, all, passing);
}

/** Sends a size to each of the hops that has not answered to it or a larger one, up to three times. */
async function askHops(probes: SizedProbes, hopLimits: readonly number[], bytes: number): Promise<void> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const open = hopLimits.filter((hopLimit) => !hasAnswered(probes, hopLimit, bytes));
    await probes.send(open.map((reach) => ({ reach, bytes })));
  }
}

function hasAnswered(probes: SizedProbes, hopLimit: number, bytes: number): boolean {
  return (probes.largestAnswered(hopLimit) ?? 0) >= bytes;
}
