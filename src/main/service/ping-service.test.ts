import { describe, expect, it } from 'vitest';
import { type Client, createClient } from '../../contract/client.ts';
import type { Failure } from '../../contract/failure.ts';
import { contract, type HopscopeContract } from '../../contract/index.ts';
import { createLocalLinks } from '../../contract/link.ts';
import type { PingEvent } from '../../contract/ping.ts';
import { serve } from '../../contract/serve.ts';
import { milliseconds } from '../../contract/units.ts';
import { createTestServices, DEFAULT_OPTIONS } from './test-services.ts';

const QUICK = { kind: 'answers', delay: milliseconds(10) } as const;

function connect(services = createTestServices({ '192.0.2.1': QUICK, '192.0.2.2': QUICK })) {
  const links = createLocalLinks();
  serve({ onBug: String }, contract, services.handlers, links.server);
  const client: Client<HopscopeContract> = createClient(contract, links.client);
  return { services, links, client };
}

/** What a run tells: its messages, and how it ended (undefined while it goes on). */
function run(
  { client }: ReturnType<typeof connect>,
  args: Omit<Parameters<Client<HopscopeContract>['ping']['run']>[0], 'runId'>,
  runId = 'run',
) {
  const messages: PingEvent[][] = [];
  const ends: (Failure | null)[] = [];
  const cancel = client.ping.run(
    { runId, ...args },
    { onEvent: (events) => messages.push(events), onEnd: (failure) => ends.push(failure) },
  );
  return { messages, ends, cancel, kinds: () => messages.flat().map(({ target, kind }) => `${target} ${kind}`) };
}

