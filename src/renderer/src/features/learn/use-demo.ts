import { useCallback, useEffect, useState } from 'react';
import type { DemoScenario, SPEEDS } from '../../../../contract/demo.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

export type Speed = (typeof SPEEDS)[number];

/** The scenarios that can be played, and everything to play them. */
export interface Demo {
  /** Null before the engine has told. */
  readonly scenarios: readonly DemoScenario[] | null;
  /** Why the last wish was not fulfilled, and of which scenario it was (null: the list). */
  readonly failure: { readonly scenario: string | null; readonly failure: Failure } | null;
  readonly play: (scenario: string, speed: Speed) => Promise<void>;
  readonly stop: (scenario: string) => Promise<void>;
}

const LOST = { ok: false, failure: { code: 'connection-lost' } } as const;

/** @param onPlayed gets the first path of a scenario that has begun */
export function useDemo(client: EngineClient | null, onPlayed: (pathId: string) => void): Demo {
  const [scenarios, setScenarios] = useState<readonly DemoScenario[] | null>(null);
  const [failure, setFailure] = useState<Demo['failure']>(null);

  useEffect(() => {
    if (client === null) return;
    let isWanted = true;
    void client.demo.list({}).then((listed) => {
      if (!isWanted) return;
      if (listed.ok) setScenarios(listed.value.scenarios);
      setFailure(listed.ok || listed.failure.code === 'connection-lost' ? null : { scenario: null, ...listed });
    });
    return () => {
      isWanted = false;
    };
  }, [client]);

  const play = useCallback(
    async (scenario: string, speed: Speed) => {
      const played = client === null ? LOST : await client.demo.play({ scenario, speed });
      setFailure(played.ok ? null : { scenario, failure: played.failure });
      const first = played.ok ? played.value.paths[0] : undefined;
      if (first !== undefined) onPlayed(first.pathId);
    },
    [client, onPlayed],
  );

  const stop = useCallback(
    async (scenario: string) => {
      const stopped = client === null ? LOST : await client.demo.stop({ scenario });
      // What is not being played any more was stopped by somebody else.
      setFailure(stopped.ok || stopped.failure.code === 'not-found' ? null : { scenario, failure: stopped.failure });
    },
    [client],
  );
  return { scenarios, failure, play, stop };
}
