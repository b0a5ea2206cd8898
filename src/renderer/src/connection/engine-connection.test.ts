import { describe, expect, it } from 'vitest';
import { createLocalLinks, type Link } from '../../../contract/link.ts';
import { keepConnected, retryDelayMs } from './engine-connection.ts';

const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

/** A connection whose attempts the test answers and whose time it turns. */
function setUp() {
  let now = 0;
  let waiting: { due: number; callback: () => void } | null = null;
  const attempts: ((link: Link | 'refused' | null) => void)[] = [];
  const connection = keepConnected({
    openLink: () => new Promise((resolve) => void attempts.push(resolve)),
    nowEpochMs: () => now,
    after: (delayMs, callback) => {
      waiting = { due: now + delayMs, callback };
      return () => {
        waiting = null;
      };
    },
  });
  const answer = async (link: Link | 'refused' | null) => {
    attempts.shift()?.(link);
    await settle();
  };
  const pass = async (ms: number) => {
    now += ms;
    if (waiting !== null && waiting.due <= now) {
      const { callback } = waiting;
      waiting = null;
      callback();
    }
    await settle();
  };
  return { connection, attempts, answer, pass };
}

describe('keepConnected', () => {
  it('is connecting, then connected', async () => {
    const { connection, answer } = setUp();
    expect(connection.getState()).toEqual({ phase: 'connecting' });
    await answer(createLocalLinks().client);
    expect(connection.getState()).toMatchObject({ phase: 'connected', restoredAfterMs: null });
  });

  it('says that the connection is lost and since when, tries again, and says how long it took', async () => {
    const { connection, answer, pass, attempts } = setUp();
    const links = createLocalLinks();
    await answer(links.client);
    await pass(10_000);
    links.close();
    expect(connection.getState()).toEqual({ phase: 'lost', sinceEpochMs: 10_000, retryAtEpochMs: 10_500 });
    await pass(500);
    expect(attempts).toHaveLength(1);
    expect(connection.getState()).toMatchObject({ phase: 'lost', retryAtEpochMs: null });
    await answer(null);
    expect(connection.getState()).toEqual({ phase: 'lost', sinceEpochMs: 10_000, retryAtEpochMs: 11_500 });
    await pass(1_000);
    await answer(createLocalLinks().client);
    expect(connection.getState()).toMatchObject({ phase: 'connected', restoredAfterMs: 1_500 });
  });

  it('waits twice as long each time, up to ten seconds, and starts small again after a success', async () => {
    expect([0, 1, 2, 3, 4, 5, 50].map(retryDelayMs)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    const { connection, answer, pass } = setUp();
    await answer(null);
    await pass(500);
    await answer(null);
    await pass(1_000);
    const links = createLocalLinks();
    await answer(links.client);
    links.close();
    expect(connection.getState()).toMatchObject({ sinceEpochMs: 1_500, retryAtEpochMs: 2_000 });
  });

  it('tries at once when asked to, and only once', async () => {
    const { connection, answer, attempts, pass } = setUp();
    await answer(null);
    connection.retryNow();
    connection.retryNow();
    await pass(60_000);
    expect(attempts).toHaveLength(1);
  });

  it('does not try by itself while it is refused, but when asked to, once', async () => {
    const { connection, answer, attempts, pass } = setUp();
    await answer('refused');
    expect(connection.getState()).toEqual({ phase: 'refused' });
    await pass(3_600_000);
    expect(attempts).toHaveLength(0);
    connection.retryNow();
    expect(connection.getState()).toEqual({ phase: 'connecting' });
    connection.retryNow();
    expect(attempts).toHaveLength(1);
    await answer(createLocalLinks().client);
    expect(connection.getState()).toMatchObject({ phase: 'connected', restoredAfterMs: null });
  });

  it('is lost, and not connecting, when an engine that came back and refused is asked again', async () => {
    const { connection, answer, pass } = setUp();
    const links = createLocalLinks();
    await answer(links.client);
    await pass(10_000);
    links.close();
    await pass(500);
    await answer('refused');
    expect(connection.getState()).toEqual({ phase: 'refused' });
    connection.retryNow();
    expect(connection.getState()).toEqual({ phase: 'lost', sinceEpochMs: 10_000, retryAtEpochMs: null });
  });

  it('tells its listeners until they leave', async () => {
    const { connection, answer } = setUp();
    const phases: string[] = [];
    const leave = connection.subscribe(() => phases.push(connection.getState().phase));
    const links = createLocalLinks();
    await answer(links.client);
    leave();
    links.close();
    expect(phases).toEqual(['connected']);
  });
});
