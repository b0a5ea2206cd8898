import type { StoreState } from '../../../contract/sessions.ts';
import { type Milliseconds, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { openSessionFile } from '../../store/sessions/open-session-file.ts';
import { SessionFile } from '../../store/sessions/session-file.ts';
import { faultOf, type StoreFault } from '../../store/sessions/store-fault.ts';

/** Between two tries to open or to write a file that was refused. */
const TRY_AGAIN: Milliseconds = seconds(10);

export type OpenFile = typeof openSessionFile;

export interface SessionShelfDeps {
  readonly clock: Clock;
  /** Default: the file of the folder, as it is. */
  readonly openFile?: OpenFile;
}

/** The file of sessions as it is now: open and written, only read, or out of reach; and what there is to say of that. */
export class SessionShelf implements Disposable {
  readonly #clock: Clock;
  readonly #openFile: OpenFile;
  readonly #folder: string;
  #file: SessionFile | null = null;
  #fault: StoreFault | null = null;
  #keptAside: string | null = null;
  #triedAt = Number.NEGATIVE_INFINITY;
  #lostBatches = 0;

  constructor({ clock, openFile = openSessionFile }: SessionShelfDeps, folder: string) {
    this.#clock = clock;
    this.#openFile = openFile;
    this.#folder = folder;
    this.#open();
  }

  /** To read from; null when there is nothing to read. */
  get file(): SessionFile | null {
    return this.#file;
  }

  /** To write to; null while that is not to be tried. Tries again what was refused a while ago. */
  get writable(): SessionFile | null {
    if (this.#isToBeTried()) this.#open();
    return this.#file?.isOwned === true && !this.#isRefused() ? this.#file : null;
  }

  get state(): StoreState {
    const file = this.#file;
    const isWriting = file?.isOwned === true && !this.#isRefused();
    const { kind, osCode } = this.#fault ?? { kind: null, osCode: '' };
    return {
      file: file?.path ?? null,
      bytes: file?.bytes ?? 0,
      mode: isWriting ? 'writing' : 'not-writing',
      trouble: kind === null ? null : { kind, osCode, keptAside: this.#keptAside },
      lostBatches: this.#lostBatches,
    };
  }

  /**
   * Does something with a file that may be written, as one transaction; false when that is not possible now, and then
   * `state` says why. A damaged file is kept aside, and what it held is lost to `file`: @param onNewFile is told so.
   */
  write(work: (file: SessionFile) => void, onNewFile: () => void): boolean {
    const file = this.writable;
    if (file === null) return false;
    try {
      file.transact(() => work(file));
    } catch (error) {
      this.#refuse(error, onNewFile);
      return false;
    }
    // What was found at the start stays said, as long as the program runs.
    if (this.#keptAside === null) this.#fault = null;
    return true;
  }

  /** So many batches will never be in the file. */
  countLost(batches: number): void {
    this.#lostBatches += batches;
  }

  [Symbol.dispose](): void {
    this.#file?.close();
    this.#file = null;
  }

  #refuse(error: unknown, onNewFile: () => void): void {
    const fault = faultOf(error);
    if (fault === null) throw error;
    this.#fault = fault;
    this.#triedAt = this.#clock.now();
    if (fault.kind !== 'corrupt') return;
    this[Symbol.dispose]();
    this.#open(true);
    onNewFile();
  }

  #isRefused(): boolean {
    return this.#fault !== null && this.#keptAside === null;
  }

  #isToBeTried(): boolean {
    const isWaitOver = this.#clock.now() - this.#triedAt >= TRY_AGAIN;
    return isWaitOver && (this.#file === null || !this.#file.isOwned || this.#isRefused());
  }

  #open(isDamaged = false): void {
    this.#triedAt = this.#clock.now();
    // A file that is open and ours was refused a write only: it is tried as it is.
    if (this.#file?.isOwned === true) {
      this.#fault = null;
      return;
    }
    this[Symbol.dispose]();
    const opened = this.#openFile(this.#folder, this.#clock.wallNow(), isDamaged);
    if ('database' in opened) {
      this.#file = new SessionFile(opened);
      this.#fault = opened.fault;
      this.#keptAside = opened.keptAside;
    } else {
      this.#fault = opened;
    }
  }
}
