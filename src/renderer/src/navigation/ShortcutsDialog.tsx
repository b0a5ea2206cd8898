import { Button, Kbd, Switch } from '@mantine/core';
import { useEffect, useRef } from 'react';
import classes from './ShortcutsDialog.module.css';
import { SHORTCUTS } from './shortcuts.ts';

interface ShortcutsDialogProps {
  readonly isOpen: boolean;
  /** Whether single keys do something; people who speak to their computer switch them off (WCAG 2.2, 2.1.4). */
  readonly areOn: boolean;
  readonly onSwitch: (areOn: boolean) => void;
  readonly onClose: () => void;
}

/** Every shortcut, and the switch for all of them. */
export function ShortcutsDialog({ isOpen, areOn, onSwitch, onClose }: ShortcutsDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null || dialog.open === isOpen) return;
    if (!isOpen) {
      dialog.close();
      return;
    }
    dialog.showModal();
    // The switch at its end has the keyboard; who opened the list wants to read it from its beginning.
    dialog.scrollTop = 0;
  }, [isOpen]);
  return (
    <dialog ref={ref} className={classes.dialog} aria-labelledby="shortcuts-title" onClose={onClose}>
      <h2 id="shortcuts-title" className={classes.title}>
        Keyboard shortcuts
      </h2>
      {SHORTCUTS.map(({ title, shortcuts }) => (
        <section key={title}>
          <h3 className={classes.group}>{title}</h3>
          <dl className={classes.list}>
            {shortcuts.map(({ keys, areAlternatives = false, does }) => (
              <div key={does} className={classes.row}>
                <dt>
                  {keys.map((key, index) => (
                    <span key={key}>
                      {index > 0 && <span className={classes.then}>{areAlternatives ? 'or' : 'then'}</span>}
                      <Kbd size="sm" className={classes.key}>
                        {key}
                      </Kbd>
                    </span>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <div className={classes.foot}>
        <Switch
          label="Single keys do something"
          checked={areOn}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
        />
        <Button size="xs" variant="default" onClick={() => ref.current?.close()}>
          Close
        </Button>
      </div>
    </dialog>
  );
}
