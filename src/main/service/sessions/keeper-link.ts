import { type Failure, type Result, succeed } from '../../../contract/failure.ts';
import type { Keeper } from './keeper-calls.ts';

export type KeeperCall = keyof Keeper;
type Asked<Name extends KeeperCall> = Parameters<Keeper[Name]>[0];
type Told<Name extends KeeperCall> = ReturnType<Keeper[Name]>;

/** A keeper of sessions wherever it lives. Calls are answered in the order in which they are made. */
export interface KeeperLink extends Disposable {
  /** Fails when the keeper is gone, or has a bug. @param transfer buffers that are given away rather than copied */
  call<Name extends KeeperCall>(
    name: Name,
    asked: Asked<Name>,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Result<Told<Name>>>;
  /** Why the keeper cannot work; null as long as it can. */
  readonly failure: Failure | null;
}

/** What goes to the keeper's thread. `close` has it write everything and end; it then sets the flag and wakes who waits. */
export type KeeperRequest =
  | { readonly kind: 'call'; readonly id: number; readonly name: KeeperCall; readonly asked: unknown }
  | { readonly kind: 'close'; readonly flag: Int32Array };

export type KeeperAnswer =
  | { readonly id: number; readonly isBug: false; readonly told: unknown }
  | { readonly id: number; readonly isBug: true; readonly stack: string };

/** Calls a keeper by name. */
export function callKeeper(keeper: Keeper, name: KeeperCall, asked: unknown): unknown {
  const call = keeper[name] as (this: Keeper, asked: unknown) => unknown;
  return call.call(keeper, asked);
}

/** A keeper in this thread, behind the same border: what crosses it is copied. For tests. */
export function linkInProcess(keeper: Keeper & Disposable): KeeperLink {
  return {
    failure: null,
    call: async (name, asked) => succeed(structuredClone(callKeeper(keeper, name, structuredClone(asked)))) as never,
    [Symbol.dispose]: () => keeper[Symbol.dispose](),
  };
}
