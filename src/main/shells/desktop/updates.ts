import { milliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';

/** A version that is newer than the running one. */
export interface NewVersion {
  /** `1.2.3` */
  readonly version: string;
  /** What there is to download, in bytes; null when it is not known. */
  readonly sizeBytes: number | null;
}

/** What finds, fetches and installs newer versions of the installed app. */
export interface Updater {
  /**
   * `install`: what it fetches is signed by whom this app is signed by, which is checked before it is installed.
   * `copy-page`: it can only find out; a person fetches what is there.
   */
  readonly ability: 'install' | 'copy-page';
  /** Asks where releases are; null when there is none that is newer. Rejects when it gets no answer. */
  find(): Promise<NewVersion | null>;
  /** Fetches what was found and checks it; it is installed when the app ends. Rejects when it cannot be had or is not right. */
  fetch(): Promise<void>;
  /** Puts the address of the page of what was found on the clipboard: the app hands no addresses to the system. */
  copyPage(found: NewVersion): void;
}

/** What a person answers to the question whether a new version is wanted. */
export type UpdateAnswer = 'yes' | 'later';

/** What is said to a person. */
export type UpdateNews =
  | { readonly kind: 'fetched'; readonly version: string }
  | { readonly kind: 'not-fetched'; readonly version: string };

export interface UpdatesDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly updater: Updater;
  /** Whether the machine has any network. */
  readonly isOnline: () => boolean;
  readonly ask: (found: NewVersion, ability: Updater['ability']) => Promise<UpdateAnswer>;
  readonly tell: (news: UpdateNews) => void;
}

/** Time to the first look: the start belongs to the person. */
const FIRST_LOOK = milliseconds(60_000);
const NEXT_LOOK = milliseconds(24 * 3_600_000);
/** Time to the next look of a machine that was offline, or got no answer. */
const LOOK_AGAIN = milliseconds(3_600_000);

/**
 * Looks for newer versions once a day while the person wants that. To look is one small request; nothing is fetched before
 * the person has said yes, because no system says reliably whether its connection is paid for by the byte.
 */
export class Updates implements Disposable {
  readonly #deps: UpdatesDeps;
  #timer: Disposable | null = null;
  #isWanted = false;
  /** Counts changes of mind, so that an answer to a question of before is no answer now. */
  #turn = 0;
  /** What was declined or fetched: not asked about again while the app runs. */
  readonly #settled = new Set<string>();

  constructor(deps: UpdatesDeps) {
    this.#deps = deps;
  }

  /** Whether to look; at the first time, and after it was off, a minute from now. */
  want(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    this.#turn += 1;
    this.#stop();
    if (isWanted) this.#lookIn(FIRST_LOOK);
  }

  [Symbol.dispose](): void {
    this.want(false);
  }

  #stop(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
  }

  #lookIn(delay: typeof FIRST_LOOK): void {
    this.#stop();
    this.#timer = this.#deps.clock.after(delay, () => void this.#look());
  }

  async #look(): Promise<void> {
    const { updater, isOnline, logger } = this.#deps;
    const turn = this.#turn;
    if (!isOnline()) {
      this.#lookIn(LOOK_AGAIN);
      return;
    }
    let found: NewVersion | null;
    try {
      found = await updater.find();
    } catch (error) {
      logger.info('Newer versions could not be asked for', { reason: String(error) });
      if (turn === this.#turn) this.#lookIn(LOOK_AGAIN);
      return;
    }
    // Set before the question, which may stand for days.
    if (turn === this.#turn) this.#lookIn(NEXT_LOOK);
    if (turn === this.#turn && found !== null && !this.#settled.has(found.version)) await this.#offer(found, turn);
  }

  async #offer(found: NewVersion, turn: number): Promise<void> {
    const { updater, ask, tell, logger } = this.#deps;
    const { version } = found;
    this.#settled.add(version);
    const answer = await ask(found, updater.ability);
    if (answer === 'later' || turn !== this.#turn) return;
    switch (updater.ability) {
      case 'copy-page':
        updater.copyPage(found);
        return;
      case 'install':
        try {
          await updater.fetch();
          tell({ kind: 'fetched', version });
        } catch (error) {
          logger.error('A newer version could not be fetched', { version, reason: String(error) });
          tell({ kind: 'not-fetched', version });
        }
    }
  }
}
