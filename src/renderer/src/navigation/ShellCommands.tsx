import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ShellCommand } from '../../../contract/shell.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import { DEFAULT_FOCUS } from '../live-store/focus.ts';
import type { PathStore } from '../live-store/path-store.ts';
import type { PagePlace } from './page-place.ts';
import type { ViewId } from './views.ts';

interface ShellCommandsProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly place: Pick<PagePlace, 'go'>;
  /** The view that is shown. */
  readonly view: ViewId;
  readonly paths: Pick<PathStore, 'choose' | 'getFocus' | 'setFocus'>;
  /** Identifier of the field where targets are typed; it is in the view of the paths. */
  readonly targetField: string;
  readonly onShowShortcuts: () => void;
}

/** Does what is chosen in the menu of the window, in the tray or by a notification. It shows nothing itself. */
export function ShellCommands({ client, place, view, paths, targetField, onShowShortcuts }: ShellCommandsProps) {
  const { setColorScheme } = useMantineColorScheme();
  const [isFieldWanted, setIsFieldWanted] = useState(false);
  const obey = useEffectEvent((command: ShellCommand) => {
    switch (command.kind) {
      case 'go':
        return place.go(command.view);
      case 'add-target':
        place.go('paths');
        return setIsFieldWanted(true);
      case 'choose-path':
        paths.choose(command.pathId);
        return place.go('paths');
      case 'go-live':
        if (paths.getFocus().kind !== 'live') paths.setFocus(DEFAULT_FOCUS);
        return place.go('paths');
      case 'show-shortcuts':
        return onShowShortcuts();
      case 'set-theme':
        return setColorScheme(command.theme);
    }
  });

  // One stream for as long as there is this engine: a command that comes between two would be lost.
  useEffect(() => client?.shell.commands({}, { onEvent: (command) => obey(command), onEnd: () => {} }), [client]);

  useEffect(() => {
    if (!isFieldWanted || view !== 'paths') return;
    setIsFieldWanted(false);
    // The name of a view that has just come takes the keyboard first.
    requestAnimationFrame(() => document.getElementById(targetField)?.focus());
  }, [isFieldWanted, view, targetField]);
  return null;
}
