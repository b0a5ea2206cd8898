import { fuzzyFit } from '../format/fuzzy.ts';
import { type Command, typedTargets } from './commands.ts';

/** Most commands used last that stand before the others. */
const SHOWN_RECENT = 5;

/** Most that are kept. */
const KEPT_RECENT = 12;

/** Most that are offered for what was typed; who looks further types another letter. */
const MOST_FOUND = 40;

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

/**
 * What the palette shows: with nothing typed everything in its groups, those used last in front; else what fits what
 * was typed, best first and of equals the one used last, in front of it to watch what was typed when it is a target.
 */
export function foundCommands(
  commands: readonly Command[],
  recent: readonly string[],
  typed: string,
): readonly CommandGroup[] {
  if (typed.trim() === '') return unsearched(commands, recent);
  const place = (id: string) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const found = commands
    .map((command) => ({ command, fit: fuzzyFit(typed, command.label) }))
    .filter((one): one is { command: Command; fit: number } => one.fit !== null)
    .sort((one, other) => other.fit - one.fit || place(one.command.id) - place(other.command.id))
    .slice(0, MOST_FOUND)
    .map(({ command }) => command);
  const target = typedTargets(typed);
  const all = target === null ? found : [target, ...found];
  return all.length === 0 ? [] : [{ title: 'Found', commands: all }];
}

function unsearched(commands: readonly Command[], recent: readonly string[]): readonly CommandGroup[] {
  const used = recent
    .map((id) => commands.find((command) => command.id === id))
    .filter((command) => command !== undefined)
    .slice(0, SHOWN_RECENT);
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    if (used.includes(command)) continue;
    const group = groups.get(command.group) ?? [];
    group.push(command);
    groups.set(command.group, group);
  }
  return [
    ...(used.length === 0 ? [] : [{ title: 'Used last', commands: used }]),
    ...[...groups].map(([title, own]) => ({ title, commands: own })),
  ];
}

/** The commands used last once one more was used, the newest first. */
export function withUsed(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((one) => one !== id)].slice(0, KEPT_RECENT);
}

/** As it was kept; anything else is nothing. */
export function parseRecent(kept: string): readonly string[] {
  return kept.split('\n').filter((id) => id !== '');
}
