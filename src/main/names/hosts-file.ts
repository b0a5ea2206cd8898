import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';

/** The addresses that this machine's hosts file gives to names: lower-case name, then addresses in the file's order. */
export type Hosts = ReadonlyMap<string, readonly string[]>;

/** Where this system keeps its hosts file. */
export function hostsFilePath(platform: string, env: Readonly<Record<string, string | undefined>>): string {
  return platform === 'win32' ? `${env.SystemRoot ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';
}

/** Reads the form of hosts(5): an address and its names a line, comments after `#`. Other lines are left out. */
export function parseHosts(text: string): Hosts {
  const hosts = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const name of names) {
      const key = name.toLowerCase();
      const known = hosts.get(key);
      if (known === undefined) hosts.set(key, [address]);
      else known.push(address);
    }
  }
  return hosts;
}

/** Gives what the hosts file says now; it is read again only when it has changed. A file that cannot be read says nothing. */
export function createHostsReader(path: string): () => Promise<Hosts> {
  let version: string | null = null;
  let hosts: Hosts = new Map();
  return async () => {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      const now = `${mtimeMs} ${size} ${ino}`;
      if (now !== version) {
        hosts = parseHosts(await readFile(path, 'utf8'));
        version = now;
      }
    } catch {
      hosts = new Map();
      version = null;
    }
    return hosts;
  };
}
