import { readFileSync } from 'node:fs';

/** Rights of this process that decide how ICMP can be sent. */
export interface Rights {
  /** Effective user 0; always false where there is no such user. */
  readonly isRoot: boolean;
  /** CAP_NET_RAW in the effective set (capabilities(7)); null where capabilities do not exist. */
  readonly hasNetRaw: boolean | null;
  /** net.ipv4.ping_group_range: the first and the last group that may open a dgram socket (icmp(7)); null where it does not exist. */
  readonly pingGroupRange: string | null;
}

/** Number of CAP_NET_RAW in linux/capability.h. */
const CAP_NET_RAW = 13;

/** Reads the rights as they are now. */
export function readRights(): Rights {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readText('/proc/self/status') ?? '')?.[1];
  return {
    isRoot: process.geteuid?.() === 0,
    hasNetRaw: effective === undefined ? null : ((BigInt(`0x${effective}`) >> BigInt(CAP_NET_RAW)) & 1n) === 1n,
    pingGroupRange: readPingGroupRange(),
  };
}

/** The group range as text with one space between, or null. */
export function readPingGroupRange(): string | null {
  return readText('/proc/sys/net/ipv4/ping_group_range')?.trim().replace(/\s+/, ' ') ?? null;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // the file is Linux's; elsewhere there is nothing to read
  }
}
