import { Button } from '@mantine/core';
import { memo } from 'react';
import { PictureMenu } from '../../ui/PictureMenu.tsx';
import type { PictureForm } from '../../ui/take-picture.ts';
import classes from './Timelines.module.css';

interface TimelineToolsProps {
  /** What the timelines show, in words. */
  readonly shown: string;
  readonly isLinked: boolean;
  readonly withJitter: boolean;
  readonly onFit: () => void;
  readonly onJitter: () => void;
  readonly onPicture: (form: PictureForm) => void;
}

/** What stands above the timelines. */
export const TimelineTools = memo(function TimelineTools({
  shown,
  isLinked,
  withJitter,
  onFit,
  onJitter,
  onPicture,
}: TimelineToolsProps) {
  return (
    <div className={classes.tools}>
      <span className={classes.span}>{shown}</span>
      {!isLinked && (
        <Button size="compact-xs" variant="default" title="Show just the period in focus (f)" onClick={onFit}>
          Zoom to focus
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="default"
        className={classes.toggle}
        aria-pressed={withJitter}
        title="Jitter below each timeline (j)"
        onClick={onJitter}
      >
        Jitter
      </Button>
      <PictureMenu onChoose={onPicture} />
    </div>
  );
});
