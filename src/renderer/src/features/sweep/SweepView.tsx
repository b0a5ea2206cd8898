import { Button, Progress } from '@mantine/core';
import { useMemo, useSyncExternalStore } from 'react';
import { describeFailure, describeSendFailure } from '../../../../contract/describe-failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import type { PathStore } from '../../live-store/path-store.ts';
import type { SweepState, SweepStore } from '../../live-store/sweep-store.ts';
import { PlayIcon, RemoveIcon } from '../../ui/icons.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useAnnouncement } from '../../ui/use-announcement.tsx';
import { AddressGrid } from './AddressGrid.tsx';
import { SweepAnswers } from './SweepAnswers.tsx';
import { SweepForm } from './SweepForm.tsx';
import classes from './SweepView.module.css';
import { cellGroups } from './sweep-ranges.ts';
import { dropWords, moreNamesWords, phaseWords, progressOf, summaryWords } from './sweep-words.ts';
import { useMonitorThese } from './use-monitor-these.ts';

interface SweepViewProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly sweep: SweepStore;
  readonly paths: PathStore;
  readonly platform: Platform;
  /** Ranges that a link asked for; null when none did. */
  readonly ranges: string | null;
  readonly pathsHref: string;
}

/** Who answers in a range of addresses. */
export function SweepView({ client, sweep, paths, platform, ranges, pathsHref }: SweepViewProps) {
  const state = useSyncExternalStore(sweep.subscribe, sweep.getState);
  const watched = useSyncExternalStore(paths.subscribePaths, paths.getPaths);
  const monitorThese = useMonitorThese(client);
  const sendFailure = state.summary?.firstSendFailure;
  const isUnderWay = state.phase === 'running' || state.phase === 'stopping';
  const groups = useMemo(() => (state.order === null ? null : cellGroups(state.order.ranges)), [state.order]);
  const rttMs = useMemo(() => new Map(state.answers.map((answer) => [answer.index, answer.rttMs])), [state.answers]);
  const unresolved = useMemo(() => new Set(state.failedNames.map(({ index }) => index)), [state.failedNames]);
  return (
    <>
      <SweepForm
        initialRanges={ranges}
        disabled={client === null || isUnderWay}
        onStart={(order) => client !== null && sweep.start(client, order)}
      />
      {state.phase !== 'none' && (
        <section className={classes.card} aria-label="Sweep">
          <Course state={state} client={client} sweep={sweep} />
          {state.failure !== null && <FailureNotice explanation={describeFailure(state.failure, platform)} />}
          <FailedNames state={state} platform={platform} />
          {sendFailure !== undefined && (
            <FailureNotice
              explanation={describeSendFailure(sendFailure.reason, sendFailure.osCode, sendFailure.family, platform)}
            />
          )}
          {groups !== null && (
            <AddressGrid
              groups={groups}
              rttMs={rttMs}
              unresolved={unresolved}
              nextIndex={state.summary?.nextIndex ?? 0}
            />
          )}
        </section>
      )}
      {state.answers.length > 0 && (
        <SweepAnswers
          answers={state.answers}
          answered={Math.max(state.answers.length, state.summary?.answered ?? 0)}
          watched={watched?.filter(({ simulated }) => simulated?.scenario == null).map(({ target }) => target) ?? []}
          isConnected={client !== null}
          monitorThese={monitorThese}
          pathsHref={pathsHref}
          platform={platform}
        />
      )}
    </>
  );
}

/** Most names that say why they have no address; further ones are counted. */
const FAILED_NAMES_LIMIT = 3;

/** The names that have no address, but for the one that the sweep itself failed with. */
function FailedNames({ state, platform }: { readonly state: SweepState; readonly platform: Platform }) {
  const { failure } = state;
  const told = failure?.code === 'name-not-resolved' ? failure.name : null;
  const names = state.failedNames.filter(({ name }) => name !== told);
  const more = names.length - FAILED_NAMES_LIMIT;
  return (
    <>
      {names.slice(0, FAILED_NAMES_LIMIT).map(({ index, failure }) => (
        <FailureNotice key={index} explanation={describeFailure(failure, platform)} />
      ))}
      {more > 0 && <p className={classes.note}>{moreNamesWords(more)}</p>}
    </>
  );
}

interface CourseProps {
  readonly state: SweepState;
  readonly client: EngineClient | null;
  readonly sweep: SweepStore;
}

/** How the sweep goes, or what it came to, and the buttons that stop it and let it go on. */
function Course({ state, client, sweep }: CourseProps) {
  const { phase, summary, isComplete } = state;
  const { tone, label } = phaseWords(state);
  const isOver = phase === 'over';
  const words = isOver && summary !== null ? summaryWords(summary) : '';
  const announcement = useAnnouncement(`${label}. ${words}`);
  const progress = summary === null ? null : progressOf(summary);
  const drops = summary === null ? null : dropWords(summary);
  return (
    <>
      <header className={classes.head}>
        <StatusBadge tone={tone} label={label} />
        <p className={classes.words}>{isOver ? words : (progress?.words ?? 'Getting ready…')}</p>
        <div className={classes.actions}>
          {!isOver && (
            <Button
              size="xs"
              variant="default"
              className={classes.course}
              leftSection={<RemoveIcon size={11} />}
              disabled={phase === 'stopping'}
              onClick={() => void sweep.stop()}
            >
              Stop
            </Button>
          )}
          {isOver && !isComplete && (
            <Button
              size="xs"
              variant="default"
              className={classes.course}
              leftSection={<PlayIcon size={11} />}
              disabled={client === null}
              onClick={() => client !== null && sweep.resume(client)}
            >
              {summary === null ? 'Try again' : 'Go on'}
            </Button>
          )}
        </div>
      </header>
      <Progress
        size="sm"
        value={progress?.percent ?? 0}
        aria-label="Addresses asked"
        color={isOver && isComplete ? 'green' : 'signal'}
        transitionDuration={0}
      />
      {drops !== null && <p className={classes.drops}>{drops}</p>}
      {announcement}
    </>
  );
}
