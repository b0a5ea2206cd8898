import { abilityName, abilityOn } from './abilities.ts';
import { describeFile } from './describe-kept-file.ts';
import { describeNotPermitted } from './describe-not-permitted.ts';
import { describeUnresolvedName } from './describe-unresolved-name.ts';
import {
  cureWithCommand,
  listAddresses,
  listFirewallRules,
  listInterfaces,
  listRoutes,
} from './diagnostic-commands.ts';
import type { Explanation } from './explanation.ts';
import type { Failure } from './failure.ts';
import type { Sample } from './probe.ts';
import type { Platform } from './system.ts';

/**
 * The one table of sentences and cures, for the screen and the terminal alike. Everything here is pure; the
 * platform is that of the machine that sends, not of the one that shows.
 */

/** Why a probe never left this machine. */
export type SendFailureReason = Extract<Sample, { fate: 'send-failed' }>['reason'];

/** The words for a failure. Every code has its own; a new code does not compile until it has. */
export function describeFailure(failure: Failure, platform: Platform): Explanation {
  switch (failure.code) {
    case 'name-not-resolved':
      return describeUnresolvedName(failure, platform);
    case 'icmp-not-permitted':
      return describeNotPermitted(failure, platform);
    case 'address-not-local':
      return {
        title: 'Not an address of this machine',
        sentence: `Probes cannot be sent from ${failure.address}, because no interface of this machine has that address.`,
        cure: cureWithCommand(
          'Choose one of the addresses of this machine.',
          'This lists them:',
          listAddresses(platform),
        ),
      };
    case 'interface-not-found':
      return {
        title: 'No such interface',
        sentence: `This machine has no network interface named “${failure.interfaceName}”.`,
        cure: cureWithCommand(
          'Choose one of the interfaces of this machine.',
          'This lists them:',
          listInterfaces(platform),
        ),
      };
    case 'address-family-mismatch':
      return {
        title: `Not an IPv${failure.family} address`,
        sentence: `${failure.address} was to be used with IPv${failure.family}, but it is an address of the other family.`,
        cure: {
          sentence: `Use an IPv${failure.family} address here, or leave the address family open.`,
          command: null,
        },
      };
    case 'family-not-supported':
      return {
        title: `No IPv${failure.family} on this machine`,
        sentence: `This machine's operating system has IPv${failure.family} switched off.`,
        cure: {
          sentence: `Use an IPv${failure.family === 6 ? 4 : 6} address, or switch IPv${failure.family} on in the system's network settings.`,
          command: null,
        },
      };
    case 'family-not-simulated':
      return {
        title: `No IPv${failure.family} in this simulated internet`,
        sentence: `Every address of its scenario is of IPv${failure.family === 6 ? 4 : 6}, so there is nothing to send to over IPv${failure.family}.`,
        cure: null,
      };
    case 'ability-missing':
      return {
        title: `Not on this system: ${abilityName(failure.ability)}`,
        // On a system that can do it nobody says otherwise.
        sentence:
          abilityOn(platform, failure.ability).sentence ??
          `This system does not have: ${abilityName(failure.ability)}.`,
        cure: null,
      };
    case 'platform-not-supported':
      return {
        title: 'Not available on this system',
        sentence: `This build cannot send ICMP on “${failure.platform}”.`,
        cure: {
          sentence: 'Use Hopscope on Linux, Windows or macOS, or open this page from a Hopscope that runs there.',
          command: null,
        },
      };
    case 'not-found':
      return {
        title: 'No longer there',
        sentence: `There is no ${failure.what} “${failure.id}” any more. It was probably removed in another window.`,
        cure: null,
      };
    case 'needs-real-network':
      return {
        title: 'Not in a simulated internet',
        sentence:
          'This needs the sockets of this machine. Hopscope was started in a simulated internet, of which nothing leaves this machine.',
        cure: { sentence: 'Start Hopscope without --simulate.', command: null },
      };
    case 'invalid-arguments':
      return {
        title: 'Not accepted',
        sentence: `A value is not of the form that is allowed. ${endWithFullStop(failure.issue)}`,
        cure: { sentence: 'Correct the value and try again.', command: null },
      };
    case 'limit-reached':
      return {
        title: 'Limit reached',
        sentence: `At most ${failure.limit.toLocaleString('en')} ${failure.what} are allowed at a time, to protect this machine and the network.`,
        cure: { sentence: 'Remove one that is no longer needed, then try again.', command: null },
      };
    case 'file-not-read':
    case 'file-not-written':
    case 'file-refused':
      return describeFile(failure, platform);
    case 'programs-not-allowed':
      return {
        title: 'Programs are not allowed',
        sentence:
          'This Hopscope may not run programs, so a rule cannot be given one: whoever can open this page could run anything on this machine.',
        cure: {
          sentence:
            'If you want that, start it with --allow-programs, or tick “Let Alerts Run Programs” in the menu of the desktop app.',
          command: null,
        },
      };
    case 'connection-lost':
      return {
        title: 'Connection to the engine lost',
        sentence:
          'Hopscope’s engine, the program that sends the probes, does not answer. What is shown is the state before that.',
        cure: {
          sentence:
            'If it does not come back by itself, check that Hopscope is still running. After a restart, open the address that it prints.',
          command: null,
        },
      };
    case 'system-error':
      return {
        title: 'The system refused',
        sentence: `The operating system answered ${failure.osCode} to ${failure.syscall}.`,
        cure: {
          sentence:
            'Try again; if it happens again, please report it with that name and what “hopscope doctor” prints.',
          command: null,
        },
      };
    case 'internal':
      return {
        title: 'A fault in Hopscope',
        sentence: `This should not have happened. The log has the details under the reference ${failure.reference}.`,
        cure: { sentence: 'Try again; if it happens again, please report it with that reference.', command: null },
      };
  }
}

