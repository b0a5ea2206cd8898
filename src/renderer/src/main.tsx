import '@mantine/core/styles.css';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { alwaysConnected, type EngineConnection, keepConnected } from './connection/engine-connection.ts';
import { openWebSocketLink } from './connection/web-socket-link.ts';
import { followConnection } from './live-store/follow-connection.ts';
import { LiveStore } from './live-store/live-store.ts';

/** How often charts move on without new samples. */
const TICK_MS = 1_000;

function connect(): EngineConnection {
  if (window.hopscope !== undefined) return alwaysConnected(window.hopscope);
  return keepConnected({
    openLink: () => openWebSocketLink(new WebSocket(`${location.origin.replace(/^http/, 'ws')}/link`)),
    nowEpochMs: Date.now,
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  });
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');

const connection = connect();
const store = new LiveStore({
  requestFrame: (callback) => void requestAnimationFrame(callback),
  nowEpochMs: Date.now,
});
followConnection(connection, store);
setInterval(() => store.tick(), TICK_MS);
addEventListener('online', () => connection.retryNow());
createRoot(root).render(<App connection={connection} store={store} styleNonce={readStyleNonce()} />);

/** The host writes it into the page, so that the style elements of the UI kit are allowed under its policy. */
function readStyleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