describe('a run of pings', () => {
  it('tells each target from its start over every sample to its statistics, then ends', async () => {
    const connected = connect();
    const { messages, ends, kinds } = run(connected, { targets: ['host.example'], count: 2 });
    await connected.services.pass(3_000);
    expect(kinds()).toEqual([
      'host.example started',
      'host.example sample',
      'host.example sample',
      'host.example finished',
    ]);
    expect(messages.flat().at(0)).toEqual({
      kind: 'started',
      target: 'host.example',
      destination: '192.0.2.1',
      family: 4,
      payloadBytes: 56,
      transport: 'simulated',
      timestampSource: 'kernel-transmit',
    });
    expect(messages.flat().at(-1)).toMatchObject({ destination: '192.0.2.1', statistics: { sent: 2, received: 2 } });
    expect([ends, connected.services.openTransportCount()]).toEqual([[null], 0]);
  });

  it('is not stopped by a target that fails', async () => {
    const connected = connect();
    const { messages, ends, kinds } = run(connected, { targets: ['nope.example', '192.0.2.1'], count: 1 });
    await connected.services.pass(1_000);
    expect(kinds().sort()).toEqual([
      '192.0.2.1 finished',
      '192.0.2.1 sample',
      '192.0.2.1 started',
      'nope.example failed',
    ]);
    expect(messages.flat().find(({ kind }) => kind === 'failed')).toMatchObject({
      failure: { code: 'name-not-resolved', name: 'nope.example', reason: 'not-found' },
    });
    expect(ends).toEqual([null]);
  });

  it('opens one transport for all targets of one family', async () => {
    const connected = connect();
    run(connected, { targets: ['192.0.2.1', '192.0.2.2', '2001:db8::1'], count: null });
    await connected.services.pass(100);
    expect(connected.services.opened.map(({ family }) => family)).toEqual([4, 6]);
    expect(connected.services.openTransportCount()).toBe(2);
  });

  it('groups what happens within 100 ms and sends at most ten messages a second', async () => {
    const connected = connect();
    const { messages } = run(connected, { targets: ['192.0.2.1'], count: 400, intervalMs: 2 });
    await connected.services.pass(1_000);
    expect(messages.length).toBeLessThanOrEqual(11);
    expect(messages.flat().filter(({ kind }) => kind === 'sample')).toHaveLength(400);
  });

  it('gives every summary when stopped, with what is in flight told apart, and gives up what is not resolved', async () => {
    const connected = connect(createTestServices({ '192.0.2.1': QUICK, '192.0.2.2': { kind: 'silent' } }));
    const { messages, ends } = run(connected, { targets: ['192.0.2.1', '192.0.2.2', 'never'], count: null });
    await connected.services.pass(1_500);
    expect(await connected.client.ping.stop({ runId: 'run' })).toEqual({ ok: true, value: null });
    await connected.services.pass(200);
    const finished = messages.flat().flatMap((event) => (event.kind === 'finished' ? [event] : []));
    expect(finished.map(({ target, statistics: { sent, inFlight } }) => [target, sent, inFlight])).toEqual([
      ['192.0.2.1', 2, 0],
      ['192.0.2.2', 2, 2],
    ]);
    expect([ends, connected.services.openTransportCount()]).toEqual([[null], 0]);
    expect(await connected.client.ping.stop({ runId: 'run' })).toEqual({
      ok: false,
      failure: { code: 'not-found', what: 'run', id: 'run' },
    });
  });

  it('closes everything when its client goes away', async () => {
    const connected = connect();
    run(connected, { targets: ['192.0.2.1', 'never'], count: null });
    await connected.services.pass(100);
    connected.links.close();
    await connected.services.pass(100);
    expect(connected.services.openTransportCount()).toBe(0);
    expect(connected.services.clock.untilNextTimer()).toBeNull();
  });

  it('is refused under the name of one that is under way', async () => {
    const connected = connect();
    run(connected, { targets: ['192.0.2.1'], count: null });
    const second = run(connected, { targets: ['192.0.2.1'], count: null });
    await connected.services.pass(100);
    expect(second.ends).toEqual([{ code: 'invalid-arguments', issue: 'runId: a run named run is under way' }]);
  });

  it('sends from the address and family asked for, or says why not', async () => {
    const connected = connect();
    const options = {
      source: '192.0.2.9',
      interfaceName: 'eth0',
      transport: 'unprivileged',
      transmitTimestamps: false,
    } as const;
    run(connected, { targets: ['host.example'], count: 1, options });
    const mismatch = run(
      connected,
      { targets: ['host.example'], count: 1, options: { source: '192.0.2.9', family: 6 } },
      'b',
    );
    const noAddress = run(connected, { targets: ['host.example'], count: 1, options: { source: 'eth0' } }, 'c');
    await connected.services.pass(100);
    expect(connected.services.opened).toEqual([
      {
        family: 4,
        choice: 'unprivileged',
        source: '192.0.2.9',
        interfaceName: 'eth0',
        transmitTimestamps: false,
        dontFragment: false,
      },
    ]);
    expect([mismatch, noAddress].map(({ messages }) => messages.flat())).toEqual([
      [
        {
          kind: 'failed',
          target: 'host.example',
          failure: { code: 'address-family-mismatch', address: '192.0.2.9', family: 6 },
        },
      ],
      [{ kind: 'failed', target: 'host.example', failure: { code: 'address-not-local', address: 'eth0' } }],
    ]);
  });

  it('tells duplicates and late answers', async () => {
    const connected = connect(createTestServices({ '192.0.2.1': { ...QUICK, duplicateRatio: 1 } }));
    const { messages } = run(connected, { targets: ['192.0.2.1'], count: 2 });
    await connected.services.pass(2_000);
    expect(messages.flat().find(({ kind }) => kind === 'repeat')).toEqual({
      kind: 'repeat',
      target: '192.0.2.1',
      destination: '192.0.2.1',
      sequence: 0,
      repeat: 'duplicate',
      responder: '192.0.2.1',
      rttMs: 11,
    });
  });
});

describe('a reader that does not keep up', () => {
  it('ends the run instead of filling the memory', () => {
    const services = createTestServices({
      '192.0.2.1': { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' },
    });
    const ends: (Failure | null)[] = [];
    const stream = services.handlers.ping.run(
      { runId: 'slow', targets: ['192.0.2.1'], count: null, intervalMs: 1, options: DEFAULT_OPTIONS },
      { emit: () => {}, end: (failure) => ends.push(failure), isCongested: () => true },
    );
    return services.pass(51_000).then(() => {
      stream[Symbol.dispose]();
      expect(ends.at(0)).toEqual({ code: 'limit-reached', what: 'unread events', limit: 50_000 });
    });
  });
});
