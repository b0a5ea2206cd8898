import { describe, expect, it } from 'vitest';
import { describeMachineChange, describeUntold } from '../../../contract/describe-machine-change.ts';
import { monotonicMilliseconds } from '../../../contract/units.ts';
import type { MachineNetwork } from './machine-network.ts';
import { MachineNotes } from './machine-notes.ts';

const HOME: MachineNetwork = {
  interfaces: [{ interfaceName: 'eth0', tunnel: null, addresses: ['192.168.1.5/24', '2001:db8:1:2::/64'] }],
  defaultRoutes: [{ family: 4, gateway: '192.168.1.1', interfaceName: 'eth0', tunnel: null }],
  nameServers: ['192.168.1.1'],
};
const TUNNEL = { interfaceName: 'tun0', tunnel: 'vpn', addresses: ['10.8.0.2/24'] } as const;
const THROUGH_TUNNEL = { family: 4, gateway: '10.8.0.1', interfaceName: 'tun0', tunnel: 'vpn' } as const;
const WITH_VPN: MachineNetwork = {
  interfaces: [...HOME.interfaces, TUNNEL],
  defaultRoutes: [THROUGH_TUNNEL],
  nameServers: ['10.8.0.1', '9.9.9.9'],
};
const WITHOUT_CABLE: MachineNetwork = { ...HOME, interfaces: [] };

/** What is told by looks two seconds apart. */
function told(...networks: readonly [MachineNetwork, ...MachineNetwork[]]): readonly (readonly string[])[] {
  const [first, ...others] = networks;
  const notes = new MachineNotes(first);
  return others.map((network, at) =>
    notes
      .take(network, monotonicMilliseconds(2_000 * (at + 1)))
      .map(({ change, untold }) => describeMachineChange(change) + describeUntold(untold)),
  );
}

describe('notes of what changed around a machine', () => {
  it('tell nothing while all stays as it is', () => {
    expect(told(HOME, HOME, structuredClone(HOME))).toEqual([[], []]);
  });

  it('tell a VPN that takes everything over, and its end', () => {
    expect(told(HOME, WITH_VPN, HOME)).toEqual([
      [
        'Interface tun0 (a VPN) came up with 10.8.0.2/24.',
        'The default gateway changed from 192.168.1.1 (through eth0) to 10.8.0.1 (through tun0: a VPN).',
        'DNS servers changed from 192.168.1.1 to 10.8.0.1, 9.9.9.9.',
      ],
      [
        'Interface tun0 (a VPN) is down or gone. It had 10.8.0.2/24.',
        'The default gateway changed from 10.8.0.1 (through tun0: a VPN) to 192.168.1.1 (through eth0).',
        'DNS servers changed from 10.8.0.1, 9.9.9.9 to 192.168.1.1.',
      ],
    ]);
  });

  it('tell another network of the same interface, and which addresses are new and gone', () => {
    const office: MachineNetwork = {
      interfaces: [{ interfaceName: 'eth0', tunnel: null, addresses: ['10.1.0.7/16', '2001:db8:1:2::/64'] }],
      defaultRoutes: [{ family: 4, gateway: '10.1.0.1', interfaceName: 'eth0', tunnel: null }],
      nameServers: ['192.168.1.1'],
    };
    expect(told(HOME, office)).toEqual([
      [
        'The addresses of interface eth0 changed; new: 10.1.0.7/16; gone: 192.168.1.5/24.',
        'The default gateway changed from 192.168.1.1 to 10.1.0.1.',
      ],
    ]);
  });

  it('tell default routes that come and go, each of its family', () => {
    const v6 = { family: 6, gateway: 'fe80::1%eth0', interfaceName: 'eth0', tunnel: null } as const;
    const dialled = { family: 4, gateway: null, interfaceName: 'ppp0', tunnel: 'dial-up' } as const;
    const other = { ...v6, gateway: 'fe80::2%eth0' };
    const withRoutes = (...defaultRoutes: NonNullable<MachineNetwork['defaultRoutes']>) => ({ ...HOME, defaultRoutes });
    expect(told(withRoutes(), withRoutes(v6), withRoutes(other, dialled), withRoutes(dialled))).toEqual([
      ['There is an IPv6 default route now: fe80::1%eth0 (through eth0).'],
      [
        'The IPv6 default gateway changed from fe80::1%eth0 to fe80::2%eth0.',
        'There is an IPv4 default route now: none (through ppp0: a VPN or a dial-up line).',
      ],
      ['There is no IPv6 default route any more. It was fe80::2%eth0 (through eth0).'],
    ]);
  });

  it('tell the order of DNS servers, for the first is asked first', () => {
    const servers = (...nameServers: string[]) => ({ ...HOME, nameServers });
    expect(told(servers('10.0.0.1', '10.0.0.2'), servers('10.0.0.2', '10.0.0.1'), servers())).toEqual([
      ['DNS servers changed from 10.0.0.1, 10.0.0.2 to 10.0.0.2, 10.0.0.1.'],
      ['DNS servers changed from 10.0.0.2, 10.0.0.1 to none.'],
    ]);
  });

  it('take what could not be read for unchanged', () => {
    const unread: MachineNetwork = { ...HOME, defaultRoutes: null, nameServers: null };
    expect(told(HOME, unread, HOME, unread, WITH_VPN).map((sentences) => sentences.length)).toEqual([0, 0, 0, 3]);
  });

  it('tell a cable with a bad contact five times a minute, and no more when it is then as it was last told', () => {
    // At 2, 4, …, 58 s the cable is out, in, out, …; from 58 s on it is out.
    const flapping = Array.from({ length: 29 }, (_, at) => (at % 2 === 0 ? WITHOUT_CABLE : HOME));
    const sentences = told(HOME, ...flapping, WITHOUT_CABLE, WITHOUT_CABLE, WITHOUT_CABLE, WITHOUT_CABLE);
    const down = 'Interface eth0 is down or gone. It had 192.168.1.5/24, 2001:db8:1:2::/64.';
    const up = 'Interface eth0 came up with 192.168.1.5/24, 2001:db8:1:2::/64.';
    expect(sentences.slice(0, 5)).toEqual([[down], [up], [down], [up], [down]]);
    // It is as it was when last told, at 10 s: down. So there is nothing to tell.
    expect(sentences.slice(5).flat()).toEqual([]);
  });

  it('tell the state in which it came to rest, a minute after the first was told', () => {
    const flapping = Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? WITHOUT_CABLE : HOME));
    const still = Array.from({ length: 30 }, () => HOME);
    const sentences = told(HOME, ...flapping, ...still);
    // Told at 2, 4, 6, 8 and 10 s; at 16 s it changed for the third time since; at 62 s the first is a minute ago.
    expect(sentences.flatMap((each, at) => each.map((sentence) => `${2 * (at + 1)} s: ${sentence}`)).slice(5)).toEqual([
      '62 s: Interface eth0 came up with 192.168.1.5/24, 2001:db8:1:2::/64. It keeps changing: 2 changes before this one are not listed.',
    ]);
  });

  it('hold nothing of one thing back because another changes often', () => {
    const flapping = Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? WITHOUT_CABLE : HOME));
    const sentences = told(HOME, ...flapping, { ...WITHOUT_CABLE, nameServers: [] });
    expect(sentences.at(-1)).toEqual(['DNS servers changed from 192.168.1.1 to none.']);
  });
});
