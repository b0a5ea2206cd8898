import { useEffect, useState } from 'react';
import type { Platform, SimulatedInternet } from '../../../contract/system.ts';
import type { EngineClient } from './engine-client.ts';

export interface About {
  /** Null until the engine has told. */
  readonly version: string | null;
  /** The platform of the machine that sends, which may not be the one that shows. */
  readonly platform: Platform;
  /** The simulated internet that the engine is in; null in the network, and until it has told. */
  readonly simulated: SimulatedInternet | null;
}

const NOTHING_KNOWN: About = { version: null, platform: 'other', simulated: null };

/** What the engine says about itself, asked anew for each engine. */
export function useAbout(client: EngineClient | null): About {
  const [about, setAbout] = useState(NOTHING_KNOWN);
  useEffect(() => {
    if (client === null) return;
    let current = true;
    void client.system.about({}).then((result) => {
      if (current && result.ok) setAbout(result.value);
    });
    return () => {
      current = false;
    };
  }, [client]);
  return about;
}
