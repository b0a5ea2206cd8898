import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import type { ShellCommand } from '../../../contract/shell.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import { DEFAULT_FOCUS } from '../live-store/focus.ts';
import type { PathStore } from '../live-store/path-store.ts';
import type { PagePlace } from './page-place.ts';

interface ShellCommandsProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly place: Pick<PagePlace, 'go'>;
  readonly paths: Pick<PathStore, 'choose' | 'getFocus' | 'setFocus'>;
  /** Goes where targets are typed. */
  readonly onTypeTarget: () => void;
  readonly onShowShortcuts: () => void;
}

/** Does what is chosen in the menu of the window, in the tray or by a notification. It shows nothing itself. */
export function ShellCommands({ client, place, paths, onTypeTarget, onShowShortcuts }: ShellCommandsProps) {
  const { setColorScheme } = useMantineColorScheme();
  const obey = useEffectEvent((command: ShellCommand) => {
    switch (command.kind) {
      case 'go':
        return place.go(command.view);
      case 'add-target':
        return onTypeTarget();
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
  return null;
}
