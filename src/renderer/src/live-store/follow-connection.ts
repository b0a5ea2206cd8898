import type { EngineClient } from '../connection/engine-client.ts';
import type { EngineConnection } from '../connection/engine-connection.ts';

/** Lets the store follow every engine that the connection brings, one after the other. */
export function followConnection(
  connection: EngineConnection,
  store: { attach(client: EngineClient): Disposable },
): Disposable {
  let following: { readonly client: unknown; readonly attached: Disposable } | null = null;
  const follow = () => {
    const state = connection.getState();
    const client = state.phase === 'connected' ? state.client : null;
    if (following?.client === client) return;
    following?.attached[Symbol.dispose]();
    following = client === null ? null : { client, attached: store.attach(client) };
  };
  const unsubscribe = connection.subscribe(follow);
  follow();
  return {
    [Symbol.dispose]() {
      unsubscribe();
      following?.attached[Symbol.dispose]();
      following = null;
    },
  };
}
