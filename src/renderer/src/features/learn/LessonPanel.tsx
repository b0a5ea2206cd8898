import { Button } from '@mantine/core';
import { useId, useState, useSyncExternalStore } from 'react';
import type { DemoScenario } from '../../../../contract/demo.ts';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { formatClock } from '../../format/time.ts';
import type { PathStore } from '../../live-store/path-store.ts';
import { CheckIcon, ChevronDownIcon } from '../../ui/icons.tsx';
import { useAnnouncement } from '../../ui/use-announcement.tsx';
import { useRemembered } from '../../ui/use-remembered.ts';
import classes from './LessonPanel.module.css';
import { expectedVerdicts } from './lessons.ts';
import type { Demo } from './use-demo.ts';

interface LessonPanelProps {
  readonly demo: Demo;
  readonly client: EngineClient | null;
  readonly store: Pick<PathStore, 'getView' | 'subscribeView' | 'retryView'>;
  readonly platform: Platform;
  /** Where the other lessons are. */
  readonly learnHref: string;
}

type Search = DemoScenario['searches'][number];

const SEARCH_WORDS: Readonly<Record<Search, string>> = {
  branches: 'Find the branches',
  'path-mtu': 'Search the path MTU',
};

/**
 * The lesson of the scenario that the chosen path is of: where to look, and what to conclude. Nothing for other paths. It
 * can be folded, to leave the room to what it is about.
 */
export function LessonPanel({ demo, client, store, platform, learnHref }: LessonPanelProps) {
  const view = useSyncExternalStore(store.subscribeView, store.getView);
  const { path, report } = view;
  const scenario = demo.scenarios?.find(({ name }) => name === path?.simulated?.scenario);
  const expected = path === null || scenario === undefined ? [] : expectedVerdicts(scenario, path, report);
  const isReached = expected.length > 0 && expected.every(({ isThere }) => isThere);
  const [fold, setFold] = useRemembered('hopscope-lesson', 'open');
  const contentId = useId();
  const announcement = useAnnouncement(isReached ? 'The program has come to the expected verdict.' : '');
  if (path === null || scenario === undefined) return null;
  const { title, steps, lesson, searches, name } = scenario;
  const isFolded = fold === 'folded';
  const liveFrom = path.simulated?.liveFromEpochMs ?? null;
  return (
    <section className={classes.panel} aria-label={`Lesson: ${title}`}>
      <div className={classes.head}>
        <h3 className={classes.title}>
          <button
            type="button"
            className={classes.fold}
            aria-expanded={!isFolded}
            aria-controls={contentId}
            onClick={() => setFold(isFolded ? 'open' : 'folded')}
          >
            <span className={classes.chevron} data-folded={isFolded || undefined}>
              <ChevronDownIcon size={14} />
            </span>
            Lesson: {title}
          </button>
        </h3>
        {isFolded && expected.length > 0 && (
          <span className={classes.state}>
            {isReached ? 'the program says what it should' : 'the expected verdict is not there yet'}
          </span>
        )}
        {liveFrom !== null && <span className={classes.time}>time lapse until {formatClock(liveFrom)}, then live</span>}
        <div className={classes.actions}>
          <Button size="compact-xs" variant="default" component="a" href={learnHref}>
            Other lessons
          </Button>
          <Button size="compact-xs" variant="default" disabled={client === null} onClick={() => void demo.stop(name)}>
            Stop
          </Button>
        </div>
      </div>
      <div id={contentId} className={classes.columns} hidden={isFolded}>
        <div>
          <h4 className={classes.heading}>Where to look</h4>
          <ol className={classes.steps}>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <div className={classes.actions}>
            {searches.map((search) => (
              <SearchButton
                key={search}
                search={search}
                client={client}
                pathId={path.pathId}
                platform={platform}
                onDone={store.retryView}
              />
            ))}
          </div>
        </div>
        <div>
          <h4 className={classes.heading}>What the program should conclude</h4>
          <ul className={classes.verdicts}>
            {expected.map(({ id, words, isThere }) => (
              <li key={id} data-there={isThere || undefined}>
                <span className={classes.check}>{isThere && <CheckIcon size={14} />}</span>
                {words}
                <span className={classes.state}>{isThere ? 'it says so now' : 'not yet'}</span>
              </li>
            ))}
          </ul>
          <details className={classes.answer}>
            <summary>Why, and what it means</summary>
            <p>{lesson}</p>
          </details>
        </div>
      </div>
      {announcement}
    </section>
  );
}

interface SearchButtonProps {
  readonly search: Search;
  readonly client: EngineClient | null;
  readonly pathId: string;
  readonly platform: Platform;
  readonly onDone: () => void;
}

function SearchButton({ search, client, pathId, platform, onDone }: SearchButtonProps) {
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle');
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async () => {
    if (client === null) return;
    setState('busy');
    const found =
      search === 'branches' ? await client.path.branches({ pathId }) : await client.path.pathMtu({ pathId });
    setState(found.ok ? 'done' : 'idle');
    setFailure(found.ok ? null : found.failure);
    onDone();
  };
  return (
    <>
      <Button
        size="compact-sm"
        loading={state === 'busy'}
        disabled={client === null || state === 'done'}
        onClick={() => void run()}
      >
        {SEARCH_WORDS[search]}
      </Button>
      {state === 'done' && <span className={classes.state}>done; see the verdict</span>}
      {failure !== null && <FailureNotice explanation={describeFailure(failure, platform)} />}
    </>
  );
}
