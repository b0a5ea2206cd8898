import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../src/contract/client.ts';
import { contract } from '../../src/contract/index.ts';
import { createLocalLinks } from '../../src/contract/link.ts';
import type { Monitor, MonitorFrame } from '../../src/contract/monitor.ts';
import { serve } from '../../src/contract/serve.ts';
import { compose } from '../../src/main/compose.ts';
import { OWN, plugIn, plugInAgain, ROUTED, UNPLUGGABLE, unplug } from './unpluggable-link.ts';

/** The built program, as it is installed. */
const PROGRAM = join(import.meta.dirname, '../../out/main/cli.js');

/** Every answer is there in well under a millisecond, so nothing is in flight after one: what is lost then is a fault. */
const INTERVAL_S = 0.2;

const NO_ROUTE = /^This machine has no IPv[46] route to the address, so nothing was sent/;
const GONE = /^The network interface to send from, or its address, is no longer there/;

beforeEach(plugIn);
afterEach(() => unplug('removed'));

interface Line {
  readonly type: string;
  readonly message?: string;
  readonly lossRatio?: number | null;
}

/** Runs `hopscope ping --json` until told to end. */
function startPing(...args: readonly string[]) {
  const words = ['ping', '--json', '--interval', String(INTERVAL_S), '--timeout', '1', ...args];
  const child = spawn(process.execPath, [PROGRAM, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: Line[] = [];
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  createInterface(child.stdout).on('line', (line) => lines.push(JSON.parse(line) as Line));
  const ended = once(child, 'close');
  return {
    lines,
    /** The next lines of a type, that many and of no other type. */
    next: async (type: string, count: number): Promise<readonly Line[]> => {
      const from = lines.length;
      await expect.poll(() => lines.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(from + count);
      const read = lines.slice(from, from + count);
      expect(read.map((line) => line.type)).toEqual(Array(count).fill(type));
      return read;
    },
    /** Waits until the newest line is of a type. */
    newest: (type: string) => expect.poll(() => lines.at(-1)?.type, { timeout: 10_000 }).toBe(type),
    interrupt: async () => {
      child.kill('SIGINT');
      const [code] = await ended;
      return { code, complaints };
    },
  };
}

describe('hopscope ping whose interface vanishes', () => {
  it.each([
    ['removed', 'v4', 'bound to nothing', OWN, [], NO_ROUTE],
    ['removed', 'v6', 'bound to nothing', OWN, [], NO_ROUTE],
    ['down', 'v4', 'bound to nothing', OWN, [], NO_ROUTE],
    ['down', 'v6', 'bound to nothing', OWN, [], NO_ROUTE],
    ['removed', 'v4', 'bound to the interface', OWN, ['--interface', UNPLUGGABLE], GONE],
    ['removed', 'v6', 'bound to the interface', OWN, ['--interface', UNPLUGGABLE], GONE],
    ['down', 'v4', 'bound to the interface', OWN, ['--interface', UNPLUGGABLE], NO_ROUTE],
    ['down', 'v6', 'bound to the interface', OWN, ['--interface', UNPLUGGABLE], NO_ROUTE],
    ['removed', 'v4', 'bound to its address', OWN, ['--source', OWN.here.v4], GONE],
    ['removed', 'v6', 'bound to its address', OWN, ['--source', OWN.here.v6], GONE],
    ['removed', 'v6', 'bound to its address where another route remains', ROUTED, ['--source', ROUTED.here.v6], GONE],
    ['down', 'v6', 'bound to its address where another route remains', ROUTED, ['--source', ROUTED.here.v6], GONE],
  ] as const)(
    '(%s, %s, %s) says of each ping that it was not sent, loses none, and goes on when it is back',
    async (how, family, _binding, addresses, options, reason) => {
      const ping = startPing(...options, addresses.there[family]);
      await ping.newest('reply');
      await ping.next('reply', 2);
      unplug(how);
      await ping.newest('send-error');
      for (const { message } of await ping.next('send-error', 3)) expect(message).toMatch(reason);
      plugInAgain(how);
      await ping.newest('reply');
      await ping.next('reply', 2);
      expect(await ping.interrupt()).toEqual({ code: 0, complaints: '' });
      expect(new Set(ping.lines.map(({ type }) => type))).toEqual(new Set(['reply', 'send-error', 'summary']));
      expect(ping.lines.at(-1)).toMatchObject({ type: 'summary', lossRatio: 0 });
    },
  );
});

describe('a monitor whose interface vanishes', () => {
  /** One monitor of a whole engine on this machine. */
  async function startMonitor(target: string, options: { interfaceName?: string; source?: string }) {
    const log: string[] = [];
    const engine = compose({ log: (line) => void log.push(line) });
    const links = createLocalLinks();
    serve({ onBug: String }, contract, engine.handlers, links.server);
    const client = createClient(contract, links.client);
    const added = await client.monitor.add({ target, intervalMs: INTERVAL_S * 1_000, options });
    if (!added.ok) throw new Error(added.failure.code);
    let monitor: Monitor = added.value;
    const frames: MonitorFrame[] = [];
    const onEnd = () => {};
    const onEvent = ({ monitors: [only] }: { monitors: Monitor[] }) => {
      monitor = only ?? monitor;
    };
    client.monitor.list({}, { onEvent, onEnd });
    const { monitorId } = monitor;
    client.monitor.frames({ monitorId, fromIndex: 0 }, { onEvent: (frame) => frames.push(frame), onEnd });
    const received = () => frames.at(-1)?.statistics.received ?? 0;
    return {
      log,
      state: () => monitor.state,
      statistics: () => frames.at(-1)?.statistics,
      fates: () => new Set(frames.flatMap(({ samples }) => samples.map(({ fate }) => fate))),
      sendFailures: () => frames.at(-1)?.statistics.sendFailures ?? 0,
      /** Waits for two more answers. */
      answered: async () => {
        const before = received();
        await expect.poll(received, { timeout: 15_000 }).toBeGreaterThanOrEqual(before + 2);
      },
      [Symbol.dispose]: () => {
        links.close();
        engine[Symbol.dispose]();
      },
    };
  }

  it.each([
    ['v4', 'the interface', { interfaceName: UNPLUGGABLE }, OWN, { code: 'interface-not-found' }],
    ['v6', 'the interface', { interfaceName: UNPLUGGABLE }, OWN, { code: 'interface-not-found' }],
    ['v4', 'its address', { source: OWN.here.v4 }, OWN, { code: 'address-not-local' }],
    ['v6', 'its address', { source: ROUTED.here.v6 }, ROUTED, { code: 'address-not-local' }],
  ] as const)(
    '(%s, bound to %s) fails and says why, loses nothing, and goes on by itself when it is back',
    async (family, _binding, options, addresses, failure) => {
      using monitor = await startMonitor(addresses.there[family], options);
      await monitor.answered();
      unplug('removed');
      await expect.poll(monitor.state, { timeout: 10_000 }).toMatchObject({ phase: 'failed', failure });
      plugInAgain('removed');
      await monitor.answered();
      expect(monitor.state()).toEqual({ phase: 'running' });
      expect(monitor.fates()).toEqual(new Set(['echo-reply', 'send-failed']));
      expect(monitor.statistics()).toMatchObject({ lossRatio: 0 });
      expect(monitor.log).toEqual([]);
    },
  );

  it.each(['v4', 'v6'] as const)(
    '(%s, bound to nothing) runs on, and what it cannot send is no loss',
    async (family) => {
      using monitor = await startMonitor(OWN.there[family], {});
      await monitor.answered();
      unplug('removed');
      await expect.poll(monitor.sendFailures, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
      expect(monitor.state()).toEqual({ phase: 'running' });
      plugInAgain('removed');
      await monitor.answered();
      expect(monitor.fates()).toEqual(new Set(['echo-reply', 'send-failed']));
      expect(monitor.statistics()).toMatchObject({ lossRatio: 0 });
      expect(monitor.log).toEqual([]);
    },
  );
});
