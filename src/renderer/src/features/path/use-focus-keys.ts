import { useEffect, useRef } from 'react';
import { applyFocusKey, type FocusSituation, focusKey } from './focus-keys.ts';

const NOT_FOR_KEYS =
  'dialog, [role=dialog], [role=menu], textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])';

/** The key that begins the shortcuts of the views, and how long the second one is waited for, as `navigation` has them. */
const LEADER = 'g';
const SECOND_KEY_LIMIT_MS = 2_000;

/** Listens to the page's keyboard for what changes the focus and the timelines; it does nothing while there is nothing to change. */
export function useFocusKeys(
  situation: () => FocusSituation | null,
  others: { readonly onJitter: () => void; readonly onComment: () => void },
): void {
  const newest = useRef({ situation, ...others });
  useEffect(() => {
    newest.current = { situation, ...others };
  });
  useEffect(() => {
    let ledAtMs = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      // After it the next key goes to a view.
      const isLed = event.timeStamp - ledAtMs <= SECOND_KEY_LIMIT_MS;
      ledAtMs = event.key === LEADER ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const key = isLed ? null : focusKey(event.key);
      const { target } = event;
      const isElsewhere = !(target instanceof Element) || target.closest(NOT_FOR_KEYS) !== null;
      if (key === null || isElsewhere || event.defaultPrevented) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const now = newest.current.situation();
      if (now === null) return;
      event.preventDefault();
      if (key === 'jitter') newest.current.onJitter();
      else if (key === 'comment') newest.current.onComment();
      else applyFocusKey(key, now);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
