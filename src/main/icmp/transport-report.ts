import type { TransportReport } from '../../contract/system.ts';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import { type NativeSocketOptions, nativeAddon } from './native-addon.ts';
import { ladder, openSocket } from './open-transport.ts';
import type { ProbeResult } from './probe-transport.ts';
import type { SocketTransport } from './socket-transport.ts';

/** A reply from loopback takes microseconds; a second without one means that it is not coming. */
const SELF_TEST_TIMEOUT = milliseconds(1_000);

/** Opens every transport of this platform in turn, sends one echo request to loopback through it, and says what happened. */
export async function reportTransports(deps: {
  readonly clock: Clock;
  readonly random: Random;
}): Promise<readonly TransportReport[]> {
  const reports: TransportReport[] = [];
  for (const transport of ladder('auto')) {
    for (const family of [4, 6] as const) reports.push(await report(deps, transport, family));
  }
  return reports;
}

async function report(
  deps: { readonly clock: Clock; readonly random: Random },
  kind: NativeSocketOptions['kind'],
  family: 4 | 6,
): Promise<TransportReport> {
  const nothing = {
    transport: kind,
    family,
    timestampSource: null,
    reportsErrors: null,
    receiveBufferBytes: null,
    loopbackRttMs: null,
  };
  if (nativeAddon.platform === 'unsupported') {
    return { ...nothing, failure: { code: 'platform-not-supported', platform: process.platform } };
  }
  const opened = openSocket(deps, kind, {
    family,
    choice: kind === 'raw' ? 'privileged' : 'unprivileged',
    source: null,
    interfaceName: null,
    transmitTimestamps: true,
  });
  if (!opened.ok) return { ...nothing, failure: opened.failure };
  const transport = opened.value;
  try {
    const result = await pingLoopback(transport);
    return {
      transport: kind,
      family,
      failure: null,
      timestampSource: transport.properties.timestampSource,
      reportsErrors: transport.properties.reportsErrors,
      receiveBufferBytes: transport.receiveBufferBytes,
      loopbackRttMs: result.kind === 'echo-reply' ? result.rtt : null,
    };
  } finally {
    transport[Symbol.dispose]();
  }
}

function pingLoopback(transport: SocketTransport): Promise<ProbeResult> {
  return new Promise((resolve) =>
    transport.send(
      {
        destination: transport.properties.family === 4 ? '127.0.0.1' : '::1',
        hopLimit: hopLimit(64),
        payloadBytes: 56,
        trafficClass: 0,
        timeout: SELF_TEST_TIMEOUT,
      },
      resolve,
    ),
  );
}
