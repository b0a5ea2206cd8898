import '@mantine/core/styles.css';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { LINK_PATH } from '../../contract/web-access.ts';
import { App } from './App.tsx';
import { keepAccessToken } from './connection/access-token.ts';
import { openBrowserLink } from './connection/browser-link.ts';
import { alwaysConnected, type EngineConnection, keepConnected } from './connection/engine-connection.ts';
import { createSignalPage, SignalListener } from './features/alerts/signal-page.ts';
import { AlertStore } from './live-store/alert-store.ts';
import { ExchangeStore } from './live-store/exchange-store.ts';
import { FlightStore } from './live-store/flight-store.ts';
import { keepFocus, readFocus } from './live-store/focus-page.ts';
import { followConnection } from './live-store/follow-connection.ts';
import { liveIntervalOf } from './live-store/live-interval.ts';
import { LiveStore } from './live-store/live-store.ts';
import { OpenSessionStore } from './live-store/open-session-store.ts';
import { PathStore } from './live-store/path-store.ts';
import { formatSessionsAddress } from './live-store/session-address.ts';
import { SessionStore } from './live-store/session-store.ts';
import { SettingsStore } from './live-store/settings-store.ts';
import { SweepStore } from './live-store/sweep-store.ts';
import { followPlace } from './navigation/page-place.ts';
import { hashOf } from './navigation/views.ts';

/** How often charts move on without new samples. */
const TICK_MS = 1_000;

function connect(): EngineConnection {
  if (window.hopscope !== undefined) return alwaysConnected(window.hopscope);
  const token = keepAccessToken(window, () => connection.retryNow());
  const linkUrl = `${location.origin.replace(/^http/, 'ws')}${LINK_PATH}`;
  return keepConnected({
    openLink: () =>
      openBrowserLink({
        token,
        openSocket: (protocols) => new WebSocket(linkUrl, protocols),
        fetch: fetch.bind(window),
      }),
    nowEpochMs: Date.now,
    after,
  });
}

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');

const connection = connect();
const place = followPlace(window);
const requestFrame = (callback: () => void) => void requestAnimationFrame(callback);
const store = new LiveStore({ requestFrame, nowEpochMs: Date.now });
const paths = new PathStore({
  requestFrame,
  after,
  liveIntervalMs: liveIntervalOf(location.search),
  // Nobody looks at the chosen path while another view is there.
  isHidden: () => document.hidden || place.get().view !== 'paths',
  readFocus: () => readFocus(window),
  keepFocus: (kept) => keepFocus(window, kept),
});
const sweep = new SweepStore({ newRunId });
const settings = new SettingsStore();
followConnection(connection, settings);
const exchange = new ExchangeStore();
const alerts = new AlertStore();
followConnection(connection, alerts);
const flight = new FlightStore();
followConnection(connection, flight);
const signalPage = createSignalPage(window, {
  isDesktop: window.hopscope !== undefined,
  onLook: (pathId) => {
    if (pathId !== null) paths.choose(pathId);
    place.go(pathId === null ? 'alerts' : 'paths');
  },
});
followConnection(connection, new SignalListener(signalPage));
followConnection(connection, store);
followConnection(connection, paths);
const sessions = new SessionStore();
followConnection(connection, sessions);
const openSession = new OpenSessionStore(
  {
    requestFrame,
    after,
    liveIntervalMs: liveIntervalOf(location.search),
    isHidden: () => document.hidden || place.get().view !== 'sessions',
    keepFocus: (sessionId, kept) => {
      const query = formatSessionsAddress({ kind: 'open', sessionId, kept });
      history.replaceState(history.state, '', hashOf('sessions', query));
    },
  },
  sessions,
);
followConnection(connection, openSession);
document.addEventListener('visibilitychange', paths.visibilityChanged);
place.subscribe(paths.visibilityChanged);
document.addEventListener('visibilitychange', openSession.visibilityChanged);
place.subscribe(openSession.visibilityChanged);
setInterval(() => store.tick(), TICK_MS);
addEventListener('online', () => connection.retryNow());
createRoot(root).render(
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
    askToNotify={signalPage.askToNotify}
    place={place}
    styleNonce={readStyleNonce()}
  />,
);

/** The host writes it into the page, so that the style elements of the UI kit are allowed under its policy. */
function readStyleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Random enough among the pages of one engine; `randomUUID` is refused to pages that came unencrypted. */
function newRunId(): string {
  return `sweep-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}
