import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { Platform } from '../../contract/system.ts';
import type { EngineClient } from './connection/engine-client.ts';
import { FlightRecorder } from './features/flight/FlightRecorder.tsx';
import { SessionWorkspace } from './features/path/SessionWorkspace.tsx';
import { ImportButton } from './features/report/ImportButton.tsx';
import { ReportHost } from './features/report/ReportHost.tsx';
import { subjectOfSession } from './features/report/report-choices.ts';
import { CompareView } from './features/sessions/CompareView.tsx';
import { splitAt } from './features/sessions/compare-periods.ts';
import { MissingSession } from './features/sessions/MissingSession.tsx';
import { SessionHeader } from './features/sessions/SessionHeader.tsx';
import { SessionsView } from './features/sessions/SessionsView.tsx';
import type { SessionHrefs } from './features/sessions/session-hrefs.ts';
import { sessionTitle } from './format/session-words.ts';
import type { AlertStore } from './live-store/alert-store.ts';
import type { FlightStore } from './live-store/flight-store.ts';
import type { OpenSessionStore } from './live-store/open-session-store.ts';
import {
  formatSessionsAddress,
  parseSessionsAddress,
  periodOfFocus,
  type SessionsAddress,
  WHOLE_SESSION,
} from './live-store/session-address.ts';
import type { SessionStore } from './live-store/session-store.ts';
import { hashOf } from './navigation/views.ts';

interface AppSessionsViewProps {
  /** What the address hands to the view. */
  readonly query: string;
  readonly sessions: SessionStore;
  readonly openSession: OpenSessionStore;
  /** Alerts, to be marked on the timelines of a session. */
  readonly alerts: AlertStore;
  /** What is recorded always. */
  readonly flight: FlightStore;
  readonly platform: Platform;
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  /** Shows a path, whatever view is there. */
  readonly onShowPath: (pathId: string) => void;
  /** Goes to another place of this view. */
  readonly onGo: (query: string) => void;
}

const HREFS: SessionHrefs = {
  sessions: hashOf('sessions'),
  paths: hashOf('paths'),
  settings: hashOf('settings'),
  open: (sessionId) => hrefTo({ kind: 'open', sessionId, kept: WHOLE_SESSION }),
  openAt: ({ sessionId, fromEpochMs, toEpochMs }) => {
    const isPeriod = fromEpochMs !== null && toEpochMs !== null;
    const kept = isPeriod ? { focus: { kind: 'period', fromEpochMs, toEpochMs } as const, span: ALL } : WHOLE_SESSION;
    return hrefTo({ kind: 'open', sessionId, kept });
  },
  compare: (before, after) => hrefTo({ kind: 'compare', before, after }),
};

/** What the timelines show around a period: the whole session. */
const ALL = WHOLE_SESSION.focus;

function hrefTo(address: SessionsAddress): string {
  return hashOf('sessions', formatSessionsAddress(address));
}

/** The list of sessions, or what of it the address opens. */
export function AppSessionsView(props: AppSessionsViewProps) {
  const { query, sessions, openSession, alerts, flight, platform, client, onShowPath, onGo } = props;
  const connected = client !== null;
  const address = useMemo(() => parseSessionsAddress(query), [query]);
  const opened = address.kind === 'open' ? address.sessionId : '';
  const splitHref = useCallback((at: number) => HREFS.compare(...splitAt(opened, Math.round(at))), [opened]);
  switch (address.kind) {
    case 'compare':
      return (
        <CompareView
          client={client}
          store={sessions}
          platform={platform}
          hrefs={HREFS}
          before={address.before}
          after={address.after}
          onPick={(before, after) => onGo(formatSessionsAddress({ kind: 'compare', before, after }))}
        />
      );
    case 'list':
      return (
        <ReportHost client={client} platform={platform}>
          {(onReport) => (
            <>
              <FlightRecorder
                store={flight}
                sessions={sessions}
                platform={platform}
                connected={connected}
                hrefs={HREFS}
                onReport={(session) => onReport(subjectOfSession(session, sessionTitle(session)))}
              />
              <ImportButton client={client} platform={platform} />
              <SessionsView
                store={sessions}
                platform={platform}
                connected={connected}
                hrefs={HREFS}
                onReport={(session) => onReport(subjectOfSession(session, sessionTitle(session)))}
              />
            </>
          )}
        </ReportHost>
      );
    case 'open':
      return (
        <ReportHost client={client} platform={platform}>
          {(onReport) => (
            <SessionWorkspace
              key={address.sessionId}
              client={client}
              sessionId={address.sessionId}
              kept={address.kept}
              store={openSession}
              alerts={alerts}
              platform={platform}
              header={(session, focus) => (
                <SessionHeader session={session} listHref={HREFS.sessions} onShowPath={onShowPath}>
                  <Button
                    size="compact-sm"
                    fz={12}
                    variant="default"
                    disabled={!connected}
                    onClick={() =>
                      onReport({
                        of: { sessionId: session.sessionId },
                        title: sessionTitle(session),
                        shown: openSession.getView().report,
                      })
                    }
                  >
                    Report…
                  </Button>
                  <Button
                    component="a"
                    size="compact-sm"
                    fz={12}
                    variant="default"
                    title="Compare the period in focus with another one, or with another session"
                    href={HREFS.compare(periodOfFocus(session.sessionId, focus, session.toEpochMs ?? 0), null)}
                  >
                    Compare…
                  </Button>
                </SessionHeader>
              )}
              splitHref={splitHref}
              missing={<MissingSession listHref={HREFS.sessions} />}
            />
          )}
        </ReportHost>
      );
  }
}
