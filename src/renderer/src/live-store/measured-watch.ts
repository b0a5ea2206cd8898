import type { Failure, Result } from '../../../contract/failure.ts';
import type { PathReport } from '../../../contract/path.ts';
import { MOST_TIMELINE_COLUMNS, type Timeline } from '../../../contract/timeline.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import { type Focus, isSameFocus, shownSpan } from './focus.ts';
import type { KeptFocus } from './focus-page.ts';
import { type Question, RepeatedAsk, type RepeatedAskDeps } from './repeated-ask.ts';
import { worthTelling } from './worth-telling.ts';

/** What is to be drawn of what is looked at. A new object each time something is new, never changed. */
export interface MeasuredView {
  readonly focus: Focus;
  /** What the timelines were told to show; null: what follows from the focus (`shownSpan`). */
  readonly span: Focus | null;
  /** Null before the first answer. It stays while a newer one is asked for, or cannot be had: see `isStale`. */
  readonly report: PathReport | null;
  /**
   * Why the report or a timeline cannot be had, asked again and again; null while they can. Not told is that nothing
   * was measured yet, nor what made the path itself fail, which its state tells.
   */
  readonly reportFailure: Failure | null;
  /** By hop limit, those that are open and were answered; 0 is the round trip. */
  readonly timelines: ReadonlyMap<number, Timeline>;
  /** Whether the report or the timelines are of another focus, or there is no engine or a failure. */
  readonly isStale: boolean;
}

/** Part of what was measured, as the engine is asked for it. */
export interface AskedPeriod {
  readonly fromEpochMs?: number;
  readonly toEpochMs?: number;
  readonly lastMs?: number | null;
}

/** What can be looked at: a path that is being measured, or a session. */
export interface MeasuredSubject {
  /** Of another path or session it is another one. */
  readonly key: string;
  /** Whether more may come; else it is asked about once. */
  readonly isGrowing: boolean;
  report(client: EngineClient, period: AskedPeriod): Promise<Result<PathReport>>;
  timeline(
    client: EngineClient,
    order: AskedPeriod & { readonly hopLimit: number; readonly columns: number },
  ): Promise<Result<Timeline>>;
  /** Whether a failure to report is no news: nothing was measured yet, or it is told elsewhere. */
  isExpected(failure: Failure): boolean;
}

/**
 * A moving period is asked for every second, but a long one less often, since a second more changes hardly anything and a
 * report of a day of thirty hops takes the engine some 70 ms.
 */
const LONGEST_LIVE_INTERVAL_MS = 5_000;
const INTERVALS_OF_A_PERIOD = 3_600;

/** How often one that stays is: answers may still come in late, and names of responders be found. */
const PERIOD_INTERVAL_MS = 10_000;

/** How often what is over is: it changes no more, unless another program goes on with it. */
const OVER_INTERVAL_MS = 3_600_000;

/** An asking's answer has one column more when each round has its own. */
const MOST_COLUMNS = MOST_TIMELINE_COLUMNS - 1;
const LEAST_COLUMNS = 2;

export interface MeasuredWatchDeps extends RepeatedAskDeps {
  /** How often a moving period is asked for that is not long; see `liveIntervalOf`. */
  readonly liveIntervalMs: number;
}

interface Asked {
  readonly client: EngineClient;
  readonly subject: MeasuredSubject;
}

type Timelines = ReadonlyMap<number, Timeline>;

type TimelineAnswers = ReadonlyArray<readonly [number, Result<Timeline>]>;

const NO_TIMELINES: Timelines = new Map();

/** Asks for the report and the timelines of one subject at a time, for one focus at a time, and keeps the last answers. */
export class MeasuredWatch {
  readonly #liveIntervalMs: number;
  readonly #onNews: () => void;
  readonly #reports: RepeatedAsk<Result<PathReport>>;
  readonly #timelineAsks: RepeatedAsk<TimelineAnswers>;
  #subject: MeasuredSubject | null = null;
  #client: EngineClient | null = null;
  #focus: Focus;
  #span: Focus | null;
  #open: readonly number[] = [0];
  #columns = MOST_COLUMNS;
  #report: { readonly value: PathReport; readonly focus: Focus } | null = null;
  #timelines: { readonly value: Timelines; readonly shown: Focus } | null = null;
  #reportFailure: Failure | null = null;
  #timelineFailure: Failure | null = null;

  /** @param onNews called when there is an answer */
  constructor(deps: MeasuredWatchDeps, { focus, span }: KeptFocus, onNews: () => void) {
    this.#liveIntervalMs = deps.liveIntervalMs;
    this.#onNews = onNews;
    this.#focus = focus;
    this.#span = span;
    this.#reports = new RepeatedAsk(deps);
    this.#timelineAsks = new RepeatedAsk(deps);
  }

  /** What is looked at and by whom it is answered. What is known of another subject is forgotten. */
  look(client: EngineClient | null, subject: MeasuredSubject | null): void {
    const isSame = this.#subject?.key === subject?.key;
    const isAskedTheSame = isSame && this.#client === client && this.#subject?.isGrowing === subject?.isGrowing;
    this.#subject = subject;
    this.#client = client;
    if (!isSame) {
      this.#report = null;
      this.#timelines = null;
    }
    if (isAskedTheSame) return;
    this.#reportFailure = null;
    this.#timelineFailure = null;
    this.#ask();
  }

