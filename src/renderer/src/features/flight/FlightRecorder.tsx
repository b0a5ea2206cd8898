import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useMemo, useState, useSyncExternalStore } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import { AROUND_WORDS } from '../../../../contract/describe-incident.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { Session } from '../../../../contract/sessions.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import { parseTargets } from '../../format/parse-targets.ts';
import type { FlightStore } from '../../live-store/flight-store.ts';
import type { SessionStore } from '../../live-store/session-store.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './FlightRecorder.module.css';
import { capWords, flightRows, incidentRows, rateWords, restSessions } from './flight-rows.ts';
import { IncidentList } from './IncidentList.tsx';
import { RestList } from './RestList.tsx';

/** Where its links lead; the feature does not know the addresses of views. */
export interface FlightHrefs {
  readonly settings: string;
  readonly open: (sessionId: string) => string;
  /** The same with a period in focus. */
  readonly openAt: (period: { sessionId: string; fromEpochMs: number; toEpochMs: number }) => string;
}

interface FlightRecorderProps {
  readonly store: FlightStore;
  readonly sessions: SessionStore;
  readonly platform: Platform;
  readonly connected: boolean;
  readonly hrefs: FlightHrefs;
  readonly onReport: (session: Session) => void;
}

/** Something that was refused, and what. */
interface Refused {
  readonly what: string;
  readonly failure: Failure;
}

const NONE: readonly Session[] = [];

/** What is recorded always, and the incidents that were filed. */
export function FlightRecorder({ store, sessions, platform, connected, hrefs, onReport }: FlightRecorderProps) {
  const state = useSyncExternalStore(store.subscribe, store.getState);
  const failure = useSyncExternalStore(store.subscribe, store.getFailure);
  const all = useSyncExternalStore(sessions.subscribe, sessions.getList)?.sessions ?? NONE;
  const settings = useSettings();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const rows = useMemo(() => flightRows(state?.targets ?? [], all, platform), [state, all, platform]);
  const incidents = useMemo(() => incidentRows(all), [all]);
  const rest = useMemo(() => restSessions(all), [all]);

  const refuse = (what: string) => (why: Failure | null) => setRefused(why === null ? null : { what, failure: why });
  const onSubmit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = parseTargets(typed);
    setProblem(parsed.ok ? null : parsed.problem);
    if (!parsed.ok) return;
    setTyped('');
    setRefused(null);
    for (const target of parsed.targets) {
      const why = await store.add(target);
      // A success does not take back what is said of another one.
      if (why !== null) refuse(`${target} is not recorded`)(why);
    }
  };

  return (
    <section className={classes.card} aria-labelledby="flight-recorder">
      <header className={classes.head}>
        <h3 id="flight-recorder" className={classes.title}>
          Flight recorder
        </h3>
        <p className={classes.note}>
          {rateWords(state?.targets ?? [], settings.flightIntervalMs)} When something goes wrong, a round a second, and{' '}
          {AROUND_WORDS} are kept as an incident. <a href={hrefs.settings}>Rate and room</a>
        </p>
      </header>
      <StreamFailureNotice
        failure={failure}
        consequence="What is recorded is not kept up to date."
        platform={platform}
        onRetry={store.retry}
      />
      {refused !== null && (
        <FailureNotice
          explanation={{ ...describeFailure(refused.failure, platform), title: refused.what }}
          action={
            <Button size="compact-xs" variant="default" onClick={() => setRefused(null)}>
              Dismiss
            </Button>
          }
        />
      )}
      {state?.isKept === false && (
        <p className={classes.note} role="status">
          Nothing is kept here, and so nothing recorded: start with “--record” to keep what a simulated internet shows.
        </p>
      )}
      <form className={classes.add} onSubmit={(event) => void onSubmit(event)}>
        <TextInput
          className={classes.field}
          size="xs"
          aria-label="Targets to record always"
          placeholder="Record always: example.com, 192.0.2.1"
          value={typed}
          error={problem}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          disabled={state?.isKept === false}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <Button type="submit" size="xs" disabled={!connected || state?.isKept === false}>
          Record
        </Button>
      </form>
      {rows.length > 0 && (
        <ul className={classes.targets} aria-label="Recorded always">
          {rows.map((row) => (
            <li key={row.flightId} className={classes.target}>
              <span className={classes.state}>
                <StatusBadge tone={row.tone} label={row.state} />
              </span>
              <span className={classes.words}>
                {row.sessionId === null ? (
                  <strong>{row.target}</strong>
                ) : (
                  <a className={classes.name} href={hrefs.open(row.sessionId)}>
                    {row.target}
                  </a>
                )}{' '}
                <span className={classes.about}>{row.words}</span>
              </span>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Record ${row.target} no longer`}
                disabled={!connected}
                onClick={() => void store.remove(row.flightId).then(refuse(`${row.target} is still recorded`))}
              >
                Stop
              </Button>
            </li>
          ))}
        </ul>
      )}
      {(rows.length > 0 || incidents.length > 0) && (
        <IncidentList rows={incidents} sessions={sessions} hrefs={hrefs} onReport={onReport} onRefused={refuse} />
      )}
      {(rows.length > 0 || incidents.length > 0 || rest.length > 0) && (
        <>
          <RestList sessions={rest} hrefs={hrefs} />
          <p className={classes.note}>{capWords(all, settings.flightMb)}</p>
        </>
      )}
    </section>
  );
}
