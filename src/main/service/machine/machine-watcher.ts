import { elapsed, milliseconds, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { DisposableStore } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import type { ReadMachineNetwork } from './machine-network.ts';
import { type MachineNote, MachineNotes } from './machine-notes.ts';

/** Between two looks; a person who asks what changed at 20:14 does not ask for the second. */
const INTERVAL = seconds(2);

/** At most this part of the time goes into looking: a router's table of all routes takes long to read. */
const TIME_SHARE = 0.02;

export interface MachineWatcherDeps {
  readonly clock: Clock;
  readonly onBug: (error: unknown) => string;
  readonly read: ReadMachineNetwork;
}

/** Looks at this machine's connections every two seconds, for as long as anybody listens. */
export class MachineWatcher implements Disposable {
  readonly #deps: MachineWatcherDeps;
  readonly #onNote = new Emitter<MachineNote>();
  /** The looking while somebody listens: each begins with how it is then, and disposing ends it. */
  #looking: DisposableStore | null = null;

  constructor(deps: MachineWatcherDeps) {
    this.#deps = deps;
  }

  /** Tells every change from now on, until disposed. */
  watch(onNote: (note: MachineNote) => void): Disposable {
    const listening = this.#onNote.on(onNote);
    if (this.#looking === null) this.#start();
    return {
      [Symbol.dispose]: () => {
        listening[Symbol.dispose]();
        if (this.#onNote.listenerCount === 0) this[Symbol.dispose]();
      },
    };
  }

  [Symbol.dispose](): void {
    this.#looking?.[Symbol.dispose]();
    this.#looking = null;
  }

  #start(): void {
    const looking = new DisposableStore();
    this.#looking = looking;
    this.#look(looking, null).catch((error: unknown) => void this.#deps.onBug(error));
  }

  async #look(looking: DisposableStore, notes: MachineNotes | null): Promise<void> {
    const { clock, read, onBug } = this.#deps;
    const begunAt = clock.now();
    let known = notes;
    try {
      const network = await read();
      if (looking.isDisposed) return;
      known ??= new MachineNotes(network);
      for (const note of notes?.take(network, clock.now()) ?? []) this.#onNote.emit(note);
    } finally {
      // One that failed costs what changes are told a moment later, and no more.
      if (!looking.isDisposed) {
        const wait = milliseconds(Math.max(INTERVAL, elapsed(begunAt, clock.now()) / TIME_SHARE));
        const timer = looking.add(
          clock.after(wait, () => {
            looking.forget(timer);
            this.#look(looking, known).catch((error: unknown) => void onBug(error));
          }),
        );
      }
    }
  }
}
