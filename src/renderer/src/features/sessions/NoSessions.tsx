import type { StoreState } from '../../../../contract/sessions.ts';
import classes from './SessionsView.module.css';
import type { SessionHrefs } from './session-hrefs.ts';

/** What there is to say and to do while nothing was recorded. */
export function NoSessions({
  store: { mode, file },
  hrefs,
}: {
  readonly store: StoreState;
  readonly hrefs: SessionHrefs;
}) {
  return (
    <section className={classes.empty} aria-labelledby="no-sessions">
      <svg className={classes.picture} viewBox="0 0 320 72" aria-hidden="true" focusable="false">
        <path d="M20 12H300M20 36H300M20 60H300" className={classes.rail} />
        <path d="M44 12H128M150 12H214" className={classes.kept} />
        <path d="M70 36H180" className={classes.kept} />
        <path d="M120 60H286" className={classes.kept} />
        <path d="M98 6V18M162 30V42M240 54V66" className={classes.moment} />
      </svg>
      <h3 id="no-sessions" className={classes.emptyTitle}>
        Nothing is recorded yet
      </h3>
      <p className={classes.emptyWords}>
        {mode === 'off' ? (
          file === null ? (
            'This Hopscope keeps no sessions: what it measures here is forgotten when it ends.'
          ) : (
            <>
              Recording is switched off. <a href={hrefs.settings}>Switch it on in the settings</a>, and whatever paths
              measure from then on can be looked at again.
            </>
          )
        ) : (
          <>
            Every path that is watched records itself. <a href={hrefs.paths}>Add one under Paths</a>; here it can be
            looked at again later, named, commented and compared.
          </>
        )}
      </p>
    </section>
  );
}
