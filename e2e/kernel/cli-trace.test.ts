import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHAIN_LENGTH, chainAddresses } from '../lab/addresses.ts';
import { chainPlace, makeChain } from '../lab/chain.ts';
import { type Finished, finished, withFirewall, withoutPrivileges } from '../lab/lab.ts';

/** The built program, as it is installed. */
const PROGRAM = join(import.meta.dirname, '../../out/main/cli.js');

const { client, routers, target } = chainAddresses;
const SILENT_HOP = 5;

interface Responder {
  readonly address: string;
  readonly icmpType: number;
  readonly rttMs: { readonly mean: number };
}

interface Trace {
  readonly reached: boolean;
  readonly destination: string;
  readonly hops: readonly {
    readonly hopLimit: number;
    readonly sent: number;
    readonly received: number;
    readonly responders: readonly Responder[];
  }[];
  readonly verdicts: readonly { readonly id: string; readonly hopLimit: number | null }[];
}

const hopscope = (...args: readonly string[]): Promise<Finished> => finished(process.execPath, [PROGRAM, ...args]);

/** The same with every privilege taken from it. */
function unprivileged(...args: readonly string[]): Promise<Finished> {
  const [command = '', ...words] = withoutPrivileges();
  return finished(command, [...words, process.execPath, PROGRAM, ...args]);
}

const documentOf = ({ stdout }: Finished): Trace => JSON.parse(stdout) as Trace;
const respondersOf = ({ hops }: Trace) => hops.map(({ responders }) => responders.map(({ address }) => address));
const wholeChain = (version: 'v4' | 'v6') => [...routers, target].map((place) => [place[version]]);

beforeAll(async () => void (await makeChain()));

describe.each(['v4', 'v6'] as const)('hopscope trace through ten routers, IP%s', (version) => {
  it.each([
    ['as root', hopscope],
    ['without privileges', unprivileged],
  ])('shows every one of them and the target, %s', async (_, run) => {
    const ended = await run('trace', '--json', '--no-dns', target[version]);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    const document = documentOf(ended);
    expect([document.reached, document.destination]).toEqual([true, target[version]]);
    expect(respondersOf(document)).toEqual(wholeChain(version));
    expect(document.hops.map(({ sent, received }) => [sent, received])).toEqual(
      Array.from({ length: CHAIN_LENGTH + 1 }, () => [3, 3]),
    );
    expect(document.hops.at(-1)?.responders[0]?.icmpType).toBe(version === 'v4' ? 0 : 129);
  });

  it('has a line for a router that says nothing, and shows those behind it', async () => {
    const silence = `chain output { type filter hook output priority 0; icmp type time-exceeded drop; icmpv6 type time-exceeded drop; }`;
    const ended = await withFirewall(chainPlace(SILENT_HOP), silence, () =>
      hopscope('trace', '--no-dns', '--count', '2', '--interval', '0.2', '--timeout', '0.5', target[version]),
    );
    expect(ended.code).toBe(0);
    const rows = ended.stdout.split('\n').slice(2, 2 + CHAIN_LENGTH + 1);
    expect(rows.map((row) => row.split(/\s+/).slice(1, 4))).toEqual(
      [...routers, target].map((place, index) =>
        index + 1 === SILENT_HOP ? [`${SILENT_HOP}`, '???', '100%'] : [`${index + 1}`, place[version], '0%'],
      ),
    );
  });

  it('ends with 1, and says who, when a firewall refuses', async () => {
    const refusal = `chain forward { type filter hook forward priority 0; ip daddr ${target.v4} icmp type echo-request reject with icmp type admin-prohibited; ip6 daddr ${target.v6} icmpv6 type echo-request reject with icmpv6 type admin-prohibited; }`;
    const ended = await withFirewall(chainPlace(8), refusal, () =>
      hopscope('trace', '--json', '--no-dns', '--timeout', '0.5', target[version]),
    );
    const document = documentOf(ended);
    expect([ended.code, document.reached]).toEqual([1, false]);
    expect(document.hops[7]?.responders.map(({ address }) => address)).toContain(routers[7]?.[version]);
    expect(document.verdicts[0]).toMatchObject({ id: 'refused', hopLimit: 8 });
  });
});

describe('hopscope monitor through ten routers', () => {
  it('prints every round, then what trace prints', async () => {
    const options = ['--json', '--no-dns', '--duration', '2', '--interval', '0.2'];
    const { code, stdout } = await hopscope('monitor', ...options, target.v4, target.v6);
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as Trace & { readonly type: string; readonly target: string; readonly round: number },
      );
    for (const [index, version] of (['v4', 'v6'] as const).entries()) {
      const own = lines.filter((line) => line.target === target[version]);
      expect(own.filter(({ type }) => type === 'round').map(({ round }) => round)).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
      ]);
      const summary = lines.at(index - 2);
      expect(summary).toMatchObject({ type: 'summary', target: target[version], reached: true });
      expect(summary === undefined ? [] : respondersOf(summary)).toEqual(wholeChain(version));
    }
  });
});

describe('hopscope sweep in the lab', () => {
  it('finds who is there, over both families', async () => {
    const { code, stdout } = await hopscope('sweep', '--json', '--timeout', '0.5', '10.72.1.0/29', 'fd72:1::/126');
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    const answers = lines.slice(0, -1).map((line) => JSON.parse(line) as { readonly address: string });
    const there = [client, routers[0]].flatMap((place) => (place === undefined ? [] : [place.v4, place.v6]));
    expect(answers.map(({ address }) => address)).toEqual(expect.arrayContaining(there));
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      type: 'summary',
      total: 12,
      isComplete: true,
      localDrops: 0,
    });
  });
});
