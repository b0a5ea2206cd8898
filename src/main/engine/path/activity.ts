import type { Gap } from '../../../contract/path.ts';
import type { EpochMilliseconds } from '../../../contract/units.ts';
import type { ProbeResult, ProbeTransport } from '../../icmp/probe-transport.ts';
import { LocalDrops } from './local-drops.ts';

/**
 * Whether a monitor sends, and since when and why not. A transport that comes after one was lost is on trial until a
 * probe has left by it: when it is lost too, the gap before it has never ended.
 */
export class Activity {
  readonly #localDrops: LocalDrops;
  #transport: ProbeTransport | null;
  #isPaused = false;
  #idleSince: EpochMilliseconds | null = null;
  /** The gap that has ended if the transport turns out to work; null when none is on trial. */
  #trial: Gap | null = null;

  constructor(transport: ProbeTransport) {
    this.#transport = transport;
    this.#localDrops = new LocalDrops(transport);
  }

  /** The transport to send by, or null while there is none. */
  get transport(): ProbeTransport | null {
    return this.#transport;
  }

  /** Why nothing is sent, or null when it is. */
  get idleCause(): Gap['cause'] | null {
    if (this.#isPaused) return 'paused';
    return this.#transport === null ? 'no-transport' : null;
  }

  get localDrops(): number {
    return this.#localDrops.count;
  }

  /** The time in which nothing is sent, up to now, or up to the transport that is on trial; null while all is well. */
  gap(now: EpochMilliseconds): Gap | null {
    const cause = this.idleCause;
    if (cause === null) return this.#trial;
    return this.#idleSince === null ? null : { fromEpochMs: this.#idleSince, toEpochMs: now, cause };
  }

  setPaused(isPaused: boolean, now: EpochMilliseconds): void {
    this.#noteChange(now, () => {
      this.#isPaused = isPaused;
    });
  }

  /** @param transport null when the one that was is of no use any more */
  setTransport(transport: ProbeTransport | null, now: EpochMilliseconds): void {
    this.#noteChange(now, () => {
      this.#localDrops.follow(transport);
      this.#transport = transport;
    });
  }

  /**
   * Ends the trial, if there is one: something sent at `sentAt` has left, or nobody waits for that any more (null).
   * Gives the gap that has ended by it.
   */
  endTrial(sentAt: EpochMilliseconds | null): Gap | null {
    const gap = this.#trial;
    // What was sent before, over the transport that was lost, proves nothing.
    if (gap === null || (sentAt !== null && sentAt < gap.toEpochMs)) return null;
    this.#trial = null;
    return gap;
  }

  #noteChange(now: EpochMilliseconds, change: () => void): void {
    const before = this.idleCause;
    const gap = this.gap(now);
    change();
    const after = this.idleCause;
    if (after === before) return;
    this.#trial = before === 'no-transport' && after === null ? gap : null;
    const goesOn = before === null && after === 'no-transport' && gap !== null;
    this.#idleSince = after === null ? null : goesOn ? (gap.fromEpochMs as EpochMilliseconds) : now;
  }
}

/** Then the transport is of no use. */
export function isInterfaceGone(result: ProbeResult): boolean {
  return result.kind === 'send-failed' && result.reason === 'interface-gone';
}
