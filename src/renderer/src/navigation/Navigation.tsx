import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { ChevronDownIcon } from '../ui/icons.tsx';
import classes from './Navigation.module.css';
import { keysOf } from './shortcuts.ts';
import { useFittingCount } from './use-fitting-count.ts';
import { hashOf, VIEWS, type View, type ViewId } from './views.ts';

/**
 * The views as links, so that they can also be opened beside each other: in one row, whatever room there is. Those that
 * have none in it are under “More”.
 */
export function Navigation({ view }: { readonly view: ViewId }) {
  const listRef = useRef<HTMLUListElement>(null);
  const fitting = useFittingCount(listRef, VIEWS.length);
  return (
    <nav className={classes.navigation} aria-label="Views">
      <ul ref={listRef} className={classes.list}>
        {VIEWS.map((one, place) => {
          // It stands under “More”, and here only to be measured.
          const isBeyond = place >= fitting || undefined;
          return (
            <li key={one.id} className={classes.item} data-beyond={isBeyond} aria-hidden={isBeyond}>
              <ViewLink view={one} isShown={one.id === view} />
            </li>
          );
        })}
        {fitting < VIEWS.length && (
          <li>
            <MoreViews views={VIEWS.slice(fitting)} shown={view} />
          </li>
        )}
      </ul>
    </nav>
  );
}

interface ViewLinkProps {
  readonly view: View;
  readonly isShown: boolean;
  readonly onClick?: () => void;
}

function ViewLink({ view: { id, name }, isShown, onClick }: ViewLinkProps) {
  return (
    <a
      className={classes.link}
      href={hashOf(id)}
      aria-current={isShown ? 'page' : undefined}
      title={`${name} (${keysOf(id).join(' then ')})`}
      onClick={onClick}
    >
      {name}
    </a>
  );
}

/** Links that open below a button, and are gone with the keyboard or a press elsewhere. */
function MoreViews({ views, shown }: { readonly views: readonly View[]; readonly shown: ViewId }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.stopPropagation();
    setOpen(false);
    buttonRef.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys and the focus are those of the button and links in it
    <div className={classes.more} onBlur={onBlur} onKeyDown={onKeyDown}>
      <button
        ref={buttonRef}
        type="button"
        className={classes.link}
        aria-expanded={isOpen}
        aria-controls={id}
        data-current={views.some((one) => one.id === shown) || undefined}
        onClick={() => setOpen(!isOpen)}
      >
        More <ChevronDownIcon size={12} />
      </button>
      <ul id={id} className={classes.menu} aria-label="More views" hidden={!isOpen}>
        {views.map((one) => (
          <li key={one.id}>
            <ViewLink view={one} isShown={one.id === shown} onClick={() => setOpen(false)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
