import type { Happening } from './happening.ts';
import type { MachineChange, WayOut } from './machine-change.ts';
import type { Mask } from './privacy-mask.ts';

/** Addresses that a happening tells, and which of them were this machine's own. Networks are told by their address. */
export function addressesOfHappening(happening: Happening): { address: string; isOwn: boolean }[] {
  if (happening.kind === 'clock-stepped') return [];
  const { change } = happening;
  switch (change.kind) {
    case 'interface-up':
    case 'interface-down':
      return change.addresses.map(own);
    case 'addresses':
      return [...change.before, ...change.after].map(own);
    case 'default-route':
      return [change.before, change.after].flatMap((way) =>
        way === null || way.gateway === null ? [] : [{ address: way.gateway, isOwn: false }],
      );
    case 'name-servers':
      return [...change.before, ...change.after].map((address) => ({ address, isOwn: false }));
  }
}

/** A happening in which nothing tells what is masked. */
export function maskedHappening(happening: Happening, mask: Mask): Happening {
  return happening.kind === 'clock-stepped'
    ? happening
    : { ...happening, change: maskedMachineChange(happening.change, mask) };
}

function maskedMachineChange(change: MachineChange, mask: Mask): MachineChange {
  const networks = (texts: readonly string[]) => texts.map((text) => maskedNetwork(text, mask));
  switch (change.kind) {
    case 'interface-up':
    case 'interface-down':
      return { ...change, addresses: networks(change.addresses) };
    case 'addresses':
      return { ...change, before: networks(change.before), after: networks(change.after) };
    case 'default-route':
      return { ...change, before: maskedWayOut(change.before, mask), after: maskedWayOut(change.after, mask) };
    case 'name-servers':
      return { ...change, before: change.before.map(mask.address), after: change.after.map(mask.address) };
  }
}

function maskedWayOut(way: WayOut | null, mask: Mask): WayOut | null {
  return way === null || way.gateway === null ? way : { ...way, gateway: mask.address(way.gateway) };
}

function own(network: string): { address: string; isOwn: boolean } {
  return { address: addressOf(network), isOwn: true };
}

/** The length of a prefix says nothing of who it is. */
function maskedNetwork(network: string, mask: Mask): string {
  const address = addressOf(network);
  return mask.isMasked(address) ? mask.address(address) : network;
}

function addressOf(network: string): string {
  return network.split('/')[0] ?? network;
}
