import type { Failure } from '../../../contract/failure.ts';
import type { SweepEvent, SweepSummary } from '../../../contract/sweep.ts';
import type { EngineClient } from '../connection/engine-client.ts';

/** An address that answered. */
export type SweepAnswer = Omit<Extract<SweepEvent, { kind: 'answered' }>, 'kind'>;

/** A name of the ranges that has no address. */
export type SweepFailedName = Omit<Extract<SweepEvent, { kind: 'name-failed' }>, 'kind'>;

/** What is to be swept, and how. */
export interface SweepOrder {
  readonly ranges: readonly string[];
  /** Null: as fast as nothing is lost on the machine that sends. */
  readonly ratePerSecond: number | null;
  readonly retries: number;
}

/** A sweep as it is at one moment. A new object each time something is new, never changed. */
export interface SweepState {
  readonly phase: 'none' | 'running' | 'stopping' | 'over';
  /** Null before the first sweep. */
  readonly order: SweepOrder | null;
  /** By their place in the ranges; at most `ANSWERS_LIMIT`. */
  readonly answers: readonly SweepAnswer[];
  /** By their place in the ranges. */
  readonly failedNames: readonly SweepFailedName[];
  /** Over all runs of this sweep; null before its first word. */
  readonly summary: SweepSummary | null;
  readonly isComplete: boolean;
  /** Why it broke off, or could not be stopped; null when neither. */
  readonly failure: Failure | null;
}

/** Most answers that the page keeps, so that a sweep of a whole /8 does not fill its memory. Further ones are only counted. */
export const ANSWERS_LIMIT = 100_000;

const NONE: SweepState = {
  phase: 'none',
  order: null,
  answers: [],
  failedNames: [],
  summary: null,
  isComplete: false,
  failure: null,
};

export interface SweepStoreDeps {
  /** A name for a run that no other page of the same engine gives. */
  readonly newRunId: () => string;
}

/** One sweep, which goes on while other views are looked at. It ends with the page or the connection, and can be resumed. */
export class SweepStore {
  readonly #deps: SweepStoreDeps;
  readonly #listeners = new Set<() => void>();
  /** By their place in the ranges, as far as kept. */
  readonly #answers = new Map<number, SweepAnswer>();
  #state = NONE;
  /** What the runs before this one of the same sweep came to. */
  #before: SweepSummary | null = null;
  /** Names without an address that the runs before this one have passed. */
  #passedNames = 0;
  #run: { readonly client: EngineClient; readonly runId: string } | null = null;

  constructor(deps: SweepStoreDeps) {
    this.#deps = deps;
  }

  /** The sweep as it is; the same object until there is something new. */
  readonly getState = (): SweepState => this.#state;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  };

  /** Begins a sweep in place of the last one; without effect while one runs. */
  readonly start = (client: EngineClient, order: SweepOrder): void => {
    if (this.#run !== null) return;
    this.#answers.clear();
    this.#before = null;
    this.#state = { ...NONE, order };
    this.#open(client, order, 0);
  };

  /** Goes on where the last sweep was stopped; without effect unless it was. */
  readonly resume = (client: EngineClient): void => {
    const { order, summary, isComplete } = this.#state;
    if (this.#run !== null || order === null || isComplete) return;
    this.#before = summary;
    this.#open(client, order, summary?.nextIndex ?? 0);
  };

  /** Ends the sweep early: nothing more is sent, what is in flight is waited for. */
  readonly stop = async (): Promise<void> => {
    const run = this.#run;
    if (run === null || this.#state.phase !== 'running') return;
    this.#become({ phase: 'stopping' });
    const stopped = await run.client.sweep.stop({ runId: run.runId });
    if (!stopped.ok && this.#run === run) this.#become({ phase: 'running', failure: stopped.failure });
  };

  #open(client: EngineClient, order: SweepOrder, fromIndex: number): void {
    const run = { client, runId: this.#deps.newRunId() };
    this.#run = run;
    // Those further on are looked up again.
    const failedNames = this.#state.failedNames.filter(({ index }) => index < fromIndex);
    this.#passedNames = failedNames.length;
    this.#become({ phase: 'running', failure: null, failedNames });
    client.sweep.run(
      { runId: run.runId, ...order, ranges: [...order.ranges], fromIndex },
      {
        onEvent: (events) => this.#take(events),
        onEnd: (failure) => {
          this.#run = null;
          this.#become({ phase: 'over', failure: failure ?? this.#state.failure });
        },
      },
    );
  }

  #take(events: readonly SweepEvent[]): void {
    let { summary, isComplete, failedNames } = this.#state;
    let answered = false;
    for (const event of events) {
      switch (event.kind) {
        case 'answered': {
          const { kind: _, ...answer } = event;
          if (this.#answers.size >= ANSWERS_LIMIT) break;
          this.#answers.set(answer.index, answer);
          answered = true;
          break;
        }
        case 'name-failed': {
          const { kind: _, ...name } = event;
          failedNames = [...failedNames, name];
          break;
        }
        case 'progress':
          summary = this.#sum(event.summary);
          break;
        case 'finished':
          summary = this.#sum(event.summary);
          isComplete = event.isComplete;
          break;
      }
    }
    const answers = answered
      ? [...this.#answers.values()].sort((one, other) => one.index - other.index)
      : this.#state.answers;
    this.#become({ summary, isComplete, answers, failedNames });
  }

  /** A run together with those before it: each address is of one of them, but for those that were asked again. */
  #sum(run: SweepSummary): SweepSummary {
    const before = this.#before;
    if (before === null) return run;
    const elapsedMs = before.elapsedMs + run.elapsedMs;
    const firstSendFailure = before.firstSendFailure ?? run.firstSendFailure;
    const sent = (summary: SweepSummary) => (summary.probesPerSecond * summary.elapsedMs) / 1_000;
    return {
      ...run,
      probed: Math.min(run.total, before.probed + run.probed),
      answered: Math.min(run.total, before.answered + run.answered),
      unreachable: Math.min(run.total, before.unreachable + run.unreachable),
      unresolved: this.#passedNames + run.unresolved,
      sendFailures: Math.min(run.total, before.sendFailures + run.sendFailures),
      elapsedMs,
      probesPerSecond: elapsedMs === 0 ? 0 : ((sent(before) + sent(run)) / elapsedMs) * 1_000,
      localDrops: before.localDrops + run.localDrops,
      ...(firstSendFailure === undefined ? {} : { firstSendFailure }),
    };
  }

  #become(change: Partial<SweepState>): void {
    this.#state = { ...this.#state, ...change };
    for (const changed of this.#listeners) changed();
  }
}
