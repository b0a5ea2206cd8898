import { AddressRanges, readRange } from '../../../contract/address-ranges.ts';
import { hopLimit, milliseconds, seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import type { ProbeTransport } from '../../icmp/probe-transport.ts';
import {
  createSimulatedTransport,
  type SimulatedBehaviour,
  type SimulatedDestination,
} from '../../simulated/simulated-transport.ts';
import { type SweepAnswer, startSweep } from './sweep.ts';
import type { SweepRequest } from './sweep-request.ts';

export const AFTER_20_MS: SimulatedBehaviour = { kind: 'answers', delay: milliseconds(20) };

export function rangesOf(text: string): AddressRanges {
  const reading = readRange(text);
  if (reading.kind !== 'span') throw new Error(text);
  return new AddressRanges([reading.span]);
}

/** A sweep of a simulated network, with what leaves and when written down. */
export function sweep(
  destinations: Readonly<Record<string, SimulatedDestination>>,
  request: Partial<SweepRequest>,
  localDrops: () => number = () => 0,
) {
  const clock = new VirtualClock();
  const network = createSimulatedTransport({ clock, random: new SeededRandom(1) }, { family: 4, destinations });
  const sent: Array<{ readonly at: number; readonly to: string }> = [];
  const answers: SweepAnswer[] = [];
  const finished: boolean[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const transport: ProbeTransport = {
    properties: network.properties,
    send: (probe, onResult, onRepeat) => {
      sent.push({ at: clock.now(), to: probe.destination });
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      const end: typeof onResult = (result) => {
        underWay -= 1;
        onResult(result);
      };
      network.send(probe, end, onRepeat);
    },
    counters: () => ({ localDrops: localDrops(), unmatched: 0, malformed: 0, forged: 0 }),
    [Symbol.dispose]: () => network[Symbol.dispose](),
  };
  const running = startSweep(
    { clock, transports: { 4: transport } },
    {
      ranges: rangesOf('192.0.2.0/28'),
      unresolved: new Set(),
      fromIndex: 0,
      ratePerSecond: 1_000,
      retries: 0,
      timeout: seconds(1),
      payloadBytes: 56,
      hopLimit: hopLimit(64),
      trafficClass: 0,
      ...request,
    },
    { onAnswer: (answer) => answers.push(answer), onFinished: (isComplete) => finished.push(isComplete) },
  );
  /** The most since it was last asked for. */
  const takeMostUnderWay = () => {
    const most = mostUnderWay;
    mostUnderWay = 0;
    return most;
  };
  return { clock, running, sent, answers, finished, takeMostUnderWay };
}
