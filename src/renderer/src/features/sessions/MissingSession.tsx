import { Anchor } from '@mantine/core';
import classes from './SessionsView.module.css';

/** What stands in the place of a session that is not there. */
export function MissingSession({ listHref }: { readonly listHref: string }) {
  return (
    <section className={classes.empty} aria-labelledby="no-such-session">
      <h3 id="no-such-session" className={classes.emptyTitle}>
        There is no such session
      </h3>
      <p className={classes.emptyWords}>
        It may have been deleted, or be one of another machine.{' '}
        <Anchor inherit href={listHref}>
          Look at all sessions
        </Anchor>
      </p>
    </section>
  );
}
