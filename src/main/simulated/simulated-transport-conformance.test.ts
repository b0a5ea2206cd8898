import { milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import type { ProbeRequest } from '../icmp/probe-transport.ts';
import { describeTransport } from '../icmp/probe-transport-conformance.ts';
import { createSimulatedTransport, type SimulatedBehaviour } from './simulated-transport.ts';

const delay = milliseconds(10);
const answers: SimulatedBehaviour = { kind: 'answers', delay };
const error = { kind: 'icmp-error', responder: '10.0.0.1', delay, icmpCode: 0 } as const;

const clock = new VirtualClock();

describeTransport('simulated', () => ({
  open: async () =>
    createSimulatedTransport(
      { clock, random: new SeededRandom(1) },
      {
        family: 4,
        destinations: {
          '10.0.0.1': answers,
          '10.0.1.1': { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' },
          '10.0.3.1': (_nth: number, probe: ProbeRequest) =>
            probe.hopLimit < 3 ? { ...error, error: 'time-exceeded', icmpType: 11 } : answers,
          '10.0.9.1': { ...error, error: 'destination-unreachable', icmpType: 3 },
        },
      },
    ),
  pass: async (duration) => {
    await Promise.resolve();
    clock.advance(duration);
  },
  answering: '10.0.0.1',
  silent: '10.0.2.1',
  unroutable: '10.0.1.1',
  distant: '10.0.3.1',
  firstRouter: '10.0.0.1',
  unreachable: { address: '10.0.9.1', responder: '10.0.0.1', icmpType: 3, icmpCode: 0 },
}));
