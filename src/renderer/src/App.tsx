import { ActionIcon, MantineProvider } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import iconUrl from '../../../resources/icon.svg';
import type { DemoScenario } from '../../contract/demo.ts';
import classes from './App.module.css';
import { type AppStores, AppView } from './AppView.tsx';
import { ConnectionBadge } from './connection/ConnectionBadge.tsx';
import { ConnectionNotice } from './connection/ConnectionNotice.tsx';
import type { EngineConnection } from './connection/engine-connection.ts';
import { useAbout } from './connection/use-about.ts';
import { CureAbove } from './failures/cure-above.ts';
import { FaultBoundary } from './failures/FaultBoundary.tsx';
import type { AlertMoment } from './features/alerts/alert-words.ts';
import { muteReason } from './features/doctor/doctor-findings.ts';
import { RightsNotice } from './features/doctor/RightsNotice.tsx';
import { useDoctor } from './features/doctor/use-doctor.ts';
import { useResumeRefused } from './features/doctor/use-resume-refused.ts';
import { useDemo } from './features/learn/use-demo.ts';
import { followTheme } from './live-store/followed-theme.ts';
import { SettingsContext } from './live-store/settings-context.ts';
import { Navigation } from './navigation/Navigation.tsx';
import type { PagePlace } from './navigation/page-place.ts';
import { ShellCommands } from './navigation/ShellCommands.tsx';
import { ShortcutsDialog } from './navigation/ShortcutsDialog.tsx';
import { useShortcuts } from './navigation/use-shortcuts.ts';
import { ViewArrivals } from './navigation/view-arrivals.ts';
import { findView, hashOf } from './navigation/views.ts';
import { Commands, OutcomeNotice } from './palette/Commands.tsx';
import { usePageActions } from './palette/use-page-actions.ts';
import { CommandsIcon, QuestionIcon } from './ui/icons.tsx';
import { SimulatedMark } from './ui/SimulatedMark.tsx';
import { ThemeSwitch } from './ui/ThemeSwitch.tsx';
import { theme } from './ui/theme.ts';

const NO_SCENARIOS: readonly DemoScenario[] = [];

interface AppProps extends AppStores {
  readonly connection: EngineConnection;
  readonly place: PagePlace;
  /** Asks the browser whether this page may notify; gives what is so then. */
  readonly askToNotify: () => Promise<NotificationPermission>;
  /** For the style elements that the UI kit makes; empty where no policy asks for one. */
  readonly styleNonce: string;
}

