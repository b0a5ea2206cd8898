import { liveFocus, movedFocus, type Period, type Recorded, zoomedFocus } from './focus-change.ts';
import type { FocusActions } from './use-focus-actions.ts';

/** What a key does to the focus and to the timelines; null where it means nothing here. `SHORTCUTS` lists them. */
export type FocusKey =
  | 'earlier'
  | 'later'
  | 'pan-earlier'
  | 'pan-later'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit'
  | 'live'
  | 'jitter'
  | 'comment';

const KEYS: Readonly<Record<string, FocusKey>> = {
  ',': 'earlier',
  '.': 'later',
  '<': 'pan-earlier',
  '>': 'pan-later',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  f: 'fit',
  l: 'live',
  j: 'jitter',
  c: 'comment',
};

export function focusKey(key: string): FocusKey | null {
  return KEYS[key] ?? null;
}

/** A step aside moves by half of what is shown, so that something known stays in sight. */
export const STEP = 0.5;

const ZOOM = 2;

export interface FocusSituation {
  /** The period in focus and the one that the timelines show. */
  readonly focus: Period;
  readonly shown: Period;
  readonly recorded: Recorded;
  readonly actions: FocusActions;
}

/** Does to the focus and the span what a key says. */
export function applyFocusKey(
  key: Exclude<FocusKey, 'jitter' | 'comment'>,
  { focus, shown, recorded, actions }: FocusSituation,
): void {
  const { isLinked, setFocus, pick, setSpan } = actions;
  const step = (share: number) => {
    const moved = movedFocus(focus, share, recorded);
    const isInSight =
      moved.kind === 'live' || (moved.fromEpochMs >= shown.fromEpochMs && moved.toEpochMs <= shown.toEpochMs);
    if (!isLinked && isInSight) pick(moved);
    else setFocus(moved);
  };
  const zoom = (factor: number) => setSpan(zoomedFocus(shown, middleOf(focus, shown), factor, recorded));
  switch (key) {
    case 'earlier':
      step(-STEP);
      return;
    case 'later':
      step(STEP);
      return;
    case 'pan-earlier':
      setSpan(movedFocus(shown, -STEP, recorded));
      return;
    case 'pan-later':
      setSpan(movedFocus(shown, STEP, recorded));
      return;
    case 'zoom-in':
      zoom(1 / ZOOM);
      return;
    case 'zoom-out':
      zoom(ZOOM);
      return;
    case 'fit':
      setFocus({ kind: 'period', ...rounded(focus) });
      return;
    case 'live':
      setFocus(liveFocus('10m'));
      return;
  }
}

/** The middle of the focus as far as it is shown, else that of what is shown. */
function middleOf(focus: Period, shown: Period): number {
  const from = Math.max(focus.fromEpochMs, shown.fromEpochMs);
  const to = Math.min(focus.toEpochMs, shown.toEpochMs);
  return from <= to ? (from + to) / 2 : (shown.fromEpochMs + shown.toEpochMs) / 2;
}

function rounded({ fromEpochMs, toEpochMs }: Period): Period {
  return { fromEpochMs: Math.round(fromEpochMs), toEpochMs: Math.round(toEpochMs) };
}
