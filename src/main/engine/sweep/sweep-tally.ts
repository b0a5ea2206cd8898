import type { SweepSummary } from '../../../contract/sweep.ts';
import type { Milliseconds } from '../../../contract/units.ts';
import type { SendFailed } from '../../icmp/probe-transport.ts';

/** What a sweep has counted so far. */
export class SweepTally {
  /** Requests that left, repeats included. */
  #requests = 0;
  #probed = 0;
  #answered = 0;
  #unreachable = 0;
  #unresolved = 0;
  #sendFailures = 0;
  #firstSendFailure: SweepSummary['firstSendFailure'];

  /** A request to an address is handed over; its first one makes the address one that was probed. */
  noteSent(isFirst: boolean): void {
    this.#requests += 1;
    if (isFirst) this.#probed += 1;
  }

  /** A request did not leave after all. */
  takeBack(isFirst: boolean): void {
    this.#requests -= 1;
    if (isFirst) this.#probed -= 1;
  }

  /** Nothing could be sent to an address. */
  noteSendFailure({ reason, code }: SendFailed, family: 4 | 6): void {
    this.#sendFailures += 1;
    this.#firstSendFailure ??= { reason, osCode: code, family };
  }

  noteAnswered(): void {
    this.#answered += 1;
  }

  noteUnreachable(): void {
    this.#unreachable += 1;
  }

  noteUnresolved(): void {
    this.#unresolved += 1;
  }

  /** The counts, with what is known elsewhere. */
  summary(elapsedMs: Milliseconds, known: Pick<SweepSummary, 'total' | 'localDrops' | 'nextIndex'>): SweepSummary {
    return {
      ...known,
      probed: this.#probed,
      answered: this.#answered,
      unreachable: this.#unreachable,
      unresolved: this.#unresolved,
      sendFailures: this.#sendFailures,
      ...(this.#firstSendFailure !== undefined && { firstSendFailure: this.#firstSendFailure }),
      elapsedMs,
      probesPerSecond: elapsedMs === 0 ? 0 : (this.#requests * 1_000) / elapsedMs,
    };
  }
}
