import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../contract/failure.ts';
import type { PingEvent } from '../../../contract/ping.ts';
import type { StreamSink } from '../../../contract/serve.ts';
import { milliseconds } from '../../../contract/units.ts';
import { createTestServices, type TestServices } from '../../service/test-services.ts';
import { createTestTerminal, runInTest } from './test-terminal.ts';

const TARGET = '192.0.2.1';
const QUICK = { kind: 'answers', delay: milliseconds(10) } as const;
const SILENT = { kind: 'silent' } as const;
/** Later than the two seconds for which an answer is waited. */
const SLOW = { kind: 'answers', delay: milliseconds(2_500) } as const;

/** The services, and what ends their run of pings as a broken engine does. */
function breakable(services: TestServices) {
  let sink: StreamSink<PingEvent[]> | null = null;
  const handlers: TestServices['handlers'] = {
    ...services.handlers,
    ping: {
      ...services.handlers.ping,
      run: (args, given) => {
        sink = given;
        return services.handlers.ping.run(args, given);
      },
    },
  };
  return { services: { ...services, handlers }, breakOff: (failure: Failure) => sink?.end(failure) };
}

/** The lines of the type `summary`, of each what was counted. */
function summariesOf(out: readonly string[]) {
  return out
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'summary')
    .map(({ target, destination, sent, received, lossRatio, rttMs }) => {
      return { target, destination, sent, received, lossRatio, mean: rttMs.mean };
    });
}

const interruptedAfter = (afterMs: number, args: readonly string[], services: TestServices) => {
  const terminal = createTestTerminal();
  return runInTest(args, services, terminal, { afterMs, act: () => terminal.interrupt() });
};

describe('hopscope ping --json, interrupted', () => {
  it('prints the summary of what was measured, and exits with 0 when the target had answered', async () => {
    const services = createTestServices({ [TARGET]: QUICK });
    const { code, out, notices } = await interruptedAfter(2_500, ['ping', '--json', TARGET], services);
    expect(summariesOf(out)).toEqual([
      { target: TARGET, destination: TARGET, sent: 3, received: 3, lossRatio: 0, mean: 10 },
    ]);
    expect([code, notices]).toEqual([0, []]);
  });

  it('exits with 1 when a target had not answered, and does not count what is in flight as lost', async () => {
    const services = createTestServices({ [TARGET]: QUICK, '192.0.2.2': SILENT });
    const { code, out } = await interruptedAfter(2_500, ['ping', '--json', TARGET, '192.0.2.2'], services);
    expect(code).toBe(1);
    // Of three requests at 0, 1 and 2 s the first has timed out.
    expect(summariesOf(out)).toContainEqual({
      target: '192.0.2.2',
      destination: '192.0.2.2',
      sent: 3,
      received: 0,
      lossRatio: 1,
      mean: null,
    });
  });
});

describe('hopscope ping --json, broken off by a failure of the engine', () => {
  it('prints a summary of the counts for every target, says beside the JSON why, and exits with 2', async () => {
    const { services, breakOff } = breakable(createTestServices({ [TARGET]: QUICK }));
    const { code, out, notices } = await runInTest(
      ['ping', '--json', TARGET, '192.0.2.2', 'never'],
      services,
      undefined,
      { afterMs: 3_200, act: () => breakOff({ code: 'limit-reached', what: 'unread events', limit: 50_000 }) },
    );
    expect(summariesOf(out)).toEqual([
      { target: 'never', destination: null, sent: 0, received: 0, lossRatio: null, mean: null },
      // The engine took its times with it; what was printed can be counted.
      { target: TARGET, destination: TARGET, sent: 4, received: 4, lossRatio: 0, mean: null },
      { target: '192.0.2.2', destination: '192.0.2.2', sent: 2, received: 0, lossRatio: 1, mean: null },
    ]);
    expect(code).toBe(2);
    expect(notices).toEqual([expect.stringContaining('At most 50,000 unread events')]);
  });

  it('counts a reply that came after its timeout as received in that summary', async () => {
    const { services, breakOff } = breakable(createTestServices({ [TARGET]: SLOW }));
    const { out } = await runInTest(['ping', '--json', TARGET], services, undefined, {
      afterMs: 2_800,
      act: () => breakOff({ code: 'connection-lost' }),
    });
    expect(summariesOf(out)).toEqual([
      { target: TARGET, destination: TARGET, sent: 1, received: 1, lossRatio: 0, mean: null },
    ]);
  });
});

describe('a reply after the timeout', () => {
  it.each([
    ['for people', []],
    ['in JSON', ['--json']],
  ])('is an answer: the exit code is 0, %s', async (_for, options) => {
    const services = createTestServices({ [TARGET]: SLOW });
    const { code, out } = await runInTest(['ping', ...options, '-c2', TARGET], services);
    expect(code).toBe(0);
    // The second one times out at 3 s, which ends the run; its reply would have come half a second later.
    expect(out.join('\n')).toMatch(/"sent":2,"received":1,|2 packets transmitted, 1 received, 1 late/);
  });

  it('is none when there is no reply at all: the exit code is 1', async () => {
    const { code } = await runInTest(['ping', '-c2', TARGET], createTestServices({ [TARGET]: SILENT }));
    expect(code).toBe(1);
  });
});
