import type { MachineChange, Tunnel, WayOut } from './machine-change.ts';

const TUNNELS = { vpn: 'a VPN', 'dial-up': 'a VPN or a dial-up line' } as const;

/** What changed, in a word or two, as the title of an event. */
export function machineChangeTitle(change: MachineChange): string {
  switch (change.kind) {
    case 'interface-up':
      return change.tunnel === 'vpn' ? 'VPN up' : 'Interface up';
    case 'interface-down':
      return change.tunnel === 'vpn' ? 'VPN down' : 'Interface down';
    case 'addresses':
      return 'Addresses';
    case 'default-route':
      return change.after === null ? 'No gateway' : 'New gateway';
    case 'name-servers':
      return change.after.length === 0 ? 'No DNS' : 'New DNS';
  }
}

/** The same as the label of a mark. */
export function machineChangeLabel(change: MachineChange): string {
  switch (change.kind) {
    case 'interface-up':
    case 'interface-down':
      return change.tunnel === 'vpn' ? 'VPN' : 'interface';
    case 'addresses':
      return 'address';
    case 'default-route':
      return isThroughVpn(change.before) === isThroughVpn(change.after) ? 'gateway' : 'VPN';
    case 'name-servers':
      return 'DNS';
  }
}

/** What changed, in one plain sentence. */
export function describeMachineChange(change: MachineChange): string {
  switch (change.kind) {
    case 'interface-up':
      return `Interface ${named(change)} came up with ${listed(change.addresses)}.`;
    case 'interface-down':
      return `Interface ${named(change)} is down or gone. It had ${listed(change.addresses)}.`;
    case 'addresses': {
      const { before, after } = change;
      const added = after.filter((one) => !before.includes(one));
      const lost = before.filter((one) => !after.includes(one));
      const parts = [
        ...(added.length > 0 ? [`new: ${listed(added)}`] : []),
        ...(lost.length > 0 ? [`gone: ${listed(lost)}`] : []),
      ];
      return `The addresses of interface ${named(change)} changed; ${parts.join('; ')}.`;
    }
    case 'default-route':
      return describeDefaultRoute(change);
    case 'name-servers':
      return `DNS servers changed from ${listed(change.before)} to ${listed(change.after)}.`;
  }
}

/** What is told of changes that were counted but not told one by one; empty when there were none. */
export function describeUntold(untold: number): string {
  if (untold === 0) return '';
  return untold === 1
    ? ' It keeps changing: one change before this one is not listed.'
    : ` It keeps changing: ${untold} changes before this one are not listed.`;
}

function describeDefaultRoute({ family, before, after }: Extract<MachineChange, { kind: 'default-route' }>): string {
  const version = family === 6 ? 'IPv6 ' : '';
  if (before === null && after === null) return '';
  if (before === null) return `There is an IPv${family} default route now: ${wayText(after as WayOut)}.`;
  if (after === null) return `There is no IPv${family} default route any more. It was ${wayText(before)}.`;
  const isElsewhere = before.interfaceName !== after.interfaceName;
  const text = (way: WayOut) => (isElsewhere ? wayText(way) : (way.gateway ?? 'none'));
  return `The ${version}default gateway changed from ${text(before)} to ${text(after)}.`;
}

function wayText({ gateway, interfaceName, tunnel }: WayOut): string {
  const through = `through ${interfaceName}${tunnel === null ? '' : `: ${TUNNELS[tunnel]}`}`;
  return `${gateway ?? 'none'} (${through})`;
}

function named({ interfaceName, tunnel }: { readonly interfaceName: string; readonly tunnel: Tunnel }): string {
  return tunnel === null ? interfaceName : `${interfaceName} (${TUNNELS[tunnel]})`;
}

function listed(all: readonly string[]): string {
  return all.length === 0 ? 'none' : all.join(', ');
}

function isThroughVpn(way: WayOut | null): boolean {
  return way?.tunnel === 'vpn';
}
