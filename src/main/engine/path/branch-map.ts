import type { Branches } from '../../../contract/path.ts';
import type { ProbeResult } from '../../icmp/probe-transport.ts';
import { flowsToRuleOutAnother } from '../statistics/mda-stopping-rule.ts';

/** Flows tried at one hop at most: enough to rule out a twelfth responder. */
const MOST_FLOWS = 64;

/** Probes of one flow at one hop at most, while none of them is answered. */
const MOST_ATTEMPTS = 3;

/** Flows without an answer after which a hop counts as silent: as many as rule out a second responder. */
const FLOWS_OF_SILENCE = 6;

/** Silent hops in a row beyond which nothing is looked for. */
const MOST_SILENT_HOPS = 5;

const ALL_FLOWS: readonly number[] = Array.from({ length: MOST_FLOWS }, (_, flow) => flow);

/** One probe to send: a flow at a hop limit. */
export interface FlowProbe {
  readonly hopLimit: number;
  readonly flow: number;
}

/** What is known of a flow at a hop. */
interface Finding {
  attempts: number;
  /** Null while nobody answered. */
  address: string | null;
  /** Whether the flow goes no further: the destination answered, or a router that cannot pass it on. */
  isEnd: boolean;
}

/** A place that flows pass at one hop and go on from: a responder, or a silent hop as a whole. */
interface Node {
  readonly flows: readonly number[];
}

/** What has been found of the branches so far, and which probes are to be sent next. */
export class BranchMap {
  readonly #maxHops: number;
  /** By hop limit, then by flow. */
  readonly #findings: ReadonlyArray<Map<number, Finding>>;

  constructor(maxHops: number) {
    this.#maxHops = maxHops;
    this.#findings = Array.from({ length: maxHops + 1 }, () => new Map());
  }

