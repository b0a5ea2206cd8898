import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from './App.tsx';
import { type EngineConnection, keepConnected } from './connection/engine-connection.ts';
import { AlertStore } from './live-store/alert-store.ts';
import { ExchangeStore } from './live-store/exchange-store.ts';
import { FlightStore } from './live-store/flight-store.ts';
import { followConnection } from './live-store/follow-connection.ts';
import { LiveStore } from './live-store/live-store.ts';
import { OpenSessionStore } from './live-store/open-session-store.ts';
import { PathStore } from './live-store/path-store.ts';
import { formatSessionsAddress } from './live-store/session-address.ts';
import { SessionStore } from './live-store/session-store.ts';
import { SettingsStore } from './live-store/settings-store.ts';
import { SweepStore } from './live-store/sweep-store.ts';
import { TestEngine } from './live-store/test-engine.ts';
import { followPlace } from './navigation/page-place.ts';
import { hashOf, type ViewId } from './navigation/views.ts';

/** What the page of the last test listens with; it hears nothing any more when the next one opens. */
let place: Disposable | null = null;

/**
 * A page on a test engine, at one of its views. `cut` breaks the link and refuses new ones, `heal` lets them through
 * again.
 */
export async function openPage(engine = new TestEngine(), view: ViewId = 'round-trips') {
  place?.[Symbol.dispose]();
  history.replaceState(null, '', hashOf(view));
  const ownPlace = followPlace(window);
  place = ownPlace;
  let reachable = true;
  const connection: EngineConnection = keepConnected({
    openLink: async () => (reachable ? engine.connect() : null),
    nowEpochMs: Date.now,
    after: () => () => {},
  });
  const requestFrame = (callback: () => void) => void queueMicrotask(callback);
  const store = new LiveStore({ requestFrame, nowEpochMs: Date.now });
  const paths = new PathStore({
    requestFrame,
    after: () => () => {},
    isHidden: () => false,
    readFocus: () => null,
    keepFocus: () => {},
  });
  let runs = 0;
  const sweep = new SweepStore({ newRunId: () => `run-${++runs}` });
  const exchange = new ExchangeStore();
  followConnection(connection, store);
  followConnection(connection, paths);
  const alerts = new AlertStore();
  followConnection(connection, alerts);
  const flight = new FlightStore();
  followConnection(connection, flight);
  const sessions = new SessionStore();
  followConnection(connection, sessions);
  const openSession = new OpenSessionStore(
    {
      requestFrame,
      after: () => () => {},
      isHidden: () => false,
      keepFocus: (sessionId, kept) =>
        history.replaceState(null, '', hashOf('sessions', formatSessionsAddress({ kind: 'open', sessionId, kept }))),
    },
    sessions,
  );
  followConnection(connection, openSession);
  const settings = new SettingsStore();
  followConnection(connection, settings);
  render(
    <App
      connection={connection}
      store={store}
      paths={paths}
      sessions={sessions}
      openSession={openSession}
      sweep={sweep}
      settings={settings}
      exchange={exchange}
      alerts={alerts}
      flight={flight}
      askToNotify={async () => 'denied'}
      place={ownPlace}
      styleNonce=""
    />,
  );
  await screen.findByText('Engine connected');
  const user = userEvent.setup({ delay: null });
  return {
    engine,
    connection,
    user,
    /** Where targets of round trips are typed. */
    get field() {
      return screen.getByRole('textbox', { name: 'Targets' });
    },
    card: (target: string) => screen.findByRole('article', { name: target }),
    emit: (...args: Parameters<TestEngine['emit']>) => act(async () => engine.emit(...args)),
    /** Lets something happen in the engine and its words arrive. */
    happen: (what: () => void) =>
      act(async () => {
        what();
        await new Promise((resolve) => setTimeout(resolve));
      }),
    cut: () =>
      act(async () => {
        reachable = false;
        engine.breakLinks();
      }),
    heal: () => {
      reachable = true;
    },
  };
}
