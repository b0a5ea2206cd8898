import type { Emitter } from '../../base/emitter.ts';
import type { MachineNote } from './machine-notes.ts';
import type { MachineWatcher } from './machine-watcher.ts';

/** A path, as far as it takes note of its machine. */
export interface MachineFollower {
  /** `isMeasuring` may have become otherwise. */
  readonly onChange: Emitter<void>;
  readonly isMeasuring: boolean;
  noteMachine(note: MachineNote): void;
}

/** Tells a path what changes around this machine, while it measures and until disposed; null: nothing is ever told. */
export function followMachine(machine: MachineWatcher | null, follower: MachineFollower): Disposable {
  let watching: Disposable | null = null;
  const end = () => {
    watching?.[Symbol.dispose]();
    watching = null;
  };
  const heed = () => {
    if (!follower.isMeasuring) end();
    else watching ??= machine?.watch((note) => follower.noteMachine(note)) ?? null;
  };
  const listening = follower.onChange.on(heed);
  return {
    [Symbol.dispose]: () => {
      listening[Symbol.dispose]();
      end();
    },
  };
}
