import type { Cure } from './explanation.ts';
import type { Platform } from './system.ts';

/** Commands that only show something, for a person to copy. They change nothing. */

/** An advice, and where there is a command that helps to follow it, what the command does and the command. */
export function cureWithCommand(advice: string, whatItDoes: string, command: string | null): Cure {
  return { sentence: command === null ? advice : `${advice} ${whatItDoes}`, command };
}

/** The command that shows the addresses of this machine; null where the platform is not known. */
export function listAddresses(platform: Platform): string | null {
  return commandFor(platform, { linux: 'ip -brief address', darwin: 'ifconfig', win32: 'ipconfig' });
}

/** The command that shows the network interfaces of this machine; null where the platform is not known. */
export function listInterfaces(platform: Platform): string | null {
  return commandFor(platform, {
    linux: 'ip -brief link',
    darwin: 'ifconfig -l',
    win32: 'netsh interface show interface',
  });
}

/** The command that shows which name servers this machine asks; null where the platform is not known. */
export function listNameServers(platform: Platform): string | null {
  return commandFor(platform, { linux: 'cat /etc/resolv.conf', darwin: 'scutil --dns', win32: 'ipconfig /all' });
}

/** The command that shows the routes of one address family; null where the platform is not known. */
export function listRoutes(family: 4 | 6, platform: Platform): string | null {
  return family === 6
    ? commandFor(platform, { linux: 'ip -6 route', darwin: 'netstat -rn -f inet6', win32: 'route print -6' })
    : commandFor(platform, { linux: 'ip route', darwin: 'netstat -rn -f inet', win32: 'route print -4' });
}

/** The command that shows the firewall rules in force; null where the platform is not known. */
export function listFirewallRules(platform: Platform): string | null {
  return commandFor(platform, {
    linux: 'sudo nft list ruleset',
    darwin: 'sudo pfctl -s rules',
    win32: 'netsh advfirewall show currentprofile',
  });
}

/** The command that shows which machines are seen on the local network; null where the platform is not known. */
export function listNeighbours(family: 4 | 6, platform: Platform): string | null {
  return family === 6
    ? commandFor(platform, { linux: 'ip -6 neigh', darwin: 'ndp -an', win32: 'netsh interface ipv6 show neighbors' })
    : commandFor(platform, { linux: 'ip -4 neigh', darwin: 'arp -an', win32: 'arp -a' });
}

function commandFor(platform: Platform, commands: Readonly<Record<Exclude<Platform, 'other'>, string>>): string | null {
  return platform === 'other' ? null : commands[platform];
}
