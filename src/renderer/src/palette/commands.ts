import type { DemoScenario } from '../../../contract/demo.ts';
import type { PathMonitorInfo } from '../../../contract/path.ts';
import { LIVE_LENGTHS, liveFocus } from '../features/path/focus-change.ts';
import { parseTargets } from '../format/parse-targets.ts';
import type { Focus } from '../live-store/focus.ts';
import { keysOf } from '../navigation/shortcuts.ts';
import { VIEWS, type ViewId } from '../navigation/views.ts';

/** Something that the palette offers. */
export interface Command {
  /** The same at each start, so that it can be found again among those used last. */
  readonly id: string;
  readonly label: string;
  /** Under what it stands. */
  readonly group: string;
  /** The keys that do the same. */
  readonly keys?: readonly string[];
  readonly effect: CommandEffect;
}

/** What a command does. */
export type CommandEffect =
  | { readonly kind: 'go'; readonly view: ViewId }
  | { readonly kind: 'type-target' }
  | { readonly kind: 'add'; readonly targets: readonly string[] }
  | { readonly kind: 'choose'; readonly pathId: string }
  | { readonly kind: 'act'; readonly pathId: string; readonly action: 'pause' | 'resume' | 'remove' }
  | { readonly kind: 'open-timeline'; readonly hopLimit: number }
  | { readonly kind: 'focus'; readonly focus: Focus }
  | { readonly kind: 'theme'; readonly theme: 'light' | 'dark' | 'auto' }
  | { readonly kind: 'play'; readonly scenario: string }
  | { readonly kind: 'stop'; readonly scenario: string }
  | { readonly kind: 'copy-table' }
  | { readonly kind: 'import-session' }
  | { readonly kind: 'check' }
  | { readonly kind: 'show-help' };

/** What there is to command. */
export interface CommandSituation {
  readonly paths: readonly PathMonitorInfo[];
  readonly chosenId: string | null;
  /** Hop limits of the chosen path at which somebody answered. */
  readonly hops: readonly { readonly hopLimit: number; readonly host: string }[];
  readonly scenarios: readonly DemoScenario[];
}

/** Every command that means something now. */
export function commandsFor({ paths, chosenId, hops, scenarios }: CommandSituation): readonly Command[] {
  const chosen = paths.find(({ pathId }) => pathId === chosenId);
  return [
    { id: 'type-target', label: 'Add a target…', group: 'Targets', keys: ['a'], effect: { kind: 'type-target' } },
    ...(chosen === undefined ? [] : chosenCommands(chosen, hops)),
    ...paths
      .filter(({ pathId }) => pathId !== chosenId)
      .map(
        (path): Command => ({
          id: `choose ${path.target}`,
          label: `Look at ${nameOf(path)}`,
          group: 'Targets',
          effect: { kind: 'choose', pathId: path.pathId },
        }),
      ),
    ...paths
      .filter(({ pathId }) => pathId !== chosenId)
      .flatMap((path) => pathCommands(path).map((command) => ({ ...command, group: 'Other targets' }))),
    ...VIEWS.map(
      ({ id, name }): Command => ({
        id: `go ${id}`,
        label: `Go to ${name}`,
        group: 'Views',
        keys: keysOf(id),
        effect: { kind: 'go', view: id },
      }),
    ),
    {
      id: 'import-session',
      label: 'Import a session from a file…',
      group: 'This program',
      effect: { kind: 'import-session' },
    },
    { id: 'check', label: 'Run the doctor', group: 'This program', effect: { kind: 'check' } },
    ...(['light', 'dark', 'auto'] as const).map(
      (theme): Command => ({
        id: `theme ${theme}`,
        label: theme === 'auto' ? 'Theme of the system' : `${theme === 'light' ? 'Light' : 'Dark'} theme`,
        group: 'This program',
        effect: { kind: 'theme', theme },
      }),
    ),
    {
      id: 'show-help',
      label: 'Show the keyboard shortcuts',
      group: 'This program',
      keys: ['?'],
      effect: { kind: 'show-help' },
    },
    ...scenarios.flatMap(({ name, title }) => scenarioCommands(name, title, paths)),
  ];
}

/** The command to watch what was typed; null when it is no target, or merely a word that looks for a command. */
export function typedTargets(typed: string): Command | null {
  const parsed = parseTargets(typed);
  if (!parsed.ok || !parsed.targets.every((target) => /[.:]/.test(target))) return null;
  return {
    id: 'add typed',
    label: `Watch ${parsed.targets.join(', ')}`,
    group: 'Targets',
    effect: { kind: 'add', targets: parsed.targets },
  };
}

/** A target of a simulated internet is named with it: another may have the same. */
function nameOf({ target, simulated }: PathMonitorInfo): string {
  return simulated === null ? target : `${target} (simulated: ${simulated.title})`;
}

function pathCommands(path: PathMonitorInfo): readonly Command[] {
  const { pathId, state } = path;
  const name = nameOf(path);
  const group = 'Chosen target';
  const pauses = state.phase === 'running' || state.phase === 'resolving';
  const word = pauses ? 'Pause' : state.phase === 'failed' ? 'Try again:' : 'Resume';
  return [
    {
      id: `${pauses ? 'pause' : 'resume'} ${name}`,
      label: `${word} ${name}`,
      group,
      effect: { kind: 'act', pathId, action: pauses ? 'pause' : 'resume' },
    },
    { id: `remove ${name}`, label: `Remove ${name}`, group, effect: { kind: 'act', pathId, action: 'remove' } },
  ];
}

function chosenCommands(chosen: PathMonitorInfo, hops: CommandSituation['hops']): readonly Command[] {
  const group = 'Chosen target';
  const [phase, ...rest] = pathCommands(chosen);
  return [
    ...(phase === undefined ? [] : [{ ...phase, keys: ['p'] }]),
    ...rest,
    { id: 'copy-table', label: 'Copy the hop table', group, effect: { kind: 'copy-table' } },
    ...LIVE_LENGTHS.map(
      ({ id, label }, place): Command => ({
        id: `focus ${id}`,
        label: id === 'all' ? 'Focus: everything so far' : `Focus: the last ${label}`,
        group: 'Period',
        keys: [String(place + 1)],
        effect: { kind: 'focus', focus: liveFocus(id) },
      }),
    ),
    {
      id: 'focus live',
      label: 'Live: return to now',
      group: 'Period',
      effect: { kind: 'focus', focus: liveFocus('10m') },
    },
    ...hops.map(
      ({ hopLimit, host }): Command => ({
        id: `timeline ${hopLimit}`,
        label: `Timeline of hop ${hopLimit}, ${host}`,
        group: 'Timelines',
        effect: { kind: 'open-timeline', hopLimit },
      }),
    ),
  ];
}

function scenarioCommands(name: string, title: string, paths: readonly PathMonitorInfo[]): readonly Command[] {
  const group = 'Simulated internets';
  const isPlaying = paths.some(({ simulated }) => simulated?.scenario === name);
  return [
    {
      id: `play ${name}`,
      label: `${isPlaying ? 'Play again' : 'Play'}: ${title}`,
      group,
      effect: { kind: 'play', scenario: name },
    },
    ...(isPlaying
      ? [
          {
            id: `stop ${name}`,
            label: `Stop playing: ${title}`,
            group,
            effect: { kind: 'stop', scenario: name },
          } as const,
        ]
      : []),
  ];
}
