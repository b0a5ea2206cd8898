import type {
  AlertCondition,
  AlertFinding,
  BaselineCondition,
  ThresholdCondition,
} from '../../../contract/alert-condition.ts';
import type { Round, RouteChange } from '../../../contract/path.ts';
import type { Milliseconds } from '../../../contract/units.ts';
import { createAddressMatch } from './address-match.ts';
import { BeyondCount } from './beyond-count.ts';
import { type HourBaseline, unusualAbove } from './hour-baseline.ts';
import { RoundFigures } from './round-figures.ts';

/** What a round makes of a condition. */
export interface Reading {
  /** It is met: reason to enter. */
  readonly isMet: boolean;
  /** It is over: reason to leave. Between the two a rule stays as it is. */
  readonly isOver: boolean;
  readonly finding: AlertFinding | null;
}

/** One condition of one path, round by round. */
export interface ConditionWatch {
  /** Takes the next round; null when it says nothing about the condition. */
  take(round: Round): Reading | null;
  /** The path became another one. Null when that is of no concern. */
  change(change: RouteChange): Reading | null;
  /** Time passed in which nothing was measured. */
  gap(): void;
}

export interface ConditionContext {
  readonly interval: Milliseconds;
  /** What is usual on this path. It is told of every round before the condition is. */
  readonly baseline: HourBaseline;
}

export function watchCondition(condition: AlertCondition, { interval, baseline }: ConditionContext): ConditionWatch {
  switch (condition.kind) {
    case 'threshold':
      return new ThresholdWatch(condition, interval);
    case 'baseline':
      return new BaselineWatch(condition, baseline);
    case 'route-changed':
      return new RouteWatch();
    case 'address-in-path':
      return new AddressWatch(condition.addresses);
    case 'unreachable':
      return new UnreachableWatch(condition.rounds);
  }
}

class ThresholdWatch implements ConditionWatch {
  readonly #condition: ThresholdCondition;
  readonly #figures: RoundFigures;
  readonly #count: BeyondCount;
  /** Since the count was last at rest. */
  #worst: number | null = null;

  constructor(condition: ThresholdCondition, interval: Milliseconds) {
    this.#condition = condition;
    this.#figures = new RoundFigures(condition.measure, condition.figureRounds, interval);
    this.#count = new BeyondCount(condition.of);
  }

  take({ roundTrip, atEpochMs }: Round): Reading | null {
    if (roundTrip === null) return null;
    const figure = this.#figures.take(roundTrip, atEpochMs);
    if (figure === null) return null;
    // A round that was not answered has no latency of its own, though the mean of those before is still there.
    const { measure, limit, enough, leaveAt } = this.#condition;
    if (measure === 'latency' && roundTrip.fate !== 'answered') return null;
    const isWorse = (one: number, other: number) => (measure === 'mos' ? one < other : one > other);
    this.#count.take(isWorse(figure, limit));
    if (this.#worst === null || this.#count.beyond === 0 || isWorse(figure, this.#worst)) this.#worst = figure;
    const { beyond, known, isFull } = this.#count;
    return {
      isMet: beyond >= enough,
      isOver: isFull && beyond <= leaveAt,
      finding: { kind: 'threshold', figure, worst: this.#worst, beyond, of: known },
    };
  }

  change(): null {
    return null;
  }

  gap(): void {
    this.#figures.breakPair();
  }
}

class BaselineWatch implements ConditionWatch {
  readonly #condition: BaselineCondition;
  readonly #baseline: HourBaseline;
  readonly #count: BeyondCount;
  #worst = 0;

  constructor(condition: BaselineCondition, baseline: HourBaseline) {
    this.#condition = condition;
    this.#baseline = baseline;
    this.#count = new BeyondCount(condition.of);
  }

  take({ roundTrip }: Round): Reading | null {
    const { usual } = this.#baseline;
    if (usual === null || roundTrip?.fate !== 'answered' || roundTrip.rttMs === null) return null;
    const { spreads, enough, leaveAt } = this.#condition;
    const limitMs = unusualAbove(usual, spreads);
    this.#count.take(roundTrip.rttMs > limitMs);
    const { beyond, known, isFull } = this.#count;
    this.#worst = beyond === 0 ? roundTrip.rttMs : Math.max(this.#worst, roundTrip.rttMs);
    return {
      isMet: beyond >= enough,
      isOver: isFull && beyond <= leaveAt,
      finding: {
        kind: 'baseline',
        rttMs: roundTrip.rttMs,
        worstMs: this.#worst,
        usualMs: usual.medianMs,
        limitMs,
        beyond,
        of: known,
      },
    };
  }

  change(): null {
    return null;
  }

  gap(): void {}
}

/** A change is over at once; how long the rule lasts, its time to leave says. */
class RouteWatch implements ConditionWatch {
  #changes = 0;

  take(): Reading {
    return { isMet: false, isOver: true, finding: null };
  }

  change({ before, after }: RouteChange): Reading {
    this.#changes += 1;
    const finding = { kind: 'route-changed', before, after, changes: this.#changes } as const;
    return { isMet: true, isOver: false, finding };
  }

  gap(): void {}
}

class AddressWatch implements ConditionWatch {
  readonly #matches: (address: string) => boolean;

  constructor(addresses: string) {
    this.#matches = createAddressMatch(addresses);
  }

  take({ hops }: Round): Reading | null {
    let isAnybodyThere = false;
    for (const { responder, hopLimit } of hops) {
      if (responder === null) continue;
      isAnybodyThere = true;
      if (!this.#matches(responder)) continue;
      return { isMet: true, isOver: false, finding: { kind: 'address-in-path', address: responder, hopLimit } };
    }
    return isAnybodyThere ? { isMet: false, isOver: true, finding: null } : null;
  }

  change(): null {
    return null;
  }

  gap(): void {}
}

class UnreachableWatch implements ConditionWatch {
  readonly #enough: number;
  #run = 0;

  constructor(enough: number) {
    this.#enough = enough;
  }

  take({ roundTrip }: Round): Reading | null {
    if (roundTrip === null) return null;
    switch (roundTrip.fate) {
      case 'answered':
      case 'late':
        this.#run = 0;
        return { isMet: false, isOver: true, finding: null };
      case 'lost':
      case 'refused':
        this.#run += 1;
        return {
          isMet: this.#run >= this.#enough,
          isOver: false,
          finding: { kind: 'unreachable', rounds: this.#run, isRefused: roundTrip.fate === 'refused' },
        };
    }
  }

  change(): null {
    return null;
  }

  gap(): void {}
}