export function App(props: AppProps) {
  const {
    connection,
    store,
    paths,
    sessions,
    openSession,
    sweep,
    exchange,
    alerts,
    flight,
    settings: settingsStore,
    place,
    styleNonce,
  } = props;
  const state = useSyncExternalStore(connection.subscribe, connection.getState);
  const { view, query } = useSyncExternalStore(place.subscribe, place.get);
  const client = state.phase === 'connected' ? state.client : null;
  const { version, platform, simulated } = useAbout(client);
  const doctor = useDoctor(client, Date.now);
  useResumeRefused(client, doctor.report, store, paths);

  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const settings = useSyncExternalStore(settingsStore.subscribe, settingsStore.getSettings);
  const [colorSchemeManager] = useState(() => followTheme(settingsStore, window));
  useEffect(() => {
    document.documentElement.dataset.motion = settings.motion;
  }, [settings.motion]);
  const onShowHelp = useCallback(() => setIsHelpOpen(true), []);
  const [areCommandsOpen, setAreCommandsOpen] = useState(false);
  const onShowCommands = useCallback(() => setAreCommandsOpen(true), []);
  const onShowPath = useCallback(
    (pathId: string) => {
      paths.choose(pathId);
      place.go('paths');
    },
    [paths, place],
  );
  const onShowMoment = useCallback(
    ({ pathId, fromEpochMs, toEpochMs }: AlertMoment) => {
      paths.setFocus({ kind: 'period', fromEpochMs, toEpochMs });
      onShowPath(pathId);
    },
    [paths, onShowPath],
  );
  const onShowSessions = useCallback((asked: string) => place.go('sessions', asked), [place]);
  const demo = useDemo(client, onShowPath);
  const { checkAgain } = doctor;
  const [arrivals] = useState(() => new ViewArrivals(place, view));
  const actions = usePageActions({
    client,
    place,
    arrivals,
    paths,
    openSession,
    demo,
    checkAgain,
    onShowHelp,
    onShowCommands,
  });
  const { run } = actions;
  useShortcuts(settings.shortcuts, run);
  const onTypeTarget = useCallback(() => void run({ kind: 'type-target' }), [run]);

  const cureAbove = useMemo(
    () => (view === 'doctor' ? null : (muteReason(doctor.report)?.cure ?? null)),
    [view, doctor.report],
  );
  const { name } = findView(view);
  const isSimulated = simulated !== null;
  const headingRef = useRef<HTMLHeadingElement>(null);
  const shownView = useRef(view);
  useEffect(() => {
    document.title = `${name} · Hopscope${isSimulated ? ' (simulated)' : ''}`;
    if (shownView.current === view) return;
    shownView.current = view;
    // What was focused is gone; a screen reader goes on at the name of what has come.
    headingRef.current?.focus();
    scrollTo(0, 0);
    arrivals.arrive(view);
  }, [name, view, isSimulated, arrivals]);

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
        {simulated !== null && <SimulatedMark title={simulated.title} />}
        <Navigation view={view} />
        <div className={classes.tools}>
          <ConnectionBadge state={state} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Commands"
            title="Commands (Ctrl + K)"
            onClick={onShowCommands}
          >
            <CommandsIcon />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Keyboard shortcuts"
            title="Keyboard shortcuts (?)"
            onClick={onShowHelp}
          >
            <QuestionIcon />
          </ActionIcon>
          <div className={classes.theme}>
            <ThemeSwitch />
          </div>
        </div>
      </header>
      <main className={classes.main} data-view={view}>
        <div className={classes.headline}>
          <h2 ref={headingRef} className={classes.heading} tabIndex={-1}>
            {name}
          </h2>
          {simulated !== null && <SimulatedMark title={simulated.title} isTitled />}
        </div>
        <ConnectionNotice state={state} platform={platform} onRetry={connection.retryNow} />
        {view !== 'doctor' && <RightsNotice doctor={doctor} doctorHref={hashOf('doctor')} />}
        <OutcomeNotice outcome={actions.outcome} platform={platform} onDismiss={actions.dismiss} />
        <FaultBoundary key={view} platform={platform}>
          <CureAbove value={cureAbove}>
            <SettingsContext value={settings}>
              <AppView
                view={view}
                query={query}
                client={client}
                platform={platform}
                simulated={simulated}
                doctor={doctor}
                demo={demo}
                onShowPath={onShowPath}
                onShowMoment={onShowMoment}
                askToNotify={props.askToNotify}
                onShowSessions={onShowSessions}
                store={store}
                paths={paths}
                sessions={sessions}
                openSession={openSession}
                sweep={sweep}
                exchange={exchange}
                alerts={alerts}
                flight={flight}
                settings={settingsStore}
              />
            </SettingsContext>
          </CureAbove>
        </FaultBoundary>
      </main>
      <ShellCommands
        client={client}
        place={place}
        paths={paths}
        onTypeTarget={onTypeTarget}
        onShowShortcuts={onShowHelp}
      />
      <Commands
        isOpen={areCommandsOpen}
        paths={paths}
        scenarios={demo.scenarios ?? NO_SCENARIOS}
        run={run}
        onClose={() => setAreCommandsOpen(false)}
      />
      <ShortcutsDialog
        isOpen={isHelpOpen}
        areOn={settings.shortcuts}
        onSwitch={(areOn) => void settingsStore.change({ shortcuts: areOn })}
        onClose={() => setIsHelpOpen(false)}
      />
    </MantineProvider>
  );
}
