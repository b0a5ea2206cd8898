import type { MenuItemConstructorOptions } from 'electron';
import { conditionWords, LEVELS, levelOf, type Paths, summaryWords } from './trouble-level.ts';

export interface TrayActions {
  showWindow(): void;
  showPath(pathId: string): void;
  pauseAll(): void;
  resumeAll(): void;
  quit(): void;
}

/** Targets listed; more would make a menu that nobody reads. */
const MOST_LISTED = 10;

/** The menu of the tray: the worst targets first, each with how it is doing. */
export function trayMenuTemplate(paths: Paths, actions: TrayActions): MenuItemConstructorOptions[] {
  const listed = [...paths]
    .sort((one, other) => LEVELS.indexOf(levelOf(other.condition)) - LEVELS.indexOf(levelOf(one.condition)))
    .slice(0, MOST_LISTED);
  const rest = paths.length - listed.length;
  const isPaused = paths.length > 0 && paths.every(({ condition }) => condition === 'paused');
  return [
    { label: 'Open Hopscope', click: () => actions.showWindow() },
    { type: 'separator' },
    ...listed.map(({ pathId, target, condition }) => ({
      // An ampersand would underline what follows it.
      label: `${target.replaceAll('&', '&&')}: ${conditionWords(condition)}`,
      click: () => actions.showPath(pathId),
    })),
    ...(rest > 0 ? [{ label: `and ${rest} more`, click: () => actions.showWindow() }] : []),
    ...(paths.length === 0 ? [{ label: 'No targets', enabled: false }] : []),
    { type: 'separator' },
    isPaused
      ? { label: 'Resume All', click: () => actions.resumeAll() }
      : { label: 'Pause All', enabled: paths.length > 0, click: () => actions.pauseAll() },
    { type: 'separator' },
    { label: 'Quit Hopscope', click: () => actions.quit() },
  ];
}

export function trayTooltip(paths: Paths): string {
  return `Hopscope: ${summaryWords(paths)}`;
}
