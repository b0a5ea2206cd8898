import classes from './Navigation.module.css';
import { keysOf } from './shortcuts.ts';
import { hashOf, VIEWS, type ViewId } from './views.ts';

/** The views as links, so that they can also be opened beside each other. */
export function Navigation({ view }: { readonly view: ViewId }) {
  return (
    <nav aria-label="Views">
      <ul className={classes.list}>
        {VIEWS.map(({ id, name }) => (
          <li key={id}>
            <a
              className={classes.link}
              href={hashOf(id)}
              aria-current={id === view ? 'page' : undefined}
              title={`${name} (${keysOf(id).join(' then ')})`}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
