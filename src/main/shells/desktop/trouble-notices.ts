import { type MonotonicMilliseconds, milliseconds, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { levelOf, type Paths } from './trouble-level.ts';

/** Something a person who is not looking should know. */
export interface TroubleNotice {
  readonly title: string;
  readonly body: string;
  /** The path to show when it is clicked; null when it is about several. */
  readonly pathId: string | null;
}

/** Rounds, and least time, for which a state must hold before it is told: what comes and goes is no news. */
const HOLD_ROUNDS = 5;
const SHORTEST_HOLD = seconds(5);
/** What falls into this time is told together: when the line is cut, every target is. */
const GROUP_TIME = seconds(2);
/** No target is told of more often. */
const QUIET_TIME = seconds(300);
/** Targets named in one notice. */
const NAMED = 5;

type Standing = 'well' | 'losing' | 'down';

interface Entry {
  readonly pathId: string;
  readonly target: string;
  /** What the person knows of it. */
  told: Standing;
  /** What it is now; null while that is not known (it is paused, or looked up). */
  now: Standing | null;
  toldAt: MonotonicMilliseconds | null;
  timer: Disposable | null;
}

export interface TroubleNoticesDeps {
  readonly clock: Clock;
  /** Whether the person sees the state anyway, or does not want to be told. */
  readonly isNeedless: () => boolean;
  readonly show: (notice: TroubleNotice) => void;
}

/** Tells when targets get into trouble and out of it: only what lasts, together what comes together, and not often. */
export class TroubleNotices implements Disposable {
  readonly #deps: TroubleNoticesDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #due = new Set<Entry>();
  #group: Disposable | null = null;

  constructor(deps: TroubleNoticesDeps) {
    this.#deps = deps;
  }

  /** Takes how every path is doing now. */
  heed(paths: Paths): void {
    const present = new Set(paths.map(({ pathId }) => pathId));
    for (const [pathId, entry] of this.#entries) if (!present.has(pathId)) this.#forget(entry);
    for (const { pathId, target, intervalMs, condition } of paths) {
      const entry: Entry = this.#entries.get(pathId) ?? {
        pathId,
        target,
        told: 'well',
        now: null,
        toldAt: null,
        timer: null,
      };
      this.#entries.set(pathId, entry);
      const now = standingOf(condition);
      if (now === entry.now) continue;
      entry.now = now;
      entry.timer?.[Symbol.dispose]();
      entry.timer = null;
      this.#due.delete(entry);
      if (now !== null && now !== entry.told) {
        this.#wait(entry, Math.max(HOLD_ROUNDS * intervalMs, SHORTEST_HOLD, this.#untilQuietEnds(entry)));
      }
    }
  }

  [Symbol.dispose](): void {
    for (const entry of [...this.#entries.values()]) this.#forget(entry);
    this.#group?.[Symbol.dispose]();
  }

  #wait(entry: Entry, delayMs: number): void {
    entry.timer = this.#deps.clock.after(milliseconds(delayMs), () => {
      entry.timer = null;
      this.#due.add(entry);
      this.#group ??= this.#deps.clock.after(GROUP_TIME, () => this.#tell());
    });
  }

  #tell(): void {
    this.#group = null;
    const news = [...this.#due];
    this.#due.clear();
    const isNeedless = this.#deps.isNeedless();
    for (const entry of news) {
      entry.told = entry.now ?? entry.told;
      if (!isNeedless) entry.toldAt = this.#deps.clock.now();
    }
    if (!isNeedless && news.length > 0) this.#deps.show(noticeOf(news));
  }

  #untilQuietEnds({ toldAt }: Entry): number {
    return toldAt === null ? 0 : toldAt + QUIET_TIME - this.#deps.clock.now();
  }

  #forget(entry: Entry): void {
    entry.timer?.[Symbol.dispose]();
    this.#due.delete(entry);
    this.#entries.delete(entry.pathId);
  }
}

function standingOf(condition: Paths[number]['condition']): Standing | null {
  const level = levelOf(condition);
  switch (level) {
    case 'none':
      return null;
    case 'fine':
    case 'slow':
      return 'well';
    case 'losing':
    case 'down':
      return level;
  }
}

const ONE: Readonly<Record<Standing, string>> = {
  well: 'is well again',
  losing: 'is losing probes',
  down: 'does not answer',
};
const SEVERAL: Readonly<Record<Standing, string>> = {
  well: 'are well again',
  losing: 'are losing probes',
  down: 'do not answer',
};

function noticeOf(news: readonly Entry[]): TroubleNotice {
  const [first] = news;
  if (news.length === 1 && first !== undefined) {
    return { title: `${first.target} ${ONE[first.told]}`, body: 'Click to see its path.', pathId: first.pathId };
  }
  const isOneKind = news.every(({ told }) => told === first?.told);
  const named = news.slice(0, NAMED).map(({ target, told }) => (isOneKind ? target : `${target} ${ONE[told]}`));
  const more = news.length > NAMED ? [`and ${news.length - NAMED} more`] : [];
  return {
    title:
      isOneKind && first !== undefined
        ? `${news.length} targets ${SEVERAL[first.told]}`
        : `News of ${news.length} targets`,
    body: [...named, ...more].join(isOneKind ? ', ' : '\n'),
    pathId: null,
  };
}
