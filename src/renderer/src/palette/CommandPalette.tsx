import { Kbd } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { formatQuantity } from '../format/count.ts';
import { useRemembered } from '../ui/use-remembered.ts';
import classes from './CommandPalette.module.css';
import type { Command, CommandEffect } from './commands.ts';
import { foundCommands, parseRecent, withUsed } from './found-commands.ts';

interface CommandPaletteProps {
  readonly isOpen: boolean;
  readonly commands: readonly Command[];
  readonly onRun: (effect: CommandEffect) => void;
  readonly onClose: () => void;
}

/** Everything that can be done, found by typing: a combobox in a dialog (ARIA Authoring Practices, list autocomplete). */
export function CommandPalette({ isOpen, commands, onRun, onClose }: CommandPaletteProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null || dialog.open === isOpen) return;
    if (isOpen) dialog.showModal();
    else dialog.close();
  }, [isOpen]);
  return (
    <dialog
      ref={ref}
      className={classes.dialog}
      aria-label="Commands"
      onClose={onClose}
      // A press beside it is one on the dialog itself, whose inside is all filled.
      onMouseDown={(event) => {
        if (event.target === ref.current) ref.current.close();
      }}
    >
      {isOpen && (
        <Search
          commands={commands}
          onRun={(effect) => {
            // Closed first: what it does may take the keyboard, which closing gives back.
            ref.current?.close();
            onRun(effect);
          }}
          onLeave={() => ref.current?.close()}
        />
      )}
    </dialog>
  );
}

interface SearchProps {
  readonly commands: readonly Command[];
  readonly onRun: (effect: CommandEffect) => void;
  readonly onLeave: () => void;
}

function Search({ commands, onRun, onLeave }: SearchProps) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const [kept, keep] = useRemembered('hopscope-commands', '');
  const recent = useMemo(() => parseRecent(kept), [kept]);
  const groups = useMemo(() => foundCommands(commands, recent, typed), [commands, recent, typed]);
  const all = groups.flatMap((group) => group.commands);
  const chosen = all[Math.min(active, all.length - 1)];
  const id = useId();
  const optionId = (command: Command) => `${id}-${all.indexOf(command)}`;
  const chosenId = chosen === undefined ? undefined : optionId(chosen);

  useEffect(() => {
    if (chosenId !== undefined) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);

  const run = (command: Command) => {
    keep(withUsed(recent, command.id).join('\n'));
    onRun(command.effect);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, nativeEvent } = event;
    if (nativeEvent.isComposing) return;
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'k') {
      event.preventDefault();
      onLeave();
      return;
    }
    if (key === 'Enter') {
      event.preventDefault();
      if (chosen !== undefined) run(chosen);
      return;
    }
    const to = moved(key, Math.min(active, all.length - 1), all.length);
    if (to === null) return;
    event.preventDefault();
    setActive(to);
  };

  return (
    <div className={classes.palette}>
      <input
        className={classes.field}
        type="text"
        role="combobox"
        aria-label="Find a command, or type a target"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosenId}
        aria-autocomplete="list"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
        autoFocus
        placeholder="Find a command, or type a target"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <p className={classes.count} role="status">
        {all.length === 0
          ? 'No command fits. A name or address can be typed here too.'
          : formatQuantity(all.length, 'command')}
      </p>
      <div id={`${id}-list`} className={classes.list} role="listbox" aria-label="Commands">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox, not of fields
          <div key={group.title} role="group" aria-label={group.title}>
            <div className={classes.group} aria-hidden="true">
              {group.title}
            </div>
            {group.commands.map((command) => (
              <div
                key={command.id}
                id={optionId(command)}
                className={classes.option}
                role="option"
                tabIndex={-1}
                aria-selected={command === chosen}
                onMouseMove={() => setActive(all.indexOf(command))}
                // The keyboard stays in the field.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => run(command)}
                onKeyDown={() => {}}
              >
                <span className={classes.label}>{command.label}</span>
                {command.keys !== undefined && (
                  <span className={classes.keys} aria-hidden="true">
                    {command.keys.map((key) => (
                      <Kbd key={key} size="xs">
                        {key}
                      </Kbd>
                    ))}
                  </span>
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Where a key leads in a list; null for a key that leads nowhere. */
function moved(key: string, from: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (from + 1) % count;
    case 'ArrowUp':
      return (from - 1 + count) % count;
    case 'PageDown':
      return Math.min(count - 1, from + 8);
    case 'PageUp':
      return Math.max(0, from - 8);
    default:
      return null;
  }
}
