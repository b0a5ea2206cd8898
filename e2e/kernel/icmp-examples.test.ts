import { describe, expect, it } from 'vitest';
import { addresses } from '../lab/addresses.ts';
import { finished } from '../lab/lab.ts';

function run(example: string, address: string) {
  return finished(process.execPath, [`examples/${example}.ts`, address]);
}

describe('the examples of the seed', () => {
  it.each(['127.0.0.1', '::1'])(
    '91. verbose-ping prints four replies of %s in the form of the seed',
    async (address) => {
      const { code, stdout, stderr } = await run('verbose-ping', address);
      const withoutTimes = stdout.replaceAll(/time=\d+(\.\d{1,3})? ms/g, 'time=… ms');
      expect({ code, stderr, stdout: withoutTimes }).toEqual({
        code: 0,
        stderr: '',
        stdout: `PING ${address}: 56 data bytes

  64 bytes from ${address}: icmp_seq=0 time=… ms
  64 bytes from ${address}: icmp_seq=1 time=… ms
  64 bytes from ${address}: icmp_seq=2 time=… ms
  64 bytes from ${address}: icmp_seq=3 time=… ms

Completed.
`,
      });
    },
  );

  it('91. verbose-ping tells an ICMP error behind the size and the source of its message', async () => {
    // 8 bytes of ICMP, 20 of the IP header quoted, 64 of the request.
    const line = `  92 bytes from ${addresses.firstRouter.v4}: Destination network unreachable`;
    const { stdout } = await run('verbose-ping', addresses.noRouteAtFirstRouter.v4);
    expect(stdout.split('\n')).toEqual([
      `PING ${addresses.noRouteAtFirstRouter.v4}: 56 data bytes`,
      '',
      ...new Array(4).fill(line),
      '',
      'Completed.',
      '',
    ]);
  });

  it('91. one-ping prints nothing when the host answers', async () => {
    expect(await run('one-ping', '127.0.0.1')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('91. one-ping prints why when it does not', async () => {
    expect((await run('one-ping', addresses.silent.v4)).stdout).toBe('The timeout has been reached (2s)\n');
    expect((await run('one-ping', addresses.noRoute.v4)).stdout).toBe('[Errno 101] Network is unreachable\n');
    expect((await run('one-ping', addresses.prohibitedAtFirstRouter.v4)).stdout).toBe('Packet filtered\n');
  });
});
