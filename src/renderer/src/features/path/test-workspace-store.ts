import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Focus, PathPulse, PathView } from '../../live-store/path-store.ts';
import type { WorkspaceStore } from './use-path-store.ts';

const QUIET_PULSE: PathPulse = {
  lastRttMs: null,
  lastFate: null,
  lossRatio: null,
  lost: 0,
  spark: [],
  events: [],
  failure: null,
};

const EMPTY_VIEW: PathView = {
  path: null,
  focus: { kind: 'live', lengthMs: 600_000 },
  span: null,
  report: null,
  reportFailure: null,
  timelines: new Map(),
  isStale: false,
};

/** A store that shows what the test puts into it and remembers what was asked of it. */
export class TestWorkspaceStore implements WorkspaceStore {
  /** What was asked, as `choose p-1` or `focus {"kind":…}`. */
  readonly calls: string[] = [];
  /** The last call of `setOpenTimelines`. */
  open: { readonly hopLimits: readonly number[]; readonly columns: number } | null = null;
  readonly #changed = new Set<() => void>();
  readonly #pulses = new Map<string, PathPulse>();
  #paths: readonly PathMonitorInfo[] | null;
  #view: PathView = EMPTY_VIEW;
  #chosen: string | null = null;

  constructor(paths: readonly PathMonitorInfo[] | null = []) {
    this.#paths = paths;
  }

  show(change: Partial<PathView>): void {
    this.#view = { ...this.#view, ...change };
    if (change.path !== undefined) this.#chosen = change.path?.pathId ?? null;
    this.#tell();
  }

  pulse(pathId: string, change: Partial<PathPulse>): void {
    this.#pulses.set(pathId, { ...QUIET_PULSE, ...change });
    this.#tell();
  }

  list(paths: readonly PathMonitorInfo[]): void {
    this.#paths = paths;
    this.#tell();
  }

  #tell(): void {
    for (const changed of this.#changed) changed();
  }

  /** Whether what was chosen is yet to be in the list. */
  isLate = false;

  readonly #subscribe = (changed: () => void) => {
    this.#changed.add(changed);
    return () => void this.#changed.delete(changed);
  };

  readonly subscribePaths = this.#subscribe;
  readonly getPaths = () => this.#paths;
  readonly getListFailure = () => null;
  readonly retryList = () => void this.calls.push('retry list');
  subscribePulse(_pathId: string, changed: () => void): () => void {
    return this.#subscribe(changed);
  }
  getPulse(pathId: string): PathPulse {
    return this.#pulses.get(pathId) ?? QUIET_PULSE;
  }
  readonly retryPulse = (pathId: string) => void this.calls.push(`retry pulse ${pathId}`);
  readonly choose = (pathId: string | null) => {
    this.calls.push(`choose ${pathId}`);
    this.#chosen = pathId;
  };
  readonly getChosen = () => this.#chosen;
  readonly isChosenAwaited = () => this.#chosen !== null && this.isLate;
  readonly setFocus = (focus: Focus, span: Focus | null = null) => {
    this.calls.push(`focus ${JSON.stringify(focus)}`);
    this.show({ focus, span });
  };
  readonly getFocus = () => this.#view.focus;
  readonly setOpenTimelines = (hopLimits: readonly number[], columns: number) => {
    this.open = { hopLimits, columns };
  };
  readonly subscribeView = this.#subscribe;
  readonly getView = () => this.#view;
  readonly retryView = () => void this.calls.push('retry view');
  readonly visibilityChanged = () => {};
}
