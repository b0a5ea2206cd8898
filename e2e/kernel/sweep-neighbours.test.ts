import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addresses } from '../lab/addresses.ts';
import { finished } from '../lab/lab.ts';
import { ipBatch } from '../lab/places.ts';

/** The built program, as it is installed. */
const PROGRAM = join(import.meta.dirname, '../../out/main/cli.js');

/** A subnet on the client's own link, with nobody in it but the client itself. */
const SUBNET = '10.74.0.0/23';
const OWN = ['10.74.0.1', '10.74.1.200', '10.74.1.250'] as const;

const onLink = (verb: 'add' | 'del') =>
  ipBatch(null, [
    `addr ${verb} ${OWN[0]}/23 dev ${addresses.client.interfaceName}`,
    `addr ${verb} ${OWN[1]}/32 dev lo`,
    `addr ${verb} ${OWN[2]}/32 dev lo`,
  ]);

beforeAll(() => onLink('add'));
afterAll(() => onLink('del'));

it.each([
  ['1000', '0'],
  ['max', '0'],
  ['max', '1'],
])(
  'a sweep of more absent neighbours than the send buffer holds skips nobody, at a rate of %s with %s retries',
  async (rate, retries) => {
    const options = ['--json', '--timeout', '0.5', '--rate', rate, '--retries', retries];
    const { code, stdout, stderr } = await finished(process.execPath, [PROGRAM, 'sweep', ...options, SUBNET]);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly address?: string });
    // The broadcast address of the subnet is the one that cannot be sent to.
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      probed: 511,
      answered: 3,
      sendFailures: 1,
      firstSendFailure: { reason: 'broadcast-not-enabled' },
      nextIndex: 512,
      isComplete: true,
    });
    expect(lines.slice(0, -1).map(({ address }) => address)).toEqual(expect.arrayContaining([...OWN]));
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^hopscope sweep: One address could not be sent to\./)]);
  },
  60_000,
);
