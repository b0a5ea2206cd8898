import { describe, expect, it } from 'vitest';
import { behind, createTestServices } from '../../service/test-services.ts';
import { createTestTerminal, runInTest } from './test-terminal.ts';

const FIRST = '192.0.2.1';
const SECOND = '192.0.2.2';
const PATHS = { [FIRST]: behind(['198.51.100.1', null]), [SECOND]: behind(['198.51.100.1']) };
const parsed = (out: readonly string[]) => out.map((line) => JSON.parse(line));

describe('hopscope monitor --json', () => {
  it('prints a line for each round and at the end a summary shaped as trace for each target', async () => {
    const { code, out, notices } = await runInTest(
      ['monitor', '--json', '--duration', '4', 'host.example', SECOND],
      createTestServices(PATHS),
    );
    expect([code, notices]).toEqual([0, []]);
    const lines = parsed(out);
    const rounds = lines.filter(({ type }) => type === 'round');
    expect(rounds.map(({ target, round }) => `${target} ${round}`).sort()).toEqual(
      ['host.example', SECOND].flatMap((target) => [0, 1, 2, 3].map((round) => `${target} ${round}`)).sort(),
    );
    expect(rounds.find(({ target, round }) => target === 'host.example' && round === 1)).toEqual({
      type: 'round',
      target: 'host.example',
      destination: FIRST,
      round: 1,
      atEpochMs: expect.any(Number),
      roundTrip: { fate: 'answered', rttMs: 30 },
      hops: [
        { hopLimit: 1, fate: 'answered', rttMs: 10, responder: '198.51.100.1' },
        { hopLimit: 2, fate: 'lost', rttMs: null, responder: null },
        { hopLimit: 3, fate: 'answered', rttMs: 30, responder: FIRST },
      ],
    });
    const summaries = lines.slice(-2);
    expect(summaries).toMatchObject([
      { type: 'summary', target: 'host.example', destination: FIRST, reached: true, rounds: 4 },
      { type: 'summary', target: SECOND, destination: SECOND, reached: true, rounds: 4 },
    ]);
    const trace = await runInTest(['trace', '--json', FIRST], createTestServices(PATHS));
    expect(Object.keys(summaries[0])).toEqual(['type', ...Object.keys(JSON.parse(trace.out[0] ?? ''))]);
  });

  it('tells what happens between the rounds', async () => {
    const services = createTestServices({
      [FIRST]: (nth, probe) =>
        services.clock.now() < 5_000 ? hop(['198.51.100.1'])(nth, probe) : hop(['198.51.100.7'])(nth, probe),
    });
    const { out } = await runInTest(['monitor', '--json', '--duration', '20', FIRST], services);
    expect(parsed(out).find(({ type }) => type === 'event')).toEqual({
      type: 'event',
      target: FIRST,
      destination: FIRST,
      kind: 'route-change',
      atEpochMs: expect.any(Number),
      before: ['198.51.100.1', FIRST],
      after: ['198.51.100.7', FIRST],
    });
  });

  it('goes on with the others when one cannot be watched', async () => {
    const { code, out } = await runInTest(
      ['monitor', '--json', '-c', '2', 'nope.example', FIRST],
      createTestServices(PATHS),
    );
    expect(code).toBe(1);
    expect(parsed(out).slice(-2)).toMatchObject([
      { type: 'summary', target: 'nope.example', destination: null, verdicts: [{ id: 'name-not-resolved' }] },
      { type: 'summary', target: FIRST, reached: true, rounds: 2 },
    ]);
  });

  it('ends with its summaries at Ctrl-C, and at once when nobody reads any more', async () => {
    const terminal = createTestTerminal();
    const { code, out } = await runInTest(['monitor', '--json', FIRST], createTestServices(PATHS), terminal, {
      afterMs: 5_500,
      act: () => terminal.interrupt(),
    });
    expect([code, parsed(out).at(-1)]).toMatchObject([0, { type: 'summary', reached: true }]);
    const deaf = createTestTerminal();
    deaf.loseOutputAfter(2, { kind: 'reader-gone' });
    expect((await runInTest(['monitor', '--json', FIRST], createTestServices(PATHS), deaf)).out).toHaveLength(2);
  });
});

describe('hopscope monitor for people', () => {
  it('prints a line a round where no screen is, then the report', async () => {
    const { code, out } = await runInTest(['monitor', '--duration', '3', FIRST], createTestServices(PATHS));
    expect(code).toBe(0);
    expect(out.slice(0, 3)).toEqual([
      '2023-11-14T22:13:20.000Z round 0: target answered in 30.0 ms, 2 of 3 hops answered',
      '2023-11-14T22:13:21.000Z round 1: target answered in 30.0 ms, 2 of 3 hops answered',
      '2023-11-14T22:13:22.000Z round 2: target answered in 30.0 ms, 2 of 3 hops answered',
    ]);
    expect(out[3]).toBe('192.0.2.1, IPv4, 3 rounds, one every 1 s');
  });

  it('draws a page in a terminal, at most four times a second, and prints the report when q is pressed', async () => {
    const terminal = createTestTerminal(false, true);
    const { code, out } = await runInTest(
      ['monitor', '--interval', '0.1', '--timeout', '0.5', FIRST],
      createTestServices(PATHS),
      terminal,
      { afterMs: 5_000, act: () => terminal.quit() },
    );
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^192\.0\.2\.1, IPv4, \d+ rounds, one every 0\.1 s$/);
    expect(terminal.pages.length).toBeGreaterThan(10);
    expect(terminal.pages.length).toBeLessThan(24);
    const page = terminal.pages.at(-1)?.join('\n') ?? '';
    expect(page).toContain('q or Ctrl-C ends it');
    expect(page).toMatch(/\n {2}1 {2}name-of-198\.51\.100\.1 \(198\.51\.100\.1\) +0% /);
    expect(page).toMatch(/\n[a-z-]+: .+\./); // the verdict
  });
});

function hop(routers: readonly string[]) {
  const path = behind(routers);
  if (typeof path !== 'function') throw new Error('not a path');
  return path;
}
