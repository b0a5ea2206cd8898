import { describeDeafTransport, describeFailure } from './describe-failure.ts';
import type { Explanation } from './explanation.ts';
import type { Platform, TransportReport } from './system.ts';

/** Words for what the doctor found of each way of sending ICMP, for the screen and the terminal alike. */

/** Whether echo requests can be sent this way: it opens, and this machine hears itself over it. */
export function transportWorks({ failure, loopbackRttMs, transport }: TransportReport): boolean {
  // A simulated internet has no loopback to try.
  return failure === null && (loopbackRttMs !== null || transport === 'simulated');
}

/** Whether a way of sending is missed by nobody: the scenario has nothing that it could reach. */
export function isBesideScenario({ failure }: TransportReport): boolean {
  return failure?.code === 'family-not-simulated';
}

/** What keeps a way of sending from working, and the cure; null when it works. */
export function describeTransportTrouble(report: TransportReport, platform: Platform): Explanation | null {
  if (report.failure !== null) return describeFailure(report.failure, platform);
  return transportWorks(report) ? null : describeDeafTransport(report.family, platform);
}

/** The name of a way of sending, in lower case: `privileged (raw socket)`. */
export function transportName(transport: TransportReport['transport']): string {
  switch (transport) {
    case 'dgram':
      return 'unprivileged (ICMP datagram socket)';
    case 'raw':
      return 'privileged (raw socket)';
    case 'echo-api':
      return 'Windows echo interface';
    case 'simulated':
      return 'simulated internet';
  }
}

/** Whose times are taken, to be put before “times”: `the kernel's receive`. */
export function timestampWords(source: NonNullable<TransportReport['timestampSource']>): string {
  switch (source) {
    case 'kernel-transmit':
      return "the kernel's send and receive";
    case 'kernel':
      return "the kernel's receive";
    case 'user':
      return "the program's own";
    case 'performance-counter':
      return "the performance counter's";
    case 'milliseconds':
      return 'whole-millisecond';
  }
}

/** The address families over which echo requests can be sent, 4 before 6. */
export function workingFamilies(transports: readonly TransportReport[]): ReadonlyArray<4 | 6> {
  return ([4, 6] as const).filter((family) =>
    transports.some((report) => transportWorks(report) && report.family === family),
  );
}

/** The doctor's one sentence: whether echo requests can be sent from here, and over what. */
export function describeAbility(transports: readonly TransportReport[]): string {
  const families = workingFamilies(transports);
  const isSimulated = transports.length > 0 && transports.every(({ transport }) => transport === 'simulated');
  if (families.length === 0) {
    return isSimulated
      ? 'In this simulated internet, echo requests cannot be sent.'
      : 'Echo requests cannot be sent from here.';
  }
  const over = families.map((family) => `IPv${family}`).join(' and ');
  return isSimulated
    ? `In this simulated internet, echo requests can be sent over ${over}.`
    : `Echo requests can be sent over ${over}.`;
}

/** Whether a value of net.ipv4.ping_group_range lets nobody in: `1 0`, the kernel's own setting, names no group (icmp(7)). */
export function isEmptyGroupRange(range: string): boolean {
  const [first = 0, last = 0] = range.split(/\s+/).map(Number);
  return first > last;
}
