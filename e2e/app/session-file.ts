/** A session as a file to import: a path of five hops, half an hour long, with a minute of loss and names that mean harm. */

export const BEGUN = Date.UTC(2026, 10, 22, 12, 0, 0);
const ROUNDS = 1_800;
const CHUNK = 1_024;
/** By hop limit, 0 being the round trip; the third hop is silent. */
const ADDRESSES = ['198.51.100.1', '192.168.178.1', '10.20.30.1', null, '203.0.113.9', '198.51.100.1'];
const BASE_MS = [21, 0.8, 6, 0, 14, 21];

/** Probes of the round trip, of the last two hops, are lost for a minute from the tenth on. */
function isLost(hop: number, round: number): boolean {
  return ADDRESSES[hop] === null || ((hop === 0 || hop >= 4) && round >= 600 && round < 660);
}

function rttOf(hop: number, round: number): number {
  const wave = 1 + 0.3 * Math.sin(round / 90) + ((round * 7_919 + hop * 104_729) % 97) / 300;
  return Math.round((BASE_MS[hop] ?? 0) * wave * 10_000) / 10_000;
}

function chunkOf(first: number): object {
  const rounds = Array.from({ length: Math.min(CHUNK, ROUNDS - first) }, (_, place) => first + place);
  return {
    firstRound: first,
    beganAtEpochMs: rounds.map((round) => BEGUN + round * 1_000),
    gapsBefore: [[rounds.length, 0]],
    hops: ADDRESSES.map((_, hop) => {
      const answered = rounds.filter((round) => !isLost(hop, round));
      return {
        hopLimit: hop,
        fates: rounds.map((round) => (isLost(hop, round) ? 't' : 'a')).join(''),
        rttMs: answered.map((round) => rttOf(hop, round)),
        responders: answered.length === 0 ? [] : [[answered.length, 1]],
        reordered: [],
        outliers: [],
        outliersOfResponder: [],
        rejections: [],
        duplicates: [],
      };
    }),
  };
}

/** The text of the file. */
export function sessionFile(): string {
  const answer = (address: string, isReply: boolean) => ({
    address,
    icmpType: isReply ? 0 : 11,
    icmpCode: 0,
    replyHopLimit: 60,
    mtuBytes: null,
    quotedHopLimit: isReply ? null : 1,
    isQuoteAltered: null,
    extensions: null,
  });
  return JSON.stringify({
    format: 'hopscope-session',
    version: 1,
    target: 'www.example.net',
    destination: '198.51.100.1',
    family: 4,
    intervalMs: 1_000,
    maxHops: 30,
    simulated: null,
    begunAtEpochMs: BEGUN,
    name: 'Evenings </script><img src=https://example.com/x>',
    comment: '',
    comments: [{ atEpochMs: BEGUN + 600_000, text: 'The call <b>froze</b> at 192.168.178.1' }],
    isMasked: false,
    destinationHopLimit: 5,
    hasDestinationAnswered: true,
    localDrops: 0,
    gateways: ['192.168.178.1'],
    names: [
      { address: '192.168.178.1', name: 'fritz.box', asn: null },
      { address: '203.0.113.9', name: '<script>alert(1)</script>', asn: { number: 64_500, name: 'EXAMPLE-NET' } },
    ],
    pathMtu: null,
    branches: null,
    gaps: [],
    routeChanges: [],
    sendFailures: null,
    responders: ADDRESSES.map((address, hop) => ({
      hopLimit: hop,
      last: address === null ? [] : [answer(address, address === '198.51.100.1')],
      rejections: [],
    })),
    rounds: ROUNDS,
    chunks: [chunkOf(0), chunkOf(CHUNK)],
  });
}
