import { useSyncExternalStore } from 'react';
import type { Platform, SimulatedInternet } from '../../contract/system.ts';
import { AppSessionsView } from './AppSessionsView.tsx';
import type { EngineClient } from './connection/engine-client.ts';
import { StreamFailureNotice } from './failures/StreamFailureNotice.tsx';
import { AlertsView } from './features/alerts/AlertsView.tsx';
import type { AlertMoment } from './features/alerts/alert-words.ts';
import { DoctorView } from './features/doctor/DoctorView.tsx';
import type { Doctor } from './features/doctor/use-doctor.ts';
import { LearnView } from './features/learn/LearnView.tsx';
import { LessonPanel } from './features/learn/LessonPanel.tsx';
import type { Demo } from './features/learn/use-demo.ts';
import { MonitorView } from './features/monitor/MonitorView.tsx';
import { OverviewView } from './features/overview/OverviewView.tsx';
import { PathWorkspace } from './features/path/PathWorkspace.tsx';
import { ReportHost } from './features/report/ReportHost.tsx';
import { SettingsView } from './features/settings/SettingsView.tsx';
import { SocketsView } from './features/sockets/SocketsView.tsx';
import { SweepView } from './features/sweep/SweepView.tsx';
import type { AlertStore } from './live-store/alert-store.ts';
import type { ExchangeStore } from './live-store/exchange-store.ts';
import type { FlightStore } from './live-store/flight-store.ts';
import type { LiveStore } from './live-store/live-store.ts';
import type { OpenSessionStore } from './live-store/open-session-store.ts';
import type { PathStore } from './live-store/path-store.ts';
import type { SessionStore } from './live-store/session-store.ts';
import type { SettingsStore } from './live-store/settings-store.ts';
import type { SweepStore } from './live-store/sweep-store.ts';
import { hashOf, type ViewId } from './navigation/views.ts';

/** What the page knows of the engine; it outlives the views that show it. */
export interface AppStores {
  readonly store: LiveStore;
  readonly paths: PathStore;
  readonly sessions: SessionStore;
  readonly openSession: OpenSessionStore;
  readonly sweep: SweepStore;
  readonly settings: SettingsStore;
  readonly exchange: ExchangeStore;
  readonly alerts: AlertStore;
  readonly flight: FlightStore;
}

interface AppViewProps extends AppStores {
  readonly view: ViewId;
  /** What the address hands to it, as in the query of an address. */
  readonly query: string;
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly platform: Platform;
  /** The simulated internet that the engine is in; null in the network. */
  readonly simulated: SimulatedInternet | null;
  readonly doctor: Doctor;
  readonly demo: Demo;
  /** Shows a path, whatever view is there. */
  readonly onShowPath: (pathId: string) => void;
  /** Shows the time around an alert on its path. */
  readonly onShowMoment: (moment: AlertMoment) => void;
  readonly askToNotify: () => Promise<NotificationPermission>;
  /** Goes to a place of the sessions. */
  readonly onShowSessions: (query: string) => void;
}

/** The view that is looked at. The others are not there, so that they cost nothing. */
export function AppView(props: AppViewProps) {
  const { view, query, client, platform, simulated, doctor, demo, onShowPath, onShowSessions } = props;
  const { store, paths, sessions, openSession, sweep, exchange, settings, alerts } = props;
  const connected = client !== null;
  switch (view) {
    case 'paths':
      return (
        <ReportHost client={client} platform={platform}>
          {(onReport) => (
            <PathWorkspace
              client={client}
              store={paths}
              platform={platform}
              simulated={simulated}
              sweepHref={hashOf('sweep')}
              learnHref={hashOf('learn')}
              alerts={alerts}
              {...(demo.scenarios === null ? {} : { scenarios: demo.scenarios })}
              onPlay={(scenario) => void demo.play(scenario, 60)}
              lesson={
                <LessonPanel
                  demo={demo}
                  client={client}
                  store={paths}
                  platform={platform}
                  learnHref={hashOf('learn')}
                />
              }
              onReport={({ pathId, target }) => {
                const { report } = paths.getView();
                onReport({ of: { pathId }, title: target, shown: report });
              }}
            />
          )}
        </ReportHost>
      );
    case 'round-trips':
      return <RoundTrips client={client} store={store} platform={platform} simulated={simulated} />;
    case 'overview':
      return <OverviewView store={paths} platform={platform} connected={connected} pathsHref={hashOf('paths')} />;
    case 'sessions':
      return (
        <AppSessionsView
          query={query}
          sessions={sessions}
          openSession={openSession}
          alerts={alerts}
          flight={props.flight}
          platform={platform}
          client={client}
          onShowPath={onShowPath}
          onGo={onShowSessions}
        />
      );
    case 'alerts':
      return (
        <AlertsView
          client={client}
          store={alerts}
          paths={paths}
          platform={platform}
          askToNotify={props.askToNotify}
          onShow={props.onShowMoment}
        />
      );
    case 'sweep': {
      // Ranges that a link asks it to begin with.
      const ranges = new URLSearchParams(query).get('ranges');
      return (
        <SweepView
          key={ranges}
          client={client}
          sweep={sweep}
          paths={paths}
          platform={platform}
          ranges={ranges}
          pathsHref={hashOf('paths')}
        />
      );
    }
    case 'sockets':
      return <SocketsView client={client} exchange={exchange} platform={platform} isSimulated={simulated !== null} />;
    case 'learn':
      return <LearnView demo={demo} store={paths} connected={connected} platform={platform} onShow={onShowPath} />;
    case 'doctor':
      return <DoctorView doctor={doctor} client={client} platform={platform} isSimulated={simulated !== null} />;
    case 'settings':
      return <SettingsView client={client} store={settings} platform={platform} />;
  }
}

function RoundTrips(props: Pick<AppViewProps, 'client' | 'store' | 'platform' | 'simulated'>) {
  const { store, platform } = props;
  const listFailure = useSyncExternalStore(store.subscribeMonitors, store.getListFailure);
  return (
    <>
      <StreamFailureNotice
        failure={listFailure}
        consequence="The list of targets is not kept up to date."
        platform={platform}
        onRetry={store.retryList}
      />
      <MonitorView {...props} sweepHref={hashOf('sweep')} />
    </>
  );
}
