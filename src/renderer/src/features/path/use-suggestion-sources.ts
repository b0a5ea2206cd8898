import { useEffect, useState } from 'react';
import type { EngineClient } from '../../connection/engine-client.ts';

/** Asks for the gateways and the targets of late each time suggestions are about to be shown. They are a help: without them the field works all the same. */
export function useSuggestionSources(client: EngineClient | null, isWanted: boolean) {
  const [sources, setSources] = useState<{ gateways: readonly string[]; recent: readonly string[] }>({
    gateways: [],
    recent: [],
  });
  useEffect(() => {
    if (client === null || !isWanted) return;
    let isCurrent = true;
    void Promise.all([client.system.gateways({}), client.targets.recent({})]).then(([gateways, recent]) => {
      if (!isCurrent) return;
      setSources({
        gateways: gateways.ok ? gateways.value.addresses : [],
        recent: recent.ok ? recent.value.recent : [],
      });
    });
    return () => {
      isCurrent = false;
    };
  }, [client, isWanted]);
  return sources;
}
