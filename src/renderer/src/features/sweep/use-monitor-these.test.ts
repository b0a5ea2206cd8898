import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { MONITORED_AT_ONCE, useMonitorThese } from './use-monitor-these.ts';

const FULL: Failure = { code: 'limit-reached', what: 'paths', limit: 200 };

/** An engine that takes every path but those named. */
function engineRefusing(...refused: readonly string[]) {
  const added: string[] = [];
  const add = async ({ target }: { readonly target: string }) => {
    if (refused.includes(target)) return { ok: false, failure: FULL };
    added.push(target);
    return { ok: true, value: {} };
  };
  return { added, client: { path: { add } } as unknown as EngineClient };
}

const addresses = (count: number) => Array.from({ length: count }, (_, index) => `10.71.3.${index}`);

describe('monitoring what a sweep found', () => {
  it('adds a path for each address that has none yet', async () => {
    const { added, client } = engineRefusing();
    const { result } = renderHook(() => useMonitorThese(client));
    await act(() => result.current.monitor(addresses(3), ['10.71.3.1', 'other.example']));
    expect(added).toEqual(['10.71.3.0', '10.71.3.2']);
    expect(result.current.done).toEqual({ words: '2 addresses added to Paths. 1 was there already.', refused: [] });
  });

  it('adds the first twenty of more, and the next twenty at the next press', async () => {
    const { added, client } = engineRefusing();
    const { result } = renderHook(() => useMonitorThese(client));
    await act(() => result.current.monitor(addresses(50), []));
    expect(added).toEqual(addresses(MONITORED_AT_ONCE));
    expect(result.current.done?.words).toContain('At most 20 are added at once');
    await act(() => result.current.monitor(addresses(50), added));
    expect(added).toEqual(addresses(2 * MONITORED_AT_ONCE));
  });

  it('tells which were refused and why, also when there is no engine', async () => {
    const { client } = engineRefusing('10.71.3.1');
    const { result } = renderHook(() => useMonitorThese(client));
    await act(() => result.current.monitor(addresses(2), []));
    expect(result.current.done).toEqual({
      words: '1 address added to Paths.',
      refused: [{ target: '10.71.3.1', failure: FULL }],
    });
    const { result: alone } = renderHook(() => useMonitorThese(null));
    await act(() => alone.current.monitor(addresses(1), []));
    expect(alone.current.done?.refused).toEqual([{ target: '10.71.3.0', failure: { code: 'connection-lost' } }]);
  });
});
