import type { Failure } from '../../../contract/failure.ts';
import { fail, succeed } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers, StreamSink } from '../../../contract/serve.ts';
import type { SweepArgs, SweepEvent, SweepSummary } from '../../../contract/sweep.ts';

/** The sweeps of a test engine: they send nothing, and what they find is told by the test. */
export class TestSweeps {
  /** What was asked for, oldest first. */
  readonly orders: SweepArgs[] = [];
  /** What `stop` answers, besides ending nothing by itself; null: it accepts. */
  stopRefusal: Failure | null = null;
  stops = 0;
  #sink: StreamSink<SweepEvent[]> | null = null;

  readonly handlers: Handlers<HopscopeContract>['sweep'] = {
    run: ({ runId: _, ...order }, sink) => {
      this.orders.push(order);
      this.#sink = sink;
      return { [Symbol.dispose]: () => {} };
    },
    stop: () => {
      this.stops += 1;
      return this.stopRefusal === null ? succeed(null) : fail(this.stopRefusal);
    },
  };

  /** Tells the page of the running sweep. */
  tell(...events: SweepEvent[]): void {
    this.#sink?.emit(events);
  }

  /** Ends the running sweep as the engine does: with its last word, or with a failure. */
  end(last: SweepEvent | Failure): void {
    if ('kind' in last) {
      this.tell(last);
      this.#sink?.end(null);
    } else this.#sink?.end(last);
  }
}

/** A summary in which nothing happened, but for what is given. */
export function summaryWith(more: Partial<SweepSummary>): SweepSummary {
  return {
    total: 8,
    probed: 0,
    answered: 0,
    unreachable: 0,
    unresolved: 0,
    sendFailures: 0,
    elapsedMs: 0,
    probesPerSecond: 0,
    localDrops: 0,
    nextIndex: 0,
    ...more,
  };
}

/** An answer of the address `10.71.3.<index>`. */
export function answerOf(index: number, rttMs = 0.5): Extract<SweepEvent, { kind: 'answered' }> {
  return { kind: 'answered', index, address: `10.71.3.${index}`, family: 4, rttMs, attempt: 0, replyHopLimit: 62 };
}

/** A name of the ranges that nobody knows. */
export function failedName(index: number, name: string): Extract<SweepEvent, { kind: 'name-failed' }> {
  return { kind: 'name-failed', index, name, failure: { code: 'name-not-resolved', name, reason: 'not-found' } };
}