  /** Probes that bring every hop nearer to its stopping rule; first one to every hop limit; none when all is done. */
  nextProbes(): FlowProbe[] {
    const wanted = new Map<string, FlowProbe>();
    const want = (hopLimit: number, flow: number) => wanted.set(`${hopLimit} ${flow}`, { hopLimit, flow });
    if (this.#at(1).size === 0) {
      for (let hopLimit = 1; hopLimit <= this.#maxHops; hopLimit += 1) want(hopLimit, 0);
      return [...wanted.values()];
    }
    const last = this.#lastHop();
    for (let hopLimit = 1; hopLimit <= last; hopLimit += 1) {
      const before = this.#nodesAt(hopLimit - 1);
      for (const node of before) {
        const missing = this.#missing(node, hopLimit);
        const usable = this.#usableFlows(node, hopLimit).slice(0, missing);
        for (const flow of usable) want(hopLimit, flow);
        if (before.length === 1) continue;
        // Node control: flows that pass this node are found by trying new ones at its own hop.
        const unknown = ALL_FLOWS.filter((flow) => !this.#at(hopLimit - 1).has(flow));
        const attempts = (missing - usable.length) * before.length;
        for (const flow of unknown.slice(0, attempts)) want(hopLimit - 1, flow);
      }
      for (const flow of this.#flowsToTraceBack(hopLimit)) want(hopLimit - 1, flow);
    }
    return [...wanted.values()];
  }

  record({ hopLimit, flow }: FlowProbe, result: ProbeResult): void {
    const finding = this.#at(hopLimit).get(flow) ?? { attempts: 0, address: null, isEnd: false };
    this.#at(hopLimit).set(flow, finding);
    finding.attempts += 1;
    switch (result.kind) {
      case 'timed-out':
      case 'send-failed':
        return;
      case 'time-exceeded':
      case 'other-error':
        finding.address = result.responder;
        return;
      case 'echo-reply':
      case 'destination-unreachable':
      case 'packet-too-big':
        finding.address = result.responder;
        finding.isEnd = true;
        return;
    }
  }

  hops(): Branches['hops'] {
    return Array.from({ length: this.#lastHop() }, (_, index) => {
      const hopLimit = index + 1;
      const flowsOf = new Map<string | null, number[]>();
      for (const [flow, { address }] of this.#reaching(hopLimit)) {
        flowsOf.set(address, [...(flowsOf.get(address) ?? []), flow]);
      }
      const responders = [...flowsOf].map(([address, flows]) => ({ address, flows: flows.sort((a, b) => a - b) }));
      const probes = [...this.#at(hopLimit).values()].reduce((sum, { attempts }) => sum + attempts, 0);
      return {
        hopLimit,
        responders: responders.sort((a, b) => Number(a.address === null) - Number(b.address === null)),
        probes,
        isComplete: this.#isComplete(hopLimit),
      };
    });
  }

  links(): Branches['links'] {
    const links = new Map<string, Branches['links'][number]>();
    for (let hopLimit = 1; hopLimit < this.#lastHop(); hopLimit += 1) {
      const next = this.#reaching(hopLimit + 1);
      for (const [flow, { address: from }] of this.#reaching(hopLimit)) {
        const to = next.get(flow)?.address ?? null;
        if (from !== null && to !== null) links.set(`${hopLimit} ${from} ${to}`, { hopLimit, from, to });
      }
    }
    return [...links.values()];
  }

  #at(hopLimit: number): Map<number, Finding> {
    const findings = this.#findings[hopLimit];
    if (findings === undefined) throw new RangeError(`Hop limit ${hopLimit} is beyond ${this.#maxHops}`);
    return findings;
  }

  /** Findings at a hop of flows that come as far: one that ended before finds the destination everywhere after. */
  #reaching(hopLimit: number): Map<number, Finding> {
    const endedBefore = (flow: number) =>
      this.#findings.slice(0, hopLimit).some((findings) => findings.get(flow)?.isEnd === true);
    return new Map([...this.#at(hopLimit)].filter(([flow]) => !endedBefore(flow)));
  }

  /** Who answered at a hop, and whether the way ends there. */
  #addressesAt(hopLimit: number): Map<string, boolean> {
    const addresses = new Map<string, boolean>();
    for (const { address, isEnd } of this.#reaching(hopLimit).values()) {
      if (address !== null) addresses.set(address, isEnd || addresses.get(address) === true);
    }
    return addresses;
  }

  /** Where flows go on from at a hop; 0 is this machine. All flows pass a hop with one node. */
  #nodesAt(hopLimit: number): Node[] {
    const addresses = hopLimit === 0 ? new Map<string, boolean>() : this.#addressesAt(hopLimit);
    if (addresses.size === 0) return [{ flows: ALL_FLOWS }];
    const goingOn = [...addresses].filter(([, isEnd]) => !isEnd);
    if (addresses.size === 1) return goingOn.map(() => ({ flows: ALL_FLOWS }));
    const reaching = [...this.#reaching(hopLimit)];
    return goingOn.map(([node]) => ({
      flows: reaching.filter(([, { address }]) => address === node).map(([flow]) => flow),
    }));
  }

  /** How many more answered flows of a node the stopping rule asks for at the hop after it. */
  #missing(node: Node, hopLimit: number): number {
    const tried = node.flows.flatMap((flow) => this.#at(hopLimit).get(flow) ?? []);
    const answered = tried.filter(({ address }) => address !== null);
    const found = new Set(answered.map(({ address }) => address)).size;
    if (found === 0) return Math.max(0, FLOWS_OF_SILENCE - tried.length);
    return Math.max(0, flowsToRuleOutAnother(found) - answered.length);
  }

  /** Flows known to pass a node that may still tell something at the hop after it, unanswered ones first. */
  #usableFlows(node: Node, hopLimit: number): number[] {
    const findings = this.#at(hopLimit);
    const silent = [...findings].filter(([, { address, attempts }]) => address === null && attempts < MOST_ATTEMPTS);
    const again = this.#addressesAt(hopLimit).size === 0 ? [] : silent.map(([flow]) => flow);
    return [...again.filter((flow) => node.flows.includes(flow)), ...node.flows.filter((flow) => !findings.has(flow))];
  }

  /** One flow of each responder at a hop that no responder of the hop before has been seen to lead to. */
  #flowsToTraceBack(hopLimit: number): number[] {
    if (hopLimit === 1 || this.#addressesAt(hopLimit - 1).size === 0) return [];
    const before = this.#at(hopLimit - 1);
    const reaching = [...this.#reaching(hopLimit)];
    return [...this.#addressesAt(hopLimit).keys()].flatMap((responder) => {
      const flows = reaching.filter(([, { address }]) => address === responder).map(([flow]) => flow);
      if (flows.some((flow) => (before.get(flow)?.address ?? null) !== null)) return [];
      return flows.filter((flow) => (before.get(flow)?.attempts ?? 0) < MOST_ATTEMPTS).slice(0, 1);
    });
  }

  /** Behind every node of the hop before somebody answered, often enough. A silent hop is never complete. */
  #isComplete(hopLimit: number): boolean {
    const findings = this.#at(hopLimit);
    return this.#nodesAt(hopLimit - 1).every(
      (node) =>
        this.#missing(node, hopLimit) === 0 &&
        node.flows.some((flow) => (findings.get(flow)?.address ?? null) !== null),
    );
  }

  /** The hop at which nothing goes on, or else the one up to which answers may still come. */
  #lastHop(): number {
    let lastAnswered = 0;
    for (let hopLimit = 1; hopLimit <= this.#maxHops; hopLimit += 1) {
      if (this.#addressesAt(hopLimit).size === 0) continue;
      lastAnswered = hopLimit;
      if (this.#nodesAt(hopLimit).length === 0) return hopLimit;
    }
    return Math.min(this.#maxHops, lastAnswered + MOST_SILENT_HOPS);
  }
}
