import type { Client } from '../../../contract/client.ts';
import type { HopscopeContract } from '../../../contract/index.ts';

/** The engine as a screen sees it. */
export type EngineClient = Client<HopscopeContract>;

declare global {
  interface Window {
    /** Put there by the preload script of the desktop window; absent in a browser. */
    readonly hopscope?: EngineClient;
  }
}
