import { Button, SegmentedControl } from '@mantine/core';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { DemoScenario } from '../../../../contract/demo.ts';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import type { PathStore } from '../../live-store/path-store.ts';
import { PlayIcon } from '../../ui/icons.tsx';
import { useRemembered } from '../../ui/use-remembered.ts';
import classes from './LearnView.module.css';
import { lessonGroups, pathOf, speedWords } from './lessons.ts';
import type { Demo, Speed } from './use-demo.ts';

interface LearnViewProps {
  readonly demo: Demo;
  readonly store: Pick<PathStore, 'getPaths' | 'subscribePaths'>;
  readonly connected: boolean;
  readonly platform: Platform;
  /** Shows a path that is there. */
  readonly onShow: (pathId: string) => void;
}

const SPEED_CHOICES = [
  { value: '60', label: '60 times as fast' },
  { value: '10', label: '10 times as fast' },
  { value: '1', label: 'As it happens' },
];

function toSpeed(value: string): Speed {
  return value === '1' ? 1 : value === '10' ? 10 : 60;
}

/** Simulated internets, each with something to learn to see. */
export function LearnView({ demo, store, connected, platform, onShow }: LearnViewProps) {
  const paths = useSyncExternalStore(store.subscribePaths, store.getPaths) ?? [];
  const [remembered, rememberSpeed] = useRemembered('hopscope-demo-speed', '60');
  const speed = toSpeed(remembered);
  const { scenarios, failure } = demo;
  return (
    <>
      <p className={classes.intro}>
        Each of these is an internet that exists only in this program, with something in it that you can learn to see.
        What is played stands among your own targets, marked as simulated, and sends nothing to any network.
      </p>
      <div className={classes.speed}>
        <SegmentedControl
          size="xs"
          aria-label="How fast time passes"
          data={SPEED_CHOICES}
          value={String(speed)}
          onChange={rememberSpeed}
        />
        <p>{speedWords(speed)}</p>
      </div>
      {failure?.scenario === null && <FailureNotice explanation={describeFailure(failure.failure, platform)} />}
      {scenarios === null && failure === null && connected && <p className={classes.intro}>Asking for the lessons…</p>}
      {scenarios?.length === 0 && (
        <p className={classes.intro}>
          No scenarios were installed with this program. They belong in resources/scenarios.
        </p>
      )}
      {lessonGroups(scenarios ?? []).map((group) => (
        <section key={group.topic} aria-labelledby={`lessons-${group.topic}`}>
          <h3 id={`lessons-${group.topic}`} className={classes.topic}>
            {group.title} <span className={classes.about}>{group.about}</span>
          </h3>
          <ul className={classes.cards}>
            {group.scenarios.map((scenario) => (
              <Lesson
                key={scenario.name}
                scenario={scenario}
                path={pathOf(scenario.name, paths)}
                connected={connected}
                onPlay={() => void demo.play(scenario.name, speed)}
                onStop={() => void demo.stop(scenario.name)}
                onShow={onShow}
              >
                {failure?.scenario === scenario.name && (
                  <FailureNotice explanation={describeFailure(failure.failure, platform)} />
                )}
              </Lesson>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface LessonProps {
  readonly scenario: DemoScenario;
  readonly path: PathMonitorInfo | undefined;
  readonly connected: boolean;
  readonly onPlay: () => void;
  readonly onStop: () => void;
  readonly onShow: (pathId: string) => void;
  readonly children: ReactNode;
}

function Lesson({ scenario, path, connected, onPlay, onStop, onShow, children }: LessonProps) {
  const { title, lesson } = scenario;
  return (
    <li className={classes.card} data-playing={path !== undefined || undefined}>
      <h4 className={classes.title}>{title}</h4>
      <p className={classes.lesson}>{lesson}</p>
      {children}
      <div className={classes.actions}>
        {path === undefined ? (
          <Button
            size="compact-sm"
            disabled={!connected}
            leftSection={<PlayIcon size={12} />}
            aria-label={`Play ${title}`}
            onClick={onPlay}
          >
            Play
          </Button>
        ) : (
          <>
            <Button size="compact-sm" aria-label={`Show ${title}`} onClick={() => onShow(path.pathId)}>
              Show
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!connected}
              aria-label={`Start ${title} again`}
              onClick={onPlay}
            >
              Start again
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!connected}
              aria-label={`Stop ${title}`}
              onClick={onStop}
            >
              Stop
            </Button>
            <span className={classes.playing}>Playing</span>
          </>
        )}
      </div>
    </li>
  );
}
