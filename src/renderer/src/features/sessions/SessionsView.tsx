import { Button } from '@mantine/core';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Session } from '../../../../contract/sessions.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import type { SessionStore } from '../../live-store/session-store.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { WarningIcon } from '../../ui/icons.tsx';
import { NoSessions } from './NoSessions.tsx';
import { RemovalNotice } from './RemovalNotice.tsx';
import { SessionList } from './SessionList.tsx';
import classes from './SessionsView.module.css';
import type { SessionHrefs } from './session-hrefs.ts';
import { storeWords } from './store-words.ts';
import { useSessionActions } from './use-session-actions.ts';

interface SessionsViewProps {
  readonly store: SessionStore;
  readonly platform: Platform;
  readonly connected: boolean;
  readonly hrefs: SessionHrefs;
  /** Asks for a report on a session, or for it as a file. */
  readonly onReport: (session: Session) => void;
}

/** Everything that was recorded, and how it is kept. */
export function SessionsView({ store, platform, connected, hrefs, onReport }: SessionsViewProps) {
  const list = useSyncExternalStore(store.subscribe, store.getList);
  const failure = useSyncExternalStore(store.subscribe, store.getFailure);
  const removal = useSyncExternalStore(store.subscribe, store.getRemoval);
  const limits = useSettings();
  const actions = useSessionActions(store);
  const [removedHere, setRemovedHere] = useState<typeof removal>(null);
  // Those of the flight recorder are told by itself.
  const own = useMemo(() => list?.sessions.filter(({ flight }) => flight === null) ?? [], [list]);
  const words = list === null ? null : storeWords(list.store, own.length, limits);
  return (
    <>
      <StreamFailureNotice
        failure={failure}
        consequence="The list of sessions is not kept up to date."
        platform={platform}
        onRetry={store.retry}
      />
      {words?.trouble != null && (
        <p className={classes.trouble} role="status">
          <WarningIcon size={16} />
          {words.trouble}
        </p>
      )}
      {actions.refused !== null && (
        <FailureNotice
          explanation={{
            ...describeFailure(actions.refused.failure, platform),
            title: `${actions.refused.what}: ${describeFailure(actions.refused.failure, platform).title}`,
          }}
          action={
            <Button size="compact-xs" variant="default" onClick={actions.dismiss}>
              Dismiss
            </Button>
          }
        />
      )}
      {removal !== null && (
        <RemovalNotice
          removal={removal}
          isNew={removal === removedHere}
          onUndo={() => void actions.restore()}
          onDismiss={store.forgetRemoval}
        />
      )}
      {list === null && connected && failure === null && <p className={classes.note}>Asking for the sessions…</p>}
      {list !== null && own.length === 0 && <NoSessions store={list.store} hrefs={hrefs} />}
      {own.length > 0 && (
        <SessionList
          sessions={own}
          connected={connected}
          hrefs={hrefs}
          onReport={onReport}
          onChange={(session, changed) => void actions.change(session, changed)}
          onRemove={(sessions) =>
            void actions.remove(sessions).then((isDone) => isDone && setRemovedHere(store.getRemoval()))
          }
        />
      )}
      {words !== null && <p className={classes.note}>{words.state}</p>}
    </>
  );
}
