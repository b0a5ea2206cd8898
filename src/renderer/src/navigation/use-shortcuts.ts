import { useEffect, useEffectEvent } from 'react';
import { opensCommands, type ShortcutEffect, ShortcutReader } from './shortcuts.ts';

const TEXT_FIELDS = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select';

/** Listens to the whole page's keyboard: to single keys while `isOn`, to Ctrl+K always. A field is left here; the rest is handed on. */
export function useShortcuts(isOn: boolean, onEffect: (effect: ShortcutEffect) => void): void {
  // What is to be done may change between the first key of a shortcut and the second.
  const tell = useEffectEvent(onEffect);
  useEffect(() => {
    const reader = new ShortcutReader();
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.defaultPrevented || event.isComposing || !(target instanceof HTMLElement)) return;
      // A dialog has the keyboard to itself.
      if (target.closest('dialog, [role=dialog]') !== null) return;
      if (opensCommands(event)) {
        event.preventDefault();
        tell({ kind: 'show-commands' });
        return;
      }
      if (!isOn) return;
      const isInField = target.isContentEditable || target.matches(TEXT_FIELDS);
      const isModified = event.ctrlKey || event.altKey || event.metaKey;
      const effect = reader.read({ key, isModified, isInField, atMs: event.timeStamp });
      if (effect === null) return;
      if (effect.kind === 'leave-field') target.blur();
      else {
        event.preventDefault();
        tell(effect);
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOn]);
}
