import type { SessionMark } from '../../format/session-words.ts';
import { PinIcon } from '../../ui/icons.tsx';
import { SimulatedMark } from '../../ui/SimulatedMark.tsx';
import classes from './SessionMarks.module.css';

/** What sets a session apart, in words. */
export function SessionMarks({ marks }: { readonly marks: readonly SessionMark[] }) {
  return marks.map((mark) => <Mark key={mark} mark={mark} />);
}

function Mark({ mark }: { readonly mark: SessionMark }) {
  switch (mark) {
    case 'live':
      return (
        <span className={classes.live} title="A path is recording it now">
          <i />
          Live
        </span>
      );
    case 'imported':
      return (
        <span className={classes.plain} title="Read from a file, not measured here">
          Imported
        </span>
      );
    case 'simulated':
      return <SimulatedMark title={null} />;
    case 'pinned':
      return (
        <span className={classes.plain} title="Kept whatever its age">
          <PinIcon size={10} isFilled /> Pinned
        </span>
      );
  }
}
