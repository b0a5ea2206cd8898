import type { ReactNode } from 'react';
import type { Explanation } from '../../../contract/explanation.ts';
import { CommandToCopy } from '../ui/CommandToCopy.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import classes from './FailureNotice.module.css';

interface FailureNoticeProps {
  readonly explanation: Explanation;
  /** What can be done about it right here, such as a button to try again. */
  readonly action?: ReactNode;
}

/** A failure in place: what it is, what happened, and what to do about it. */
export function FailureNotice({ explanation, action }: FailureNoticeProps) {
  const { title, sentence, cure } = explanation;
  return (
    <section className={classes.notice} aria-label={title}>
      <span className={classes.icon}>
        <WarningIcon size={18} />
      </span>
      <div className={classes.words}>
        <p className={classes.sentence}>
          <strong className={classes.title}>{title}.</strong> {sentence}
        </p>
        {cure !== null && (
          <div className={classes.cure}>
            <p className={classes.sentence}>{cure.sentence}</p>
            {cure.command !== null && <CommandToCopy command={cure.command} />}
          </div>
        )}
      </div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </section>
  );
}
