import * as v from 'valibot';
import type { Platform } from './system.ts';

/** What a system lets a program know and choose of ICMP: one table, which the engine asks and people are shown. */

export const abilitySchema = v.picklist([
  'raw-sockets',
  'interface',
  'source-address',
  'dont-fragment',
  'traffic-class',
  'flows',
  'kernel-times',
  'error-codes',
  'next-hop-mtu',
  'labels',
  'reply-hop-limit',
  'reply-size',
  'late-answers',
  'duplicates',
  'local-drops',
  'requests-at-once',
  'broadcast',
  'library-sockets',
]);
/** One thing that some system cannot do. */
export type Ability = v.InferOutput<typeof abilitySchema>;

/** How much of an ability a system has, and what is not there; without a sentence nothing is missing. */
export interface AbilityState {
  readonly extent: 'whole' | 'partly' | 'none';
  readonly sentence: string | null;
}

const WHOLE: AbilityState = { extent: 'whole', sentence: null };

function partly(sentence: string): AbilityState {
  return { extent: 'partly', sentence };
}

function none(sentence: string): AbilityState {
  return { extent: 'none', sentence };
}

type Table = Readonly<Record<Ability, AbilityState>>;

/** Sockets of Linux (icmp(7), raw(7)). */
const LINUX: Table = {
  'raw-sockets': WHOLE,
  interface: WHOLE,
  'source-address': WHOLE,
  'dont-fragment': WHOLE,
  'traffic-class': WHOLE,
  flows: WHOLE,
  'kernel-times': WHOLE,
  'error-codes': WHOLE,
  'next-hop-mtu': WHOLE,
  labels: WHOLE,
  'reply-hop-limit': WHOLE,
  'reply-size': WHOLE,
  'late-answers': WHOLE,
  duplicates: WHOLE,
  'local-drops': WHOLE,
  'requests-at-once': WHOLE,
  broadcast: WHOLE,
  'library-sockets': WHOLE,
};

/** ICMP datagram sockets of macOS (icmp(4)), which are open to every account. */
const DARWIN: Table = {
  ...LINUX,
  'raw-sockets': none(
    'On macOS Hopscope uses ICMP datagram sockets only, which every account may open; a raw socket would tell no more.',
  ),
  'dont-fragment': partly(
    'macOS lets a program forbid fragments of IPv4 packets only, so the path MTU can be searched over IPv4 only.',
  ),
  'kernel-times': partly('macOS stamps packets when they arrive, but not when they leave.'),
  'local-drops': partly(
    'macOS does not tell how many answers it dropped because this program read them too slowly: those count as loss. What the program itself dropped is told.',
  ),
};

/** IcmpSendEcho2Ex and Icmp6SendEcho2 of Windows, the one way of sending ICMP that is open to every account. */
const WIN32: Table = {
  'raw-sockets': none(
    'On Windows raw sockets are for administrators, and its firewall keeps ICMP errors from them. Hopscope sends by the Windows echo interface.',
  ),
  interface: none(
    'The Windows echo interface chooses the network interface by the routes. Choose a source address of that interface instead.',
  ),
  'source-address': WHOLE,
  'dont-fragment': partly(
    'Windows lets a program forbid fragments of IPv4 packets only, so the path MTU can be searched over IPv4 only.',
  ),
  'traffic-class': none('Windows ignores the traffic class that a program asks for. Use traffic class 0.'),
  flows: none(
    'The Windows echo interface numbers echo requests itself, so they cannot be kept on one way through load balancers, and branches cannot be told apart.',
  ),
  'kernel-times': none(
    'Windows measures in whole milliseconds. Hopscope times with the performance counter and keeps within what Windows measured.',
  ),
  'error-codes': partly(
    'Windows sums up several codes of ICMP errors in one word. A code that it does not tell is shown as not told.',
  ),
  'next-hop-mtu': none(
    'Windows does not tell the MTU of a packet that is too big. The search finds it by trying sizes.',
  ),
  labels: none('Windows does not hand over what routers add to ICMP errors, such as MPLS labels.'),
  'reply-hop-limit': partly('Windows tells the hop limit of echo replies over IPv4 only.'),
  'reply-size': partly(
    'Windows tells the size of echo replies over IPv4 only. Over IPv6 the size of the request stands for it.',
  ),
  'late-answers': partly('Windows reports answers for a second after the timeout. Later ones are never seen.'),
  duplicates: none('Windows reports the first answer to an echo request only. Second copies are never seen.'),
  'local-drops': WHOLE,
  'requests-at-once': partly(
    'On Windows all of Hopscope together waits for at most 2,016 answers at a time. A request beyond that is told as not sent, and is no loss.',
  ),
  broadcast: none('Hopscope does not send to broadcast addresses on Windows, which would tell the first answer only.'),
  'library-sockets': none('The socket classes need ICMP sockets, which Windows does not have.'),
};

const NOT_SUPPORTED = none('This build cannot send ICMP on this system.');
const OTHER = Object.fromEntries(abilitySchema.options.map((ability) => [ability, NOT_SUPPORTED])) as Table;

const TABLES: Readonly<Record<Platform, Table>> = { linux: LINUX, darwin: DARWIN, win32: WIN32, other: OTHER };

/** How much of an ability a system has. */
export function abilityOn(platform: Platform, ability: Ability): AbilityState {
  return TABLES[platform][ability];
}

/** What a system cannot do at all: an option that needs it is refused. */
export function lackingOn(platform: Platform): readonly Ability[] {
  return abilitySchema.options.filter((ability) => TABLES[platform][ability].extent === 'none');
}

/** Something that a system does not have, or not all of. */
export interface Gap {
  readonly ability: Ability;
  readonly name: string;
  readonly extent: 'partly' | 'none';
  readonly sentence: string;
}

/** Everything that a system does not have, or not all of, in words; nothing when it has it all. */
export function gapsOn(platform: Platform): readonly Gap[] {
  return abilitySchema.options.flatMap((ability): Gap[] => {
    const { extent, sentence } = abilityOn(platform, ability);
    return extent === 'whole' || sentence === null ? [] : [{ ability, name: abilityName(ability), extent, sentence }];
  });
}

/** The name of an ability, as a heading. */
export function abilityName(ability: Ability): string {
  switch (ability) {
    case 'raw-sockets':
      return 'Raw sockets';
    case 'interface':
      return 'Choice of the interface';
    case 'source-address':
      return 'Choice of the source address';
    case 'dont-fragment':
      return 'Forbidding fragments';
    case 'traffic-class':
      return 'Traffic class';
    case 'flows':
      return 'Holding a flow, finding branches';
    case 'kernel-times':
      return "The kernel's times";
    case 'error-codes':
      return 'Types and codes of ICMP errors';
    case 'next-hop-mtu':
      return 'MTU told by routers';
    case 'labels':
      return 'MPLS labels and interfaces of routers';
    case 'reply-hop-limit':
      return 'Hop limit of answers';
    case 'reply-size':
      return 'Size of answers';
    case 'late-answers':
      return 'Answers after the timeout';
    case 'duplicates':
      return 'Second copies of answers';
    case 'local-drops':
      return 'Answers dropped by this machine';
    case 'requests-at-once':
      return 'Requests under way at a time';
    case 'broadcast':
      return 'Broadcast';
    case 'library-sockets':
      return 'Socket classes';
  }
}