  setFocus({ focus, span }: KeptFocus): void {
    const isFocusSame = isSameFocus(focus, this.#focus);
    const isShownSame = isSameFocus(shownSpan(focus, span), this.#shown);
    this.#focus = focus;
    this.#span = span;
    if (!isFocusSame) this.#reports.set(this.#reportQuestion());
    if (!isShownSame) this.#timelineAsks.set(this.#timelinesQuestion());
  }

  setOpen(hopLimits: readonly number[], columns: number): void {
    const open = [...new Set([0, ...hopLimits])].sort((a, b) => a - b);
    const wanted = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, Math.round(columns)));
    if (wanted === this.#columns && open.join() === this.#open.join()) return;
    this.#open = open;
    this.#columns = wanted;
    if (this.#timelines !== null) this.#timelines = { ...this.#timelines, value: openOf(this.#timelines.value, open) };
    this.#timelineAsks.set(this.#timelinesQuestion());
  }

  /** Asks now for everything. */
  again(): void {
    this.#reports.again();
    this.#timelineAsks.again();
  }

  /** Asks for what could not be asked for before. */
  wake(): void {
    this.#reports.wake();
    this.#timelineAsks.wake();
  }

  toView(): MeasuredView {
    const failure = this.#reportFailure ?? this.#timelineFailure;
    const isOldReport = this.#report !== null && !isSameFocus(this.#report.focus, this.#focus);
    const isOldTimeline = this.#timelines !== null && !isSameFocus(this.#timelines.shown, this.#shown);
    const isOutdated = this.#client === null || failure !== null || isOldReport || isOldTimeline;
    return {
      focus: this.#focus,
      span: this.#span,
      report: this.#report?.value ?? null,
      reportFailure: failure,
      timelines: this.#timelines?.value ?? NO_TIMELINES,
      isStale: (this.#report !== null || this.#timelines !== null) && isOutdated,
    };
  }

  #ask(): void {
    this.#reports.set(this.#reportQuestion());
    this.#timelineAsks.set(this.#timelinesQuestion());
  }

  #reportQuestion(): Question<Result<PathReport>> | null {
    const asked = this.#asked();
    if (asked === null) return null;
    const { client, subject } = asked;
    const focus = this.#focus;
    return {
      ask: () => subject.report(client, periodOf(focus)),
      intervalMs: () => this.#interval(focus),
      onAnswer: (answer) => {
        if (answer.ok) this.#report = { value: answer.value, focus };
        this.#reportFailure = answer.ok ? null : this.#told(answer.failure);
        this.#onNews();
      },
    };
  }

  #timelinesQuestion(): Question<TimelineAnswers> | null {
    const asked = this.#asked();
    if (asked === null) return null;
    const { client, subject } = asked;
    const [shown, open, columns] = [this.#shown, this.#open, this.#columns];
    const ask = async (hopLimit: number) => {
      const order = { hopLimit, columns, ...periodOf(shown) };
      return [hopLimit, await subject.timeline(client, order)] as const;
    };
    return {
      ask: () => Promise.all(open.map(ask)),
      intervalMs: () => this.#interval(shown),
      onAnswer: (answers) => {
        const failed = answers.flatMap(([, answer]) => (answer.ok ? [] : [answer.failure]));
        const value = new Map(answers.flatMap(([hopLimit, answer]) => (answer.ok ? [[hopLimit, answer.value]] : [])));
        if (value.size > 0) this.#timelines = { value, shown };
        this.#timelineFailure = failed[0] === undefined ? null : this.#told(failed[0]);
        this.#onNews();
      },
    };
  }

  get #shown(): Focus {
    return shownSpan(this.#focus, this.#span);
  }

  #interval(focus: Focus): number {
    if (this.#subject?.isGrowing === false) return OVER_INTERVAL_MS;
    if (focus.kind === 'period') return PERIOD_INTERVAL_MS;
    const known = this.#report?.value;
    const reported = known === undefined ? 0 : known.toEpochMs - known.fromEpochMs;
    const share = Math.min(reported, focus.lengthMs ?? reported) / INTERVALS_OF_A_PERIOD;
    return Math.min(LONGEST_LIVE_INTERVAL_MS, Math.max(this.#liveIntervalMs, share));
  }

  #asked(): Asked | null {
    return this.#client === null || this.#subject === null ? null : { client: this.#client, subject: this.#subject };
  }

  #told(failure: Failure): Failure | null {
    return this.#subject?.isExpected(failure) === true ? null : worthTelling(failure);
  }
}

function openOf(timelines: Timelines, open: readonly number[]): Timelines {
  return new Map([...timelines].filter(([hopLimit]) => open.includes(hopLimit)));
}

/** The engine reckons what the last minutes are: its clock may be another one. */
function periodOf(focus: Focus): AskedPeriod {
  switch (focus.kind) {
    case 'live':
      return { lastMs: focus.lengthMs };
    case 'period':
      return { fromEpochMs: focus.fromEpochMs, toEpochMs: focus.toEpochMs };
  }
}
