import { MantineProvider } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import iconUrl from '../../../resources/icon.svg';
import classes from './App.module.css';
import { ConnectionBadge } from './connection/ConnectionBadge.tsx';
import { ConnectionNotice } from './connection/ConnectionNotice.tsx';
import type { EngineConnection } from './connection/engine-connection.ts';
import { useAbout } from './connection/use-about.ts';
import { FaultBoundary } from './failures/FaultBoundary.tsx';
import { MonitorView } from './features/monitor/MonitorView.tsx';
import type { LiveStore } from './live-store/live-store.ts';
import { ThemeSwitch } from './ui/ThemeSwitch.tsx';
import { colorSchemeManager, theme } from './ui/theme.ts';

interface AppProps {
  readonly connection: EngineConnection;
  readonly store: LiveStore;
  /** For the style elements that the UI kit makes; empty where no policy asks for one. */
  readonly styleNonce: string;
}

export function App({ connection, store, styleNonce }: AppProps) {
  const state = useSyncExternalStore(connection.subscribe, connection.getState);
  const client = state.phase === 'connected' ? state.client : null;
  const { version, platform } = useAbout(client);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      getStyleNonce={() => styleNonce}
    >
      <header className={classes.header}>
        <img className={classes.icon} src={iconUrl} alt="" width={26} height={26} />
        <h1 className={classes.name}>Hopscope</h1>
        {version !== null && <span className={classes.version}>{version}</span>}
        <div className={classes.space} />
        <ConnectionBadge state={state} />
        <ThemeSwitch />
      </header>
      <main className={classes.main}>
        <ConnectionNotice state={state} platform={platform} onRetry={connection.retryNow} />
        <FaultBoundary platform={platform}>
          <MonitorView client={client} store={store} platform={platform} />
        </FaultBoundary>
      </main>
    </MantineProvider>
  );
}
