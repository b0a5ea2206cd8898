import { Button, Menu } from '@mantine/core';
import { memo } from 'react';
import classes from './Timelines.module.css';

/** Into the clipboard, or as a file of that kind. */
export type PictureForm = 'clipboard' | 'png' | 'svg';

export function PictureItems({ onChoose }: { readonly onChoose: (form: PictureForm) => void }) {
  return (
    <>
      <Menu.Item onClick={() => onChoose('clipboard')}>Copy as picture</Menu.Item>
      <Menu.Item onClick={() => onChoose('png')}>Save as PNG</Menu.Item>
      <Menu.Item onClick={() => onChoose('svg')}>Save as SVG</Menu.Item>
    </>
  );
}

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
      <Menu position="bottom-end" shadow="md" width={170}>
        <Menu.Target>
          <Button size="compact-xs" variant="default">
            Picture
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <PictureItems onChoose={onPicture} />
        </Menu.Dropdown>
      </Menu>
    </div>
  );
});
