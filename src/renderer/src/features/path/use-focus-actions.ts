import { useCallback, useMemo } from 'react';
import { type Focus, isSameFocus, shownSpan } from '../../live-store/focus.ts';
import type { MeasuredView } from '../../live-store/measured-watch.ts';
import type { MeasuredStore } from './use-path-store.ts';

/** The ways in which the focus and the span of the timelines are changed together. */
export interface FocusActions {
  /** Whether the timelines show the focus and nothing else: then the two are changed as one. */
  readonly isLinked: boolean;
  /** What the timelines show. */
  readonly span: Focus;
  /** Puts a period into focus, of which the timelines then show all, or what is given. */
  readonly setFocus: (focus: Focus, span?: Focus | null) => void;
  /** Puts a period into focus; the timelines go on showing what they do. */
  readonly pick: (focus: Focus) => void;
  /** Has the timelines show something else; the focus goes with them only if it is all that they show. */
  readonly setSpan: (span: Focus) => void;
}

export function useFocusActions(
  store: Pick<MeasuredStore, 'setFocus'>,
  { focus, span: chosen }: Pick<MeasuredView, 'focus' | 'span'>,
): FocusActions {
  const span = useMemo(() => shownSpan(focus, chosen), [focus, chosen]);
  const isLinked = isSameFocus(span, focus);
  const pick = useCallback((next: Focus) => store.setFocus(next, span), [store, span]);
  const setSpan = useCallback(
    (next: Focus) => (isLinked ? store.setFocus(next) : store.setFocus(focus, next)),
    [store, isLinked, focus],
  );
  return useMemo(
    () => ({ isLinked, span, setFocus: store.setFocus, pick, setSpan }),
    [isLinked, span, store, pick, setSpan],
  );
}
