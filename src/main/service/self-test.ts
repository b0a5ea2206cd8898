import type { SelfTestOutcome, SelfTestReport, SelfTestResult } from '../../contract/self-test.ts';
import { type HopLimit, hopLimit, milliseconds } from '../../contract/units.ts';
import type { ProbeResult, ProbeTransport } from '../icmp/probe-transport.ts';
import type { DefaultRoute, ReadDefaultRoutes } from './default-routes.ts';
import type { TransportPool } from './transport-pool.ts';

/** Probes of each layer: one may be lost, and a person waits. */
const PROBES = 3;
const TIMEOUT = milliseconds(1_000);
const FAR = hopLimit(64);
/** The hop beyond the gateway, and those asked when it does not answer. */
const SECOND_HOP = hopLimit(2);
const NEXT_HOPS = [hopLimit(3), hopLimit(4)] as const;

export interface SelfTestDeps {
  readonly pool: TransportPool;
  readonly readDefaultRoutes: ReadDefaultRoutes;
  readonly hasFarAddress: (family: 4 | 6) => boolean;
  /** Where to send beyond the gateway, given what is wanted; a simulated internet has addresses of its own. */
  readonly destination: (family: 4 | 6, wanted: string) => string;
  /** Whether there is a loopback to try; not in a simulated internet. */
  readonly hasLoopback: boolean;
}

export interface SelfTestOrder {
  /** Addresses that the probes beyond the gateway are sent towards. */
  readonly ipv4: string;
  readonly ipv6: string;
  /** Whether anything is sent beyond the gateway. */
  readonly isBeyondWanted: boolean;
}

/** Probes this machine, its gateway and the hop beyond, over both families; takes three seconds at most. */
export async function runSelfTest(deps: SelfTestDeps, order: SelfTestOrder): Promise<SelfTestReport> {
  const routes = await deps.readDefaultRoutes();
  const families = await Promise.all(([4, 6] as const).map((family) => testFamily(deps, order, family, routes)));
  return { results: families.flat() };
}

async function testFamily(
  deps: SelfTestDeps,
  order: SelfTestOrder,
  family: 4 | 6,
  routes: readonly DefaultRoute[] | null,
): Promise<SelfTestResult[]> {
  const towards = deps.destination(family, family === 4 ? order.ipv4 : order.ipv6);
  const loopback = family === 4 ? '127.0.0.1' : '::1';
  const route = routes?.find((one) => one.family === family) ?? null;
  const notTried: SelfTestOutcome = { kind: 'not-tried' };
  const result = (layer: SelfTestResult['layer'], destination: string | null, outcome: SelfTestOutcome) => ({
    layer,
    family,
    destination,
    outcome,
  });
  const leased = await deps.pool.acquire({
    family,
    choice: 'auto',
    source: null,
    interfaceName: null,
    transmitTimestamps: true,
  });
  if (!leased.ok) {
    return [
      result('loopback', loopback, { kind: 'not-open', failure: leased.failure }),
      result('gateway', null, notTried),
      result('beyond', null, notTried),
    ];
  }
  using lease = leased.value;
  const { transport } = lease;
  const noRoute = { kind: 'no-route', hasAddress: deps.hasFarAddress(family) } as const;
  const gateway = (): Promise<SelfTestOutcome> | SelfTestOutcome => {
    if (routes === null) return { kind: 'unknown' };
    if (route === null) return noRoute;
    if (route.gateway === null) return { kind: 'no-gateway', interfaceName: route.interfaceName };
    return probe(transport, route.gateway, FAR);
  };
  const beyond = (): Promise<SelfTestOutcome> | SelfTestOutcome => {
    if (!order.isBeyondWanted) return notTried;
    if (routes !== null && route === null) return noRoute;
    return probeBeyond(transport, towards);
  };
  const [own, near, far] = await Promise.all([
    deps.hasLoopback ? probe(transport, loopback, FAR) : null,
    gateway(),
    beyond(),
  ]);
  // Where there is no way out, that is told once.
  const isTold = near.kind === 'no-route' && far.kind === 'no-route';
  return [
    ...(own === null ? [] : [result('loopback', loopback, own)]),
    result('gateway', route?.gateway ?? null, near),
    isTold ? result('beyond', null, notTried) : result('beyond', towards, far),
  ];
}

async function probeBeyond(transport: ProbeTransport, destination: string): Promise<SelfTestOutcome> {
  const second = await probe(transport, destination, SECOND_HOP);
  if (second.kind !== 'silent') return second;
  const further = await Promise.all(NEXT_HOPS.map((limit) => probe(transport, destination, limit)));
  const found = further.find(({ kind }) => kind === 'answered');
  return found ?? { kind: 'silent', sent: PROBES * (1 + NEXT_HOPS.length) };
}

/** Sends the probes of one layer together. A hop limit that runs out is an answer: that hop is there. */
async function probe(transport: ProbeTransport, destination: string, limit: HopLimit): Promise<SelfTestOutcome> {
  const results = await Promise.all(Array.from({ length: PROBES }, () => send(transport, destination, limit)));
  const answers = results.flatMap((one) =>
    one.kind === 'echo-reply' || (one.kind === 'time-exceeded' && limit !== FAR) ? [one] : [],
  );
  const [first] = answers;
  if (first !== undefined) {
    const bestMs = Math.min(...answers.map(({ rtt }) => rtt));
    return {
      kind: 'answered',
      responder: first.responder,
      bestMs,
      sent: PROBES,
      received: answers.length,
      hopLimit: limit,
    };
  }
  for (const one of results) {
    switch (one.kind) {
      case 'send-failed':
        return { kind: 'send-failed', reason: one.reason, osCode: one.code };
      case 'destination-unreachable':
      case 'packet-too-big':
      case 'other-error':
      case 'time-exceeded': {
        const { icmpType, icmpCode, responder, mtu: mtuBytes, fromThisMachine } = one;
        return { kind: 'icmp-error', icmpType, icmpCode, responder, mtuBytes, fromThisMachine };
      }
      case 'echo-reply':
      case 'timed-out':
        continue;
    }
  }
  return { kind: 'silent', sent: PROBES };
}

function send(transport: ProbeTransport, destination: string, limit: HopLimit): Promise<ProbeResult> {
  return new Promise((resolve) =>
    transport.send({ destination, hopLimit: limit, payloadBytes: 56, trafficClass: 0, timeout: TIMEOUT }, resolve),
  );
}