/** The words for a probe that this machine could not send. Such probes are not network loss, and the words say so. */
export function describeSendFailure(
  reason: SendFailureReason,
  osCode: string,
  family: 4 | 6,
  platform: Platform,
): Explanation {
  switch (reason) {
    case 'no-route':
      return {
        title: 'No route',
        sentence: `This machine has no IPv${family} route to the address, so nothing was sent (${osCode}).`,
        cure: cureWithCommand(
          family === 6
            ? 'Check that this network offers IPv6 at all, or use an IPv4 address.'
            : 'Check that this machine is connected, and the VPN if the address is behind one.',
          'This shows the routes of this machine:',
          listRoutes(family, platform),
        ),
      };
    case 'not-permitted':
      return {
        title: 'Refused by this machine',
        sentence: `A firewall or a routing rule on this machine does not let the probe out (${osCode}).`,
        cure: cureWithCommand(
          'Allow outgoing ICMP echo requests.',
          'This shows the rules in force:',
          listFirewallRules(platform),
        ),
      };
    case 'broadcast-not-enabled':
      return {
        title: 'A broadcast address',
        sentence: `This address means every host of a network, and sending to all of them is not switched on (${osCode}).`,
        cure: { sentence: 'Use the address of a single host.', command: null },
      };
    case 'too-big':
      return {
        title: 'Too big to send',
        sentence: `The probe is larger than the first link takes in one piece (${osCode}).`,
        cure: { sentence: 'Use a smaller payload.', command: null },
      };
    case 'local-queue-full':
      return {
        title: 'This machine is too busy to send',
        sentence: `The send queue of this machine is full (${osCode}). The probe did not leave, and is not counted as loss.`,
        cure: { sentence: 'Send less often, or stop whatever else fills this connection.', command: null },
      };
    case 'invalid-destination':
      return {
        title: 'Cannot be sent to',
        sentence: `The operating system does not accept this address as a destination (${osCode}).`,
        cure: {
          sentence:
            family === 6
              ? 'A link-local address (fe80::…) needs its interface behind it, as in fe80::1%eth0.'
              : 'Use the address of a single host. A “blackhole” route to the address has the same effect.',
          command: null,
        },
      };
    case 'interface-gone':
      return {
        title: 'Interface gone',
        sentence: `The network interface to send from, or its address, is no longer there, or the interface is down (${osCode}).`,
        cure: cureWithCommand(
          'Connect it again.',
          'This shows the interfaces of this machine:',
          listInterfaces(platform),
        ),
      };
    case 'local-network-denied':
      return {
        title: 'Local network closed',
        sentence: `The address is in the local network, and macOS refuses to send there (${osCode}). Most likely Hopscope, or the terminal that it was started from, has no permission for the local network.`,
        cure: { sentence: 'Allow it in System Settings, Privacy & Security, Local Network.', command: null },
      };
    case 'not-on-this-system':
      return {
        title: 'Not on this system',
        sentence: `The operating system cannot send a probe with these options (${osCode}).`,
        cure: { sentence: 'The doctor lists what this system cannot do.', command: null },
      };
    case 'other':
      return {
        title: 'Could not send',
        sentence: `The operating system refused to send the probe (${osCode}).`,
        cure: null,
      };
  }
}

/**
 * The words for a destination that is silent: the last `lostCount` probes have timed out, and `answeredBefore` says
 * whether any earlier one was answered. Silence has several causes that look the same from here; the cure names them.
 */
export function describeSilence(destination: string, lostCount: number, answeredBefore: boolean): Explanation {
  const probes = lostCount === 1 ? 'probe' : `${lostCount.toLocaleString('en')} probes`;
  if (answeredBefore) {
    return {
      title: 'Stopped answering',
      sentence: `${destination} answered before, but not the last ${probes}, and no router has said why.`,
      cure: {
        sentence: 'Check whether the host is still up, and whether other targets on the way to it still answer.',
        command: null,
      },
    };
  }
  return {
    title: 'No answer so far',
    sentence: `${destination} has not answered ${lostCount === 1 ? 'the first probe' : `any of ${probes}`}, and no router has said why.`,
    cure: {
      sentence:
        'It may be off, or the address wrong; or a firewall drops echo requests, and the host is up all the same.',
      command: null,
    },
  };
}

/** The words for a way of sending that opens, but over which this machine does not even hear itself. */
export function describeDeafTransport(family: 4 | 6, platform: Platform): Explanation {
  return {
    title: 'Opens, but does not work',
    sentence: `A request to this machine itself over IPv${family} was not answered.`,
    cure: cureWithCommand(
      `Check that the loopback interface is up with its IPv${family} address, and that no firewall on this machine drops ICMP.`,
      'This shows the rules in force:',
      listFirewallRules(platform),
    ),
  };
}

function endWithFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
