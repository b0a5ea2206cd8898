import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { AlertRecord } from '../../../../contract/alerts.ts';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './AlertsView.module.css';
import { type AlertMoment, alertRows, lastingWords } from './alert-words.ts';

/** Alerts shown at first. */
const SHOWN = 50;

interface AlertHistoryProps {
  readonly alerts: readonly AlertRecord[];
  readonly paths: readonly PathMonitorInfo[];
  readonly disabled: boolean;
  readonly onShow: (moment: AlertMoment) => void;
  readonly onForget: () => void;
}

/** Between two looks at the clock while an alert lasts. */
const TICK_MS = 1_000;

/** The time of the last look at the clock; it is looked at only while there is something to time. */
function useNow(isTiming: boolean): number {
  const [nowEpochMs, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isTiming) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isTiming]);
  return nowEpochMs;
}

/** Alerts that last and those of the past, the newest first. */
export function AlertHistory({ alerts, paths, disabled, onShow, onForget }: AlertHistoryProps) {
  const [isWhole, setWhole] = useState(false);
  const nowEpochMs = useNow(alerts.some(({ end }) => end === null));
  const rows = useMemo(() => alertRows(alerts, paths, nowEpochMs), [alerts, paths, nowEpochMs]);
  const shown = isWhole ? rows : rows.slice(0, SHOWN);
  return (
    <section className={classes.card} aria-labelledby="alert-history">
      <header className={classes.head}>
        <h3 id="alert-history" className={classes.title}>
          Alerts <span className={classes.about}>{lastingWords(alerts)}</span>
        </h3>
        {alerts.some(({ end }) => end !== null) && (
          <Button size="compact-xs" variant="default" disabled={disabled} onClick={onForget}>
            Forget those that are over
          </Button>
        )}
      </header>
      {rows.length === 0 && <p className={classes.note}>Nothing was the matter by these rules so far.</p>}
      <ol className={classes.history} aria-label="Alerts, the newest first">
        {shown.map((row) => (
          <li key={row.alertId} className={classes.alert}>
            <div className={classes.line}>
              <span className={classes.state}>
                <StatusBadge tone={row.tone} label={row.state} />
              </span>
              <span className={classes.when}>{row.when}</span>
              <span className={classes.lasted}>{row.lasted === null ? '' : row.lasted}</span>
              <div className={classes.words}>
                <span className={classes.name}>
                  {row.target}: {row.title}
                </span>
                <span className={classes.about}>{row.sentence}</span>
                {row.verdict !== null && <span>{row.verdict}</span>}
              </div>
              {row.moment !== null && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`Show the time around ${row.title} of ${row.target}, ${row.when}`}
                  onClick={() => row.moment !== null && onShow(row.moment)}
                >
                  Show
                </Button>
              )}
            </div>
            {row.failures.map((failure) => (
              <p key={failure} className={classes.failed}>
                {failure}
              </p>
            ))}
          </li>
        ))}
      </ol>
      {!isWhole && rows.length > SHOWN && (
        <Button size="compact-xs" variant="default" className={classes.more} onClick={() => setWhole(true)}>
          Show all {rows.length}
        </Button>
      )}
    </section>
  );
}
