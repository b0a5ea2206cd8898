import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addresses } from '../lab/addresses.ts';
import { type CapturedPacket, capture } from '../lab/capture.ts';
import { finished, inNamespace, labRights, withFirewall, withoutPrivileges } from '../lab/lab.ts';

const { client, target, targetLinkMtu } = addresses;
const RUN_IN_LAB = join(import.meta.dirname, '../lab/run-in-lab.ts');
/** Discard (RFC 863): nobody listens on it in the lab. */
const DISCARD_PORT = 9;

async function sendDatagram(text: string): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise((sent) => socket.send(text, DISCARD_PORT, target.v4, sent));
  socket.close();
}

/** Sends `first` and `second`, and gives the datagrams that the target's link carried. */
async function captureAtTarget(send: () => Promise<void>): Promise<readonly CapturedPacket[]> {
  await using link = await capture('target', 't0', 'udp dst port 9');
  await send();
  // Whatever the first datagrams' fate was, this one arrives, after them.
  await sendDatagram('end');
  // Awaited here, or the link would be disposed of first.
  return await link.stop();
}

function text(packet: CapturedPacket): string {
  const headerBytes = ((packet.bytes[0] ?? 0) & 0x0f) * 4;
  return packet.bytes.subarray(headerBytes + 8).toString();
}

describe('the lab', () => {
  it('has no default route, so no packet can leave it', () => {
    expect(readFileSync('/proc/net/route', 'utf8')).not.toMatch(/^\S+\t00000000\t/m);
    expect(readFileSync('/proc/net/route', 'utf8')).toContain(client.interfaceName);
  });

  it('carries a datagram over both routers to the target and stamps it on the wire', async () => {
    const before = BigInt(Date.now()) * 1_000_000n;
    const packets = await captureAtTarget(() => sendDatagram('over two routers'));
    const after = BigInt(Date.now() + 1) * 1_000_000n;
    expect(packets.map(text)).toEqual(['over two routers', 'end']);
    // 64, less one for each router.
    expect(packets.map((packet) => packet.bytes[8])).toEqual([62, 62]);
    for (const { atEpochNs } of packets) expect(atEpochNs >= before && atEpochNs <= after).toBe(true);
  });

  it('holds packets back while a firewall is up, and no longer', async () => {
    const rules = 'chain forward { type filter hook forward priority 0; udp dport 9 drop; }';
    const packets = await captureAtTarget(async () => {
      await withFirewall('r2', rules, () => sendDatagram('held back'));
      await sendDatagram('let through');
    });
    expect(packets.map(text)).toEqual(['let through', 'end']);
  });

  it('has a smaller packet size on the target’s link only', () => {
    const mtu = (link: string): unknown => /mtu (\d+)/.exec(link)?.[1];
    expect(mtu(inNamespace('target', 'ip', 'link', 'show', 't0'))).toBe(String(targetLinkMtu));
    expect(mtu(inNamespace('r1', 'ip', 'link', 'show', 'client'))).toBe('1500');
  });

  it('can run a command without any capability, as another user where there is one', async () => {
    const [command = '', ...words] = withoutPrivileges();
    const { stdout } = await finished(command, [...words, 'cat', '/proc/self/status']);
    for (const set of ['CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
      expect(stdout).toMatch(new RegExp(`^${set}:\t0+$`, 'm'));
    if (labRights() === 'user-namespace') expect(words).not.toContain('--reuid');
  });

  it('leaves no process behind when the process that started it is killed', async () => {
    const starter = spawn(process.execPath, [RUN_IN_LAB, 'sh', '-c', 'echo started; setsid sleep 600 & sleep 600'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(starter.stdout, 'data');
    starter.kill('SIGKILL');
    // The pipe closes when the last process that inherited it, the lab's `sleep`, is gone.
    await once(starter, 'close');
    expect(starter.signalCode).toBe('SIGKILL');
  });

  it('passes on the exit code and the signal it was sent', async () => {
    expect((await finished(process.execPath, [RUN_IN_LAB, 'sh', '-c', 'exit 7'])).code).toBe(7);
    const script = 'trap "exit 9" TERM; echo started; while :; do sleep 0.1; done';
    const starter = spawn(process.execPath, [RUN_IN_LAB, 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(starter.stdout, 'data');
    starter.kill('SIGTERM');
    await once(starter, 'close');
    expect(starter.exitCode).toBe(9);
  });
});
